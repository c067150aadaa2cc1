"""What somebody who applies sees of theirs: organisations, dossiers, and what each dossier waits for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from faubourg.base.lasting import lasts_on
from faubourg.people.models import Organisation, Person
from faubourg.rules.calls import RuleSet, Step
from faubourg.rules.calls.clocks import implicit_rejection
from faubourg.rules.calls.moments import in_paris
from faubourg.rules.verdict import Reason, mark

from ..models import ApplicantRole, Application, Call, CompletionRequest, RuleSetVersion
from .calls import rules_in

Role = ApplicantRole.Role
_WAITS = {
    "submitted": mark("Le service vérifie que le dossier est complet."),
    "examined": mark("Les financeurs instruisent le dossier et rendent leurs avis."),
    "ranked": mark("L’intercommunalité l’a priorisé ; le jury l’examinera."),
    "before_jury": mark("Le jury l’examine à sa prochaine séance."),
    "adjourned": mark("Le jury l’a ajourné : il reviendra à une autre séance."),
    "retained": mark("Le jury l’a retenu ; chaque financeur doit encore décider."),
    "retained_with_reserves": mark(
        "Le jury l’a retenu avec réserves ; chaque financeur doit encore décider."
    ),
    "rejected": mark("Le jury ne l’a pas retenu ; la lettre en donnera les motifs et les recours."),
    "funders_decided": mark("Les financeurs ont décidé ; les lettres partent."),
    "notified": mark("La décision vous est notifiée ; la suite est dans la lettre."),
    "agreed": mark("La convention est signée ; le versement suit."),
    "running": mark("L’action est en cours ; le bilan viendra après elle."),
    "report_due": mark("Le bilan est attendu de vous."),
    "report_in": mark("Le bilan est remis ; le service le contrôle."),
    "checked": mark("Le bilan est contrôlé ; le solde suit."),
    "settled": mark("Tout est réglé : il n’attend plus rien."),
    "inadmissible": mark("Il n’est pas recevable ; la lettre en donne les motifs et les recours."),
    "withdrawn": mark("Vous l’avez retiré : il n’attend plus rien."),
    "lapsed": mark("Il est caduc : il n’a pas été complété ou l’action n’a pas commencé à temps."),
    "cancelled": mark("L’aide est annulée."),
    "recovered": mark("Un reversement vous est demandé."),
}


@dataclass(frozen=True, slots=True)
class Mine:
    """A dossier of mine; `waits` is the sentence of what it waits for, `yours` whether it waits for me."""

    application: Application
    waits: Reason
    yours: bool


def signs_for(ref: UUID, organisation: int, on: date) -> bool:
    """Whether this person may sign for that organisation that day; one query."""
    return _in_force(on).filter(person__ref=ref, organisation=organisation, role=Role.SIGNATORY).exists()


def people_of(organisation: Organisation, on: date) -> list[ApplicantRole]:
    """Who may act for it that day, each role with its person; one query."""
    return list(_in_force(on).filter(organisation=organisation).select_related("person"))


def organisations_of(person: Person, on: date) -> dict[Organisation, frozenset[str]]:
    """The organisations that this person may write for, by name, with the roles held; one query."""
    found: dict[Organisation, frozenset[str]] = {}
    rows = _in_force(on).filter(person=person).select_related("organisation")
    for held in rows.order_by("organisation__sort_key"):
        found[held.organisation] = found.get(held.organisation, frozenset()) | {held.role}
    return found


def applications_of(person: Person, on: date) -> "QuerySet[Application]":
    """The dossiers of the organisations that this person may write for, the ones in hand first."""
    mine = _in_force(on).filter(person=person).values("organisation")
    return (
        Application.objects.filter(organisation__in=mine)
        .select_related("organisation", "call__rule_set")
        .prefetch_related(Prefetch("completion_requests", CompletionRequest.objects.filter(answered_on=None)))
        .order_by("-call__year", "-changed_at", "-pk")
    )


def told(applications: "QuerySet[Application]", at: datetime) -> list[Mine]:
    """Each with what it waits for at this moment; the rules of a call are read once."""
    read: dict[int, RuleSet] = {}
    return [_mine(application, _rules(application.call, read), at) for application in applications]


def reusable(organisation: Organisation, call: Call) -> "QuerySet[Application]":
    """The dossiers of earlier calls from which a new one may be started."""
    return (
        Application.objects.filter(organisation=organisation, call__year__lt=call.year)
        .select_related("call")
        .order_by("-call__year", "-pk")[:50]
    )


def _in_force(on: date) -> "QuerySet[ApplicantRole]":
    return ApplicantRole.objects.filter(lasts_on(on))


def _rules(call: Call, read: dict[int, RuleSet]) -> RuleSet | None:
    version: RuleSetVersion | None = call.rule_set
    if version is None:
        return None
    if version.pk not in read:
        read[version.pk] = rules_in(version)
    return read[version.pk]


def _mine(application: Application, rule_set: RuleSet | None, at: datetime) -> Mine:
    state = application.state
    if state == "draft":
        return Mine(application, _draft(application, rule_set, at), True)
    if state == "to_complete":
        asked = next(iter(application.completion_requests.all()), None)
        if asked is None:
            return Mine(
                application,
                _said("answered", mark("Vos pièces sont arrivées ; le service les vérifie.")),
                False,
            )
        sentence = mark("Des pièces vous sont demandées, avant le {due}.")
        return Mine(application, _said("to_complete", sentence, due=asked.due_on), True)
    if state == "complete" and (refused := implicit_rejection(application.complete_on)):
        sentence = mark(
            "Complet ; l’instruction commence. Sans décision, le silence vaudra refus le {refused}."
        )
        return Mine(application, _said("complete", sentence, refused=refused), False)
    sentence = _WAITS.get(state, mark("Il suit son cours."))
    return Mine(application, _said(state, sentence), state in ("report_due", "recovered"))


def _draft(application: Application, rule_set: RuleSet | None, at: datetime) -> Reason:
    window = rule_set.window(Step.APPLICATION) if rule_set else None
    closes = in_paris(window.closes) if window else None
    asked = application.signature_asked_at is not None
    if closes is not None and closes < at:
        sentence = mark("Pas déposé : la date limite du {closes} est passée. Ce qui est saisi reste là.")
        return _said("closed", sentence, closes=closes)
    if asked and closes is not None:
        return _said("sign", mark("Prêt : attend la signature, avant le {closes}."), closes=closes)
    if asked:
        return _said("sign", mark("Prêt : attend la signature."))
    if closes is not None:
        return _said("draft", mark("En cours d’écriture ; à déposer avant le {closes}."), closes=closes)
    return _said("draft", mark("En cours d’écriture ; à déposer quand il est prêt."))


def _said(code: str, sentence: str, **params: object) -> Reason:
    return Reason(code, None, sentence, params)

"""Who stands back from a dossier: before any other right is looked at."""

from django.db.models import Q

from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from ..models import ApplicantRole, Application, Call, Interest
from .applicants import acts_for
from .claims import in_force


def stands_back(person: Visitor, application: Application) -> bool:
    """Whether this person declared an interest in this dossier or in who asks; one query."""
    if not isinstance(person, Person):
        return False
    return Interest.objects.filter(
        Q(application=application.pk) | Q(call=application.call_id, organisation=application.organisation_id),
        person=person,
    ).exists()


def not_recused(person: Visitor, application: Application) -> Verdict:
    """The no that comes first."""
    if not stands_back(person, application):
        return Verdict.yes()
    return Verdict.no(
        "stands_back",
        mark(
            "Vous avez déclaré un lien d’intérêts : ce dossier ne vous est pas montré, et vous ne prenez pas "
            "part à sa préparation (CGCT, art. L.1111-6)."
        ),
    )


def not_own(person: Visitor, application: Application) -> Verdict:
    """Whoever acts for the organisation that asks has no part in what is said and decided of its dossier."""
    if not acts_for(person, application.organisation):
        return Verdict.yes()
    return Verdict.no(
        "own_dossier",
        mark(
            "Vous agissez pour {organisation} : son dossier est instruit, noté et décidé par quelqu’un "
            "d’autre."
        ),
        organisation=application.organisation.name,
    )


def impartial(person: Visitor, application: Application) -> Verdict:
    """Neither a declared interest, nor one’s own organisation."""
    recused = not_recused(person, application)
    return not_own(person, application) if recused.ok else recused


def has_interest_in(person: Visitor, call: Call, contract: Contract) -> bool:
    """Whether this person stands back from any dossier of a contract in a call, or acts for who asks; one
    query.
    """
    if not isinstance(person, Person):
        return False
    mine = Interest.objects.filter(person=person, call=call)
    return (
        Application.objects.filter(call=call, contract=contract)
        .filter(
            Q(pk__in=mine.filter(application__isnull=False).values("application"))
            | Q(organisation__in=mine.filter(organisation__isnull=False).values("organisation"))
            | Q(
                organisation__in=ApplicantRole.objects.filter(in_force(), person=person).values(
                    "organisation"
                )
            )
        )
        .exists()
    )

"""Who reads, writes and examines a dossier. Whoever stands back meets a no first, on every address of it.

A juror reads what the jury has before it, once interests are declared; the follower of the call or of the
dossier's contract reads every dossier that was submitted; the applicant's people read their own.
"""

from datetime import date

from django.db.models import Q

from faubourg.contracts.access import can_read_workings
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Interest, Juror
from .applicants import acts_for, can_write_for
from .calls import can_follow_call, can_run_call, needs

OWN_STATES = frozenset({"draft", "to_complete"})
EXAMINERS = frozenset(
    {
        RoleGrant.Role.CONTRACT_OFFICER,
        RoleGrant.Role.FUNDER_OFFICER,
        RoleGrant.Role.PREFECT_DELEGATE,
        RoleGrant.Role.COMMUNE_REFERENT,
    }
)


def stands_back(person: Visitor, application: Application) -> bool:
    """Whether this person declared an interest in this dossier or in who asks; one query."""
    if not isinstance(person, Person):
        return False
    return Interest.objects.filter(
        Q(application=application.pk) | Q(call=application.call_id, organisation=application.organisation_id),
        person=person,
    ).exists()


def _not_recused(person: Visitor, application: Application) -> Verdict:
    if not stands_back(person, application):
        return Verdict.yes()
    return Verdict.no(
        "stands_back",
        mark(
            "Vous avez déclaré un lien d’intérêts : ce dossier ne vous est pas montré, et vous ne prenez pas "
            "part à sa préparation (CGCT, art. L.1111-6)."
        ),
    )


def can_read_application(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Read everything of a dossier but what jurors keep to themselves."""
    if acts_for(person, application.organisation, on=on):
        return Verdict.yes()
    recused = _not_recused(person, application)
    if not recused.ok:
        return recused
    submitted = application.state != "draft"
    return needs(
        person,
        submitted and (_follows(person, application, on) or _judges(person, application)),
        "readers_of_the_dossier_only",
        mark(
            "Un dossier est lu par qui le porte et, une fois déposé, par les services de l’appel et son "
            "jury : demandez un rôle sur « {call} » à l’administrateur·rice de cette installation."
        ),
        call=application.call.title,
    )


def _follows(person: Visitor, application: Application, on: date | None) -> bool:
    # An élu reads as a juror, once interests are declared: following the call is not enough.
    if not isinstance(person, Person) or not holds(person, EXAMINERS | {RoleGrant.Role.EVALUATOR}, None, on):
        return False
    if can_follow_call(person, application.call, on).ok:
        return True
    contract = application.contract
    return contract is not None and can_read_workings(person, contract, on).ok is True


def _judges(person: Visitor, application: Application) -> bool:
    return Juror.objects.filter(
        person=person if isinstance(person, Person) else None,
        declared_at__isnull=False,
        left_on__isnull=True,
        jury__sessions__items__application=application,
    ).exists()


def can_write_application(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Write a dossier while it is its applicant's: a draft, or one to which pieces are asked."""
    verdict = can_write_for(person, application.organisation, on)
    if not verdict.ok or application.state in OWN_STATES:
        return verdict
    return Verdict.no(
        "dossier_is_in",
        mark(
            "Ce dossier est déposé : son contenu ne change plus. Écrivez au service par les échanges du "
            "dossier."
        ),
    )


def can_examine(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Check, comment and give an opinion: the services of the call or of the dossier's contract."""
    recused = _not_recused(person, application)
    if not recused.ok:
        return recused
    if can_run_call(person, application.call, on).ok:
        return Verdict.yes()
    return needs(
        person,
        application.state != "draft"
        and holds(person, EXAMINERS, None, on)
        and _follows(person, application, on),
        "examiners_only",
        mark(
            "Les dossiers de « {call} » sont instruits par les services de ses financeurs et de ses contrats."
        ),
        call=application.call.title,
    )

"""Who decides, notifies and pays for a funder: who speaks for it; the lead of the call records for others.

A service that instructs for a funder never decides for another one; the officer who leads the call may record
the act of a funder that has no account here, and the step says by whom.
"""

from datetime import date

from faubourg.people.access import Visitor, holds
from faubourg.people.models import RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Call, CallFunder
from .calls import needs, scopes_of
from .funders import funders_of
from .interests import impartial

LEADS = frozenset({RoleGrant.Role.CONTRACT_OFFICER})


def decides_for(person: Visitor, call: Call, on: date | None = None) -> frozenset[int]:
    """The keys of the funders of a call for which this person records decisions and payments."""
    if holds(person, LEADS, scopes_of(call), on):
        return frozenset(funder.pk for funder in call.funders.all())
    return frozenset(funder.pk for funder in funders_of(person, call, on))


def can_decide_for(person: Visitor, funder: CallFunder, on: date | None = None) -> Verdict:
    """Vote, refuse, notify, commit and pay for this funder."""
    return needs(
        person,
        funder.pk in decides_for(person, funder.call, on),
        "funder_decides_for_itself",
        mark(
            "{funder} décide pour lui-même : cet acte est enregistré par ses services, ou par l’équipe qui "
            "conduit l’appel au vu de sa délibération."
        ),
        funder=funder.name,
    )


def can_decide_on(
    person: Visitor, application: Application, funder: CallFunder, on: date | None = None
) -> Verdict:
    """The same for one dossier: never one’s own, nor one from which the person stands back."""
    fair = impartial(person, application)
    return can_decide_for(person, funder, on) if fair.ok else fair


def can_decide_somewhere(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Open the decisions of a call, record what happens to its envelopes: for one funder at least."""
    return needs(
        person,
        bool(decides_for(person, call, on)),
        "deciders_of_the_call_only",
        mark(
            "Les décisions de « {call} » sont enregistrées par les services de ses financeurs et l’équipe "
            "qui le conduit."
        ),
        call=call.title,
    )

"""Who writes the bodies of a contract, their meetings and what they decide, and who follows a decision.

The officer and the State's delegate write everything; a commune's referent writes the commune's strand and
the community of actors of its neighbourhoods; the owner of a decision tells what became of it.
"""

from collections.abc import Iterable
from datetime import date

from faubourg.contracts.models import Body, Contract, DecisionItem
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .workings import can_read_workings, can_write_workings, needs

Role = RoleGrant.Role
Kind = Territory.Kind

NOT_YOURS = mark(
    "Cette instance est tenue par le·la chargé·e de mission, le·la délégué·e du préfet et, pour le volet "
    "communal, le·la référent·e de la commune : demandez-leur cette modification."
)


def communes_of(body: Body) -> list[Territory]:
    """The commune of a body of the commune strand, those of the neighbourhood of a community of actors."""
    place = body.territory
    if place is None:
        return []
    if place.kind == Kind.NEIGHBOURHOOD:
        return list(place.communes.all())
    return [place] if place.kind == Kind.COMMUNE else []


def can_write_body(person: Visitor, body: Body, on: date | None = None) -> Verdict:
    """Write a body, its seats, its meetings, their minutes and decisions."""
    return _of_communes(person, body.contract, communes_of(body), on)


def can_add_body(
    person: Visitor, contract: Contract, communes: Iterable[Territory], on: date | None = None
) -> Verdict:
    """Create a body for one of these communes (those of its strand), none for the agglomeration strand."""
    return _of_communes(person, contract, communes, on)


def can_read_body(person: Visitor, body: Body, on: date | None = None) -> Verdict:
    """Read names, agenda, attendance, minutes and decisions; the body itself is public."""
    return can_read_workings(person, body.contract, on)


def can_follow_decision(person: Visitor, decision: DecisionItem, on: date | None = None) -> Verdict:
    """Note what becomes of a decision, or close it with its evidence: its owner, or who writes the body."""
    if _owns(person, decision):
        return Verdict.yes()
    verdict = can_write_body(person, decision.meeting.body, on)
    if verdict.ok or not isinstance(person, Person):
        return verdict
    return Verdict.no(
        "owner_or_writer",
        mark("Une décision est suivie par qui en a la charge et par qui tient l’instance."),
    )


def can_read_decision(person: Visitor, decision: DecisionItem, on: date | None = None) -> Verdict:
    """Read a decision: its owner, or who reads the workings of the contract."""
    return Verdict.yes() if _owns(person, decision) else can_read_body(person, decision.meeting.body, on)


def _owns(person: Visitor, decision: DecisionItem) -> bool:
    return isinstance(person, Person) and decision.owner_ref is not None and decision.owner_ref == person.ref


def _of_communes(
    person: Visitor, contract: Contract, communes: Iterable[Territory], on: date | None
) -> Verdict:
    verdict = can_write_workings(person, contract, on)
    scopes = [(str(commune.kind), commune.code) for commune in communes]
    if verdict.ok or not isinstance(person, Person) or not scopes:
        return verdict
    return needs(person, holds(person, {Role.COMMUNE_REFERENT}, scopes, on), "keepers_of_the_body", NOT_YOURS)

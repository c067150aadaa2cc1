"""Who holds a residents’ fund, who votes in its committee, who comes back to a request.

A fund is held by its managing association; the officer of its contract may help. A member votes; whoever
asked holds the key of the request, account or not.
"""

from datetime import date
from secrets import compare_digest

from faubourg.base.lasting import lasts_on
from faubourg.contracts.access import scopes_of as scopes_of_contract
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import FundMember, Microproject, ResidentFund
from .applicants import acts_for
from .calls import RUNNERS, can_create_calls, needs

CONCERNED = mark(
    "Ce projet est le vôtre, ou celui de votre organisation : vous vous retirez du vote, et le quorum se "
    "compte sans vous."
)


def can_create_funds(person: Visitor, on: date | None = None) -> Verdict:
    """Open a fund: whoever prepares calls."""
    return needs(
        person,
        can_create_calls(person, on).ok is True,
        "runners_create_funds",
        mark(
            "Un fonds d’habitants est ouvert par un·e chargé·e de mission de contrat de ville ou le service "
            "d’un financeur : demandez ce rôle à l’administrateur·rice de cette installation."
        ),
    )


def can_set_fund(person: Visitor, fund: ResidentFund, on: date | None = None) -> Verdict:
    """Set its envelope, its quorum, its limits: who opened funds, never the association that holds it."""
    verdict = can_create_funds(person, on)
    if verdict.ok is not True or fund.contract is None:
        return verdict
    return needs(
        person,
        holds(person, RUNNERS, scopes_of_contract(fund.contract), on),
        "officers_set_the_fund",
        mark("L’enveloppe et les règles de ce fonds sont fixées par qui l’a ouvert : demandez-le-lui."),
    )


def can_hold_fund(person: Visitor, fund: ResidentFund, on: date | None = None) -> Verdict:
    """Accompany requests, gather the committee, pay, check receipts."""
    holds_it = acts_for(person, fund.manager, on=on) or (
        fund.contract is not None
        and holds(person, {RoleGrant.Role.CONTRACT_OFFICER}, scopes_of_contract(fund.contract), on)
    )
    return needs(
        person,
        holds_it,
        "holders_of_the_fund_only",
        mark("Ce fonds est tenu par {manager} : adressez-vous à cette association."),
        manager=fund.manager.name,
    )


def seat_of(person: Visitor, fund: ResidentFund, on: date | None = None) -> FundMember | None:
    """The seat that this person holds in the committee that day; one query."""
    if not isinstance(person, Person):
        return None
    return fund.members.filter(lasts_on(on), person=person).first()


def can_vote(person: Visitor, fund: ResidentFund, on: date | None = None) -> Verdict:
    """Read what is before the committee, and vote: its members, and nobody else."""
    return needs(
        person,
        seat_of(person, fund, on) is not None,
        "members_of_the_committee_only",
        mark("Le comité de ce fonds vote : demandez à {manager} comment en devenir membre."),
        manager=fund.manager.name,
    )


def is_concerned(member: FundMember, project: Microproject) -> bool:
    """Whether a member asked for it, or acts for who asks."""
    if member.person is None:
        return False
    if project.person_id == member.person_id:
        return True
    return project.organisation is not None and acts_for(member.person, project.organisation)


def holds_key(project: Microproject, key: str) -> bool:
    """Whether this is the key that was given to who asked; compared in constant time."""
    return compare_digest(project.key.encode(), key.encode())

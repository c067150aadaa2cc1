"""Opening a residents’ fund, and who sits on its committee."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import FundMember, ResidentFund
from ..queries.funds import left_in, open_committees
from .moving import locked


@dataclass(frozen=True, slots=True)
class FundWords:
    """What a fund is; money in cents."""

    name: str
    kind: str
    year: int
    manager: Organisation
    envelope_cents: int
    ceiling_cents: int | None = None
    operating_only: bool = True
    quorum: int = 3
    advance_days: int = 5
    report_days: int = 30
    words: str = ""
    contract: Contract | None = None
    territories: Collection[Territory] = ()
    open: bool = True

    def columns(self) -> dict[str, object]:
        """The same, but for the places."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "territories"}


def open_fund(*, told: FundWords, by: Actor) -> ResidentFund:
    """A new fund, its code made from its name and year."""
    with transaction.atomic():
        base = slugify(f"{told.name}-{told.year}")[:50] or "fonds"
        code, rank = base, 1
        while ResidentFund.objects.filter(code=code).exists():
            rank += 1
            code = f"{base}-{rank}"
        fund = ResidentFund.objects.create(code=code, **told.columns())
        fund.territories.set(told.territories)
        note(fund, "fund.opened", by, after={"name": fund.name, "year": fund.year})
    return fund


def edit_fund(*, fund: ResidentFund, told: FundWords, base_version: int, by: Actor) -> ResidentFund:
    """Change a fund; Conflict when somebody did in between, Refused under what was granted."""
    with transaction.atomic():
        held = locked(fund, base_version)
        granted = held.envelope_cents - left_in(held)
        refuse_unless(_holds(told.envelope_cents, granted))
        refuse_unless(_same_quorum(held, told.quorum))
        for name, value in told.columns().items():
            setattr(held, name, value)
        held.version += 1
        held.save()
        held.territories.set(told.territories)
        note(held, "fund.edited", by, after={"name": held.name, "year": held.year})
    return held


def _holds(envelope: int, granted: int) -> Verdict:
    if envelope >= granted:
        return Verdict.yes()
    return Verdict.no(
        "fund_envelope",
        mark("Le comité a déjà accordé davantage : l’enveloppe ne descend pas au-dessous."),
    )


def _same_quorum(fund: ResidentFund, quorum: int) -> Verdict:
    if quorum == fund.quorum or not open_committees(fund).exists():
        return Verdict.yes()
    return Verdict.no("fund_quorum", mark("Un vote est ouvert : son quorum ne change pas avant sa clôture."))


def seat_member(
    *, fund: ResidentFund, name: str, person: Person | None, resident: bool, since: date, by: Actor
) -> FundMember:
    """Somebody sits on the committee; Refused when they already do."""
    with transaction.atomic():
        locked(fund)
        if person is not None and fund.members.filter(person=person, until=None).exists():
            refuse_unless(Verdict.no("seated", mark("Cette personne siège déjà dans ce comité.")))
        member = fund.members.create(name=name, person=person, resident=resident, since=since)
        note(fund, "fund.member_seated", by)
    return member


def end_seat(*, member: FundMember, by: Actor, on: date | None = None) -> FundMember:
    """Somebody leaves the committee; their voices stay."""
    with transaction.atomic():
        held = locked(member)
        if held.until is None:
            held.until = max(on or timezone.localdate(), held.since)
            held.save(update_fields=["until"])
            note(held.fund, "fund.member_left", by)
    return held


def note(fund: ResidentFund, act: str, by: Actor, after: dict[str, object] | None = None) -> None:
    """Tell the journal what was done to this fund."""
    journal.record(by=by, act=act, kind="resident_fund", ref=fund.code, after=after)

"""Freezes, releases and cuts: on one line, or the same portion of many at once, tried first."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Contract, FundingEvent, FundingLine
from faubourg.contracts.queries.maquette import lines_of
from faubourg.rules.money_events import Event, Left, judge, left_of, most, portion
from faubourg.rules.money_ladder import SPENT, STOPPED, Cents
from faubourg.rules.verdict import Verdict, mark

from .money_noting import note, told


@dataclass(frozen=True, slots=True)
class Told:
    """What happens: its nature, its day, the act that decides it, why."""

    kind: str
    on: date
    act: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which lines of a maquette: empty words choose all."""

    funder: str = ""
    level: str = ""
    origin: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one line would lose or gain: `cents` of what it holds; 0 when nothing is left for it."""

    line: FundingLine
    left: Left
    cents: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written; `untouched` lines are paid or justified. `digest` names this very state."""

    shares: tuple[Share, ...]
    untouched: int

    @property
    def digest(self) -> str:
        """Changes as soon as one of the lines does."""
        said = repr([(share.line.pk, share.line.version, share.cents) for share in self.shares])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def concerned(self) -> list[Share]:
        """The lines that would really change."""
        return [share for share in self.shares if share.cents]


def events_of(line: FundingLine) -> list[Event]:
    """As the rules count them."""
    return [Event(event.kind, event.amount_cents, event.on, event.pk) for event in line.events.all()]


def record_event(
    *, contract: Contract, line: FundingLine, cents: int, told_as: Told, hand: Hand, by: Actor
) -> FundingEvent:
    """One event on one line; raises Refused when it takes more than what is left."""
    with transaction.atomic():
        held = FundingLine.objects.select_for_update(of=("self",)).select_related("objective").get(pk=line.pk)
        if not hand.holds(held.organisation_id):
            raise Refused(Verdict.no("amount", NOT_YOURS))
        return _record(contract, held, cents, told_as, by)


def _record(contract: Contract, line: FundingLine, cents: int, told_as: Told, by: Actor) -> FundingEvent:
    if told_as.on > timezone.localdate():
        raise Refused(
            Verdict.no("on", mark("Ce jour n’est pas encore venu : l’évènement s’enregistre le jour venu."))
        )
    before = events_of(line)
    last = max((event.rank for event in before), default=0) + 1
    refuse_unless(judge(line.level, line.amount_cents, before, Event(told_as.kind, cents, told_as.on, last)))
    event = FundingEvent(line=line, kind=told_as.kind, amount_cents=cents, on=told_as.on)
    event.act, event.reason, event.by, event.by_name = told_as.act, told_as.reason, by.ref, by.name
    event.save()
    was = left_of(line.amount_cents, before)
    line.version += 1
    line.save(update_fields=["version"])
    left = left_of(line.amount_cents, [*before, Event(event.kind, cents, event.on, event.pk)])
    named = {key: value for key, value in told(line).items() if key.startswith("line")}
    note(
        contract,
        "funding.event",
        by=by,
        before={**named, **_left_in_words(was)},
        after={**named, **_left_in_words(left), "money_event": event.get_kind_display(), "act": event.act},
        reason=told_as.reason,
    )
    return event


def _left_in_words(left: Left) -> dict[str, str]:
    return {
        "money_available": str(Cents(left.available)),
        "money_frozen": str(Cents(left.frozen)),
        "money_cut": str(Cents(left.cut)),
    }


def preview(*, contract: Contract, chosen: Chosen, kind: str, hundredths: int, hand: Hand) -> Preview:
    """What a portion of each line would take, never more than what is left of it."""
    return _preview(_chosen_lines(contract, chosen), kind, hundredths, hand)


def _chosen_lines(contract: Contract, chosen: Chosen) -> list[FundingLine]:
    found = lines_of(contract).select_related("objective", "territory").prefetch_related("events")
    for name in ("funder", "level", "origin", "year"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    return list(found.order_by("year", "funder", "label", "pk"))


def _preview(lines: Iterable[FundingLine], kind: str, hundredths: int, hand: Hand) -> Preview:
    shares, untouched = [], 0
    for line in lines:
        if line.level in SPENT or line.level in STOPPED or not hand.holds(line.organisation_id):
            untouched += 1
            continue
        left = left_of(line.amount_cents, events_of(line))
        shares.append(Share(line, left, min(portion(line.amount_cents, hundredths), most(left, kind))))
    return Preview(tuple(shares), untouched)


def record_in_bulk(
    *,
    contract: Contract,
    chosen: Chosen,
    hundredths: int,
    told_as: Told,
    digest: str,
    hand: Hand,
    by: Actor,
) -> int:
    """Write what the preview showed, all or nothing; how many lines.

    Raises Conflict when a line moved since the preview (`digest`), Refused when there is nothing to take.
    """
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        locked = FundingLine.objects.select_for_update().filter(
            pk__in=[line.pk for line in _chosen_lines(contract, chosen)]
        )
        list(locked.order_by("pk").values_list("pk", flat=True))
        shown = preview(contract=contract, chosen=chosen, kind=told_as.kind, hundredths=hundredths, hand=hand)
        if not shown.concerned:
            raise Refused(
                Verdict.no("percent", mark("Aucune ligne n’a de quoi : il n’y a rien à enregistrer."))
            )
        if shown.digest != digest:
            raise Conflict
        for share in shown.concerned:
            _record(contract, share.line, share.cents, told_as, by)
        return len(shown.concerned)

"""What the overview of a contract tells a resident first: promises, signatures, delays, its story."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.base import numbers
from faubourg.contracts.filters import CLOSED
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, FundingLine, Interpellation
from faubourg.contracts.panels import Panel, panels_of
from faubourg.contracts.queries import OtherGeneration
from faubourg.contracts.queries.calendar import LateThing, late_things
from faubourg.contracts.queries.life import ABSENT, Axis, Life, LifeRow, MoneyTotal
from faubourg.rules.calendar import Judged, judge

MOST_LINES = 6
# A longer maquette is told by its totals, level by level, and a link.
MOST_MONEY = 8


@dataclass(frozen=True, slots=True)
class Chapter:
    """An earlier or later contract of the same place, and how its signature kept its day."""

    contract: Contract
    url: str
    before: bool
    same_code: bool
    signature: Judged | None
    axes: list[Axis]


@dataclass(frozen=True, slots=True)
class Community:
    """A community of actors by the last meeting it held; `present_count` is None when nobody counted."""

    name: str
    title: str
    url: str
    day: date | None
    printed_attendance: str
    present_count: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`late` is empty for a contract that ended; `questions` are the latest public ones with their state."""

    life: Life
    refused: list[LifeRow]
    awaited: list[LifeRow]
    signature: Judged | None
    late: list[LateThing]
    questions: list[tuple[str, str, str]]
    question_count: int
    communities: list[Community]
    story: list[Chapter]
    panels: list[Panel]


def overview_of(life: Life, others: list[OtherGeneration]) -> Overview:
    """Three queries for what is late while the contract lives, one a panel of the rooms above."""
    contract, today = life.contract, timezone.localdate()
    parties, asked = life.of("party"), life.of("question")
    names = {state.value: str(state.label) for state in Interpellation.State}
    return Overview(
        life=life,
        refused=[row for row in parties if row.other is not None],
        awaited=[row for row in parties if row.one is None and row.other is None],
        signature=_signature(contract, today),
        late=[] if contract.state in CLOSED else late_things(contract, today),
        questions=[
            (row.label, contract_url(contract, "contract_question", row.ref), names[row.extra])
            for row in reversed(asked[-MOST_LINES:])
        ],
        question_count=len(asked),
        communities=[_community(contract, row) for row in life.of("meeting")],
        story=[_chapter(life, other, today) for other in others],
        panels=panels_of(contract),
    )


def _signature(contract: Contract, today: date) -> Judged | None:
    """Planned against actual; None when neither is known, or none was planned for an unsigned contract."""
    if contract.planned_signature_on is None and contract.signed_on is None:
        return None
    closed = today if contract.state in CLOSED else None
    return judge(contract.planned_signature_on, contract.signed_on, today, closed)


def _community(contract: Contract, row: LifeRow) -> Community:
    name, _sep, printed = row.extra.partition("\n")
    url = contract_url(contract, "meeting", row.ref)
    return Community(name, row.label, url, row.one, printed, None if row.above == ABSENT else row.above)


def _chapter(life: Life, other: OtherGeneration, today: date) -> Chapter:
    found = other.contract
    return Chapter(
        contract=found,
        url=contract_url(found),
        before=found.generation < life.contract.generation,
        same_code=other.same_code,
        signature=_signature(found, today) if found.state else None,
        axes=Life(found, life.rows).axes,
    )


def party_line(row: LifeRow) -> tuple[str, str, str]:
    """A party, where it stands in words, and the tone of that."""
    if row.one:
        return row.label, gettext("a signé le %(day)s") % {"day": date_format(row.one, "DATE_FORMAT")}, "good"
    if row.other:
        told = {"day": date_format(row.other, "DATE_FORMAT"), "reason": row.extra}
        return row.label, gettext("a refusé le %(day)s : %(reason)s") % told, "bad"
    return row.label, gettext("signature attendue"), "info"


def totals_instead(life: Life) -> list[MoneyTotal]:
    """The totals of a maquette too long for the overview; nothing of one whose lines it can show."""
    totals = life.money
    return totals if sum(total.count for total in totals) > MOST_MONEY else []


def total_line(total: MoneyTotal) -> tuple[str, str, str, str]:
    """Level, origin, years and sum in words."""
    years = str(total.first) if total.first == total.last else f"{total.first}–{total.last}"
    level, origin = FundingLine.Level(total.level).label, FundingLine.Origin(total.origin).label
    return str(level), str(origin), years, numbers.cents(total.cents)

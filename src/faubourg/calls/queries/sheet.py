"""What the pages of one dossier show, each read in as few questions as it can be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from faubourg.rules.calls.accounts import ACCOUNTS, CHAPTERS, Side
from faubourg.rules.calls.budget import Budget, Line

from ..models import Application, BudgetLine, FunderOpinion, FundingRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one funder, in cents by nature, and what its service thinks of it."""

    funder_pk: int
    funder: str
    programme: str
    operating_cents: int
    investment_cents: int
    opinion: FunderOpinion | None = None

    @property
    def cents(self) -> int:
        """Both natures."""
        return self.operating_cents + self.investment_cents


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the form, its lines, its total in cents."""

    code: str
    name: str
    lines: Sequence[BudgetLine]

    @property
    def cents(self) -> int:
        """What its lines make."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Money:
    """The budget of a dossier: its sides, and how much of the public money is only hoped for."""

    sides: Mapping[Side, Sequence[Chapter]]
    budget: Budget
    firm_cents: int
    hoped_cents: int


def asked_of(application: Application, opinions: Iterable[FunderOpinion] = ()) -> list[Asked]:
    """What is asked, funder by funder; one query."""
    given = {opinion.funder_id: opinion for opinion in opinions}
    found: dict[int, list[FundingRequest]] = {}
    for request in application.requests.select_related("funder").order_by("funder__order", "funder", "year"):
        found.setdefault(request.funder_id, []).append(request)
    return [
        Asked(
            funder,
            requests[0].funder.name,
            requests[0].funder.programme,
            sum(request.cents for request in requests if request.nature == "operating"),
            sum(request.cents for request in requests if request.nature == "investment"),
            given.get(funder),
        )
        for funder, requests in found.items()
    ]


def money_of(application: Application) -> Money:
    """The budget on the chapters of the form, soft and hard money apart; one query."""
    lines = list(application.budget_lines.select_related("funder"))
    chapters: dict[str, list[BudgetLine]] = {}
    for line in lines:
        if line.account in ACCOUNTS:
            chapters.setdefault(ACCOUNTS[line.account].chapter, []).append(line)
    sides: dict[Side, list[Chapter]] = {side: [] for side in Side}
    for code, name in CHAPTERS.items():
        if inside := chapters.get(code):
            sides[ACCOUNTS[inside[0].account].side].append(Chapter(code, name, inside))
    grants = [line for line in lines if line.account in ACCOUNTS and ACCOUNTS[line.account].is_grant]
    firm = sum(line.cents for line in grants if line.standing == BudgetLine.Standing.OBTAINED)
    return Money(
        sides,
        Budget(tuple(Line(line.account, line.cents) for line in lines)),
        firm,
        sum(line.cents for line in grants) - firm,
    )


def measure_name(application: Application) -> str:
    """The measure in words, as the rules of its call name it; its code when they no longer do."""
    rules = application.call.rule_set
    told = rules.told.get("measures", []) if rules else []
    names = {str(one.get("code")): str(one.get("name", "")) for one in told if isinstance(one, dict)}
    return names.get(application.measure) or application.measure

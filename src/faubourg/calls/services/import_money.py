"""The sums of a row of a spreadsheet of dossiers: what is asked of whom, and the budget on its accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from faubourg.rules.calls.accounts import ACCOUNTS, GRANT_ACCOUNT, GRANT_LEVEL, Side
from faubourg.rules.money_ladder import Cents
from faubourg.rules.typed_money import read_cents
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import ERROR, Finding

from .import_columns import ImportLayout
from .import_knowledge import Knowledge
from .import_trial import PlannedLine

# Where a budget told in one sum stands, and what balances it.
WHOLE, OWN = "65x", "insufprevisionnel"
WHOLE_LABEL = "budget total ; le détail est dans le dossier d’origine"
OWN_LABEL = "reste du budget ; le détail est dans le dossier d’origine"
OTHER_LABEL = "autre financeur, que le fichier ne nomme pas"
_NOTHING_ASKED = mark("Rien n’est demandé à un financeur de l’appel sur cette ligne.")
_MORE = mark(
    "Compte {account} : {asked} sont demandés aux financeurs de l’appel, le compte n’en porte que {cents}."
)
_TOTAL = mark("Le budget ({budget}) n’est pas la somme des charges ({charges}).")
_LESS = mark("Le budget ({budget}) ne couvre pas ce qui est demandé ({asked}).")


@dataclass(slots=True)
class Money:
    """`asked`: cents by (funder, nature, year); `lines`: the budget of the year of the call."""

    asked: dict[tuple[int, str, int], int] = field(default_factory=dict)
    lines: list[PlannedLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def money_of(rank: int, row: Sequence[object], layout: ImportLayout, known: Knowledge) -> Money:
    """What a row asks and its budget; each sum that cannot be read is told at its cell."""
    return _Read(rank, row, layout, known).money()


class _Read:
    def __init__(self, rank: int, row: Sequence[object], layout: ImportLayout, known: Knowledge) -> None:
        self.rank, self.row, self.layout, self.known = rank, row, layout, known
        self.found = Money()

    def money(self) -> Money:
        for column, asks in self.layout.asked.items():
            if cents := self._cents(column):
                self.found.asked[asks.funder, asks.nature, asks.year] = cents
        if not self.found.asked and not self.found.findings:
            self._wrong(min(self.layout.asked), "nothing_asked", _NOTHING_ASKED)
        typed = {code: self._cents(place) for place, code in self.layout.accounts.items()}
        told = self.layout.roles.get("budget")
        budget = self._cents(told) if told is not None else 0
        if not self.found.findings:
            self.found.lines = self._lines(typed, budget, told or 0)
        return self.found

    def _cents(self, column: int) -> int:
        read = read_cents(self.row[column] if column < len(self.row) else None)
        if read.problem is not None:
            self.found.findings.append(Finding(self.rank, column, ERROR, read.problem))
        return read.cents or 0

    def _wrong(self, column: int, code: str, template: str, **params: object) -> None:
        reason = Reason(code, False, template, params)
        self.found.findings.append(Finding(self.rank, column, ERROR, reason))

    def _lines(self, typed: dict[str, int], budget: int, column: int) -> list[PlannedLine]:
        """Grants of the funders asked, then the accounts; a budget told in one sum is balanced as such."""
        grants = self._grants()
        charges = sum(cents for account, cents in typed.items() if ACCOUNTS[account].side is Side.CHARGES)
        if charges:
            if budget and budget != charges:
                self._wrong(column, "budget_total", _TOTAL, budget=Cents(budget), charges=Cents(charges))
            return [*self._typed(typed, grants), *grants]
        given = sum(line.cents for line in grants)
        if budget < given:
            self._wrong(column, "budget_less", _LESS, budget=Cents(budget), asked=Cents(given))
        rest = [PlannedLine(OWN, budget - given, OWN_LABEL)] if budget > given else []
        return [PlannedLine(WHOLE, budget, WHOLE_LABEL), *rest, *grants] if budget else grants

    def _grants(self) -> list[PlannedLine]:
        """A line of chapter 74 for each funder asked for the year of the call."""
        sums: dict[int, int] = {}
        for (funder, _nature, year), cents in self.found.asked.items():
            if year == self.known.call.year:
                sums[funder] = sums.get(funder, 0) + cents
        told = ((self.known.funders[pk], cents) for pk, cents in sums.items())
        return [
            PlannedLine(GRANT_ACCOUNT.get(funder.level, "74x"), cents, "", funder.pk, funder.level)
            for funder, cents in told
        ]

    def _typed(self, typed: dict[str, int], grants: list[PlannedLine]) -> list[PlannedLine]:
        """The accounts of the file; on a line of grants, what the funders of the call do not make."""
        lines = []
        for account, cents in typed.items():
            label, level = "", ""
            if ACCOUNTS[account].is_grant:
                asked = sum(line.cents for line in grants if line.account == account)
                if asked > cents:
                    column = next(c for c, code in self.layout.accounts.items() if code == account)
                    told = {"account": account, "asked": Cents(asked), "cents": Cents(cents)}
                    self._wrong(column, "grant_less", _MORE, **told)
                cents, label, level = cents - asked, OTHER_LABEL, GRANT_LEVEL.get(account, "")
            if cents > 0:
                lines.append(PlannedLine(account, cents, label, None, level))
        return lines

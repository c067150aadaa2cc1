"""The dry run of a spreadsheet of money: each cell against the maquette, what is wrong told cell by cell."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from faubourg.base.text import fold
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Contract, FundingLine
from faubourg.contracts.queries.maquette import Cell, RowKey, maquette_of, places_of
from faubourg.people.models import Organisation
from faubourg.rules.money_ladder import Cents
from faubourg.rules.spreadsheet.cells import plain
from faubourg.rules.spreadsheet.totals import check_total, is_total
from faubourg.rules.typed_money import read_cents
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import ERROR, WARNING, Finding

from . import money_columns as roles
from .money_columns import MoneyLayout, recognise, words_of
from .money_lines import FIRST_YEAR, LAST_YEAR

LACKING = {
    roles.LABEL: mark("Aucune colonne ne dit l’objet : nommez-en une « Objet »."),
    roles.FUNDER: mark("Aucune colonne ne dit qui finance : nommez-en une « Financeur »."),
    roles.YEAR: mark(
        "Aucune colonne n’est une année : une par année (« 2025 »), ou « Année » et « Montant »."
    ),
}
UNKNOWN_WORD = mark("« {text} » n’est pas connu ici. Mots possibles : {words}.")
ALREADY_ABOVE = mark("Cette somme est déjà dite plus haut dans le fichier (même ligne, même année).")
MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """One cell to write: `now` is what stands there."""

    key: RowKey
    organisation_id: int | None
    note: str
    year: int
    cents: int
    now: Cell | None


@dataclass(slots=True)
class MoneyTrial:
    """What would be written, what is already there, what is wrong."""

    plans: list[Plan] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lacks: list[Reason] = field(default_factory=list)
    rows: int = 0
    known: int = 0

    def count(self, severity: str) -> int:
        """How many findings of this severity."""
        return sum(found.severity == severity for found in self.findings)

    @property
    def changed(self) -> int:
        """How many sums would be replaced."""
        return sum(plan.now is not None for plan in self.plans)

    @property
    def blocked(self) -> bool:
        """Whether something has to be mended first."""
        return bool(self.lacks or self.count(ERROR))

    @property
    def digest(self) -> str:
        """Changes as soon as the maquette does under the plan."""
        told = repr(
            [(plan.key.id, plan.year, plan.cents, plan.now and plan.now.version) for plan in self.plans]
        )
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def try_out(contract: Contract, rows: Sequence[Sequence[object]], hand: Hand) -> MoneyTrial:
    """The dry run of one sheet; nothing is written."""
    layout = recognise(rows)
    trial = MoneyTrial(lacks=[Reason(role, False, LACKING[role]) for role in layout.lacks])
    return trial if trial.lacks else _Run(contract, layout, hand, trial).over(rows)


class _Run:
    """One dry run: what the contract knows, what was read so far."""

    def __init__(self, contract: Contract, layout: MoneyLayout, hand: Hand, trial: MoneyTrial) -> None:
        self.contract, self.layout, self.hand, self.trial = contract, layout, hand, trial
        grid = maquette_of(contract)
        self.rows = {row.key: row for row in grid.rows}
        places = list(places_of(contract))
        self.places = {fold(place.name): place.pk for place in places} | {
            fold(place.code): place.pk for place in places
        }
        self.first_place = places[0].pk if places else None
        self.objectives = {
            word: found.pk
            for found in grid.objectives.values()
            for word in (fold(found.title), fold(str(found)))
        }
        own = Organisation.objects.filter(pk__in=hand.organisations or ())
        self.organisations = {fold(found.name): found.pk for found in own}
        self.words = {
            roles.LEVEL: words_of(FundingLine.Level, "level"),
            roles.ORIGIN: words_of(FundingLine.Origin, "origin"),
            roles.NATURE: words_of(FundingLine.Nature, "nature"),
        }
        self.labels = {
            roles.LEVEL: FundingLine.Level.labels,
            roles.ORIGIN: FundingLine.Origin.labels,
            roles.NATURE: FundingLine.Nature.labels,
        }
        self.seen: set[tuple[RowKey, int]] = set()
        self.sums: dict[int, list[Decimal]] = {}
        self.since: dict[int, list[Decimal]] = {}

    def over(self, rows: Sequence[Sequence[object]]) -> MoneyTrial:
        """Every row below the headings."""
        for number, row in enumerate(rows):
            # A line of words alone is a note under the table, as our own files have.
            if number > self.layout.heading and sum(bool(plain(cell)) for cell in row) > 1:
                if any(is_total(fold(plain(cell))) for cell in row[: self._first_sum()]):
                    self._total(number, row)
                else:
                    self._row(number, row)
        return self.trial

    def _first_sum(self) -> int:
        return min(self.layout.years, default=self.layout.roles.get(roles.AMOUNT, 0))

    def _text(self, row: Sequence[object], role: str) -> str:
        column = self.layout.roles.get(role)
        return plain(row[column]) if column is not None and column < len(row) else ""

    def _find(self, number: int, role: str, severity: str, reason: Reason) -> None:
        self.trial.findings.append(Finding(number, self.layout.roles.get(role, 0), severity, reason))

    def _row(self, number: int, row: Sequence[object]) -> None:
        self.trial.rows += 1
        described = self._described(number, row)
        sums = self._sums(number, row)
        if described is None:
            return
        key, organisation = described
        for column, year, cents in sums:
            self._cell(number, column, (key, organisation, self._text(row, roles.NOTE)[:300]), (year, cents))

    def _described(self, number: int, row: Sequence[object]) -> tuple[RowKey, int | None] | None:
        """The key of a row; None when one of its words is wrong."""
        before = self.trial.count(ERROR)
        label, funder = self._text(row, roles.LABEL), self._text(row, roles.FUNDER)
        for role, text in ((roles.LABEL, label), (roles.FUNDER, funder)):
            if not text or len(text) > 200:
                template = mark("Cette case doit être remplie, en 200 signes au plus.")
                self._find(number, role, ERROR, Reason("text", False, template))
        told = {role: self._word(number, row, role) for role in self.words}
        place = self._known(number, row, roles.PLACE, self.places, self.first_place)
        objective = self._known(number, row, roles.OBJECTIVE, self.objectives, None)
        organisation = self.organisations.get(fold(funder))
        key = RowKey(
            place or 0, self.contract.pk, objective, None, label, funder,
            told[roles.NATURE], told[roles.ORIGIN], told[roles.LEVEL],
        )  # fmt: skip
        if key not in self.rows and (hung := key._replace(contract_id=None)) in self.rows:
            key = hung
        if key in self.rows:
            organisation = self.rows[key].organisation_id
        if not self.hand.holds(organisation):
            self._find(number, roles.FUNDER, ERROR, Reason("not_yours", False, NOT_YOURS))
        return (key, organisation) if self.trial.count(ERROR) == before else None

    def _word(self, number: int, row: Sequence[object], role: str) -> str:
        text = self._text(row, role)
        value = self.words[role].get(fold(text), "unstated" if not text else "")
        if not value:
            words = ", ".join(map(str, self.labels[role]))
            self._find(
                number, role, ERROR, Reason(role, False, UNKNOWN_WORD, {"text": text[:60], "words": words})
            )
        elif not text and role == roles.LEVEL:
            template = mark("Le niveau n’est pas dit : la somme sera « niveau non précisé ».")
            self._find(number, role, WARNING, Reason("no_level", False, template))
        return value

    def _known(
        self, number: int, row: Sequence[object], role: str, known: dict[str, int], default: int | None
    ) -> int | None:
        text = self._text(row, role)
        if not text or fold(text) in known:
            return known.get(fold(text), default) if text else default
        words = ", ".join(sorted(known)[:12]) or "–"
        self._find(
            number, role, ERROR, Reason(role, False, UNKNOWN_WORD, {"text": text[:60], "words": words})
        )
        return None

    def _sums(self, number: int, row: Sequence[object]) -> list[tuple[int, int, int]]:
        """Column, year, cents of each sum of a row; what cannot be read is told."""
        years = self.layout.years
        if not years:
            column = self.layout.roles[roles.AMOUNT]
            text = self._text(row, roles.YEAR)
            if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR):
                template = mark("« {text} » n’est pas une année.")
                self._find(number, roles.YEAR, ERROR, Reason("year", False, template, {"text": text[:20]}))
                return []
            years = {column: int(text)}
        found = []
        for column, year in years.items():
            read = read_cents(row[column] if column < len(row) else None)
            if read.problem is not None:
                self.trial.findings.append(Finding(number, column, ERROR, read.problem))
            elif read.cents is not None:
                found.append((column, year, read.cents))
        self._check_line(number, row, [cents for _column, _year, cents in found])
        for column, _year, cents in found:
            for sums in (self.sums, self.since):
                sums.setdefault(column, []).append(Decimal(cents) / 100)
        return found

    def _check_line(self, number: int, row: Sequence[object], cents: list[int]) -> None:
        column = self.layout.roles.get(roles.TOTAL)
        read = read_cents(row[column] if column is not None and column < len(row) else None)
        if column is None or read.cents is None:
            return
        if reason := check_total(Decimal(read.cents) / 100, [Decimal(each) / 100 for each in cents], 0):
            self.trial.findings.append(Finding(number, column, WARNING, reason))

    def _total(self, number: int, row: Sequence[object]) -> None:
        """A printed total: checked against all rows, or those since the last one; never imported."""
        for column in self.layout.years or [self.layout.roles[roles.AMOUNT]]:
            read = read_cents(row[column] if column < len(row) else None)
            if read.cents is None:
                continue
            announced = Decimal(read.cents) / 100
            wrong = [check_total(announced, sums.get(column, []), 0) for sums in (self.sums, self.since)]
            if wrong[0] and wrong[1]:
                self.trial.findings.append(Finding(number, column, WARNING, wrong[0]))
        self.since = {}

    def _cell(
        self, number: int, column: int, row: tuple[RowKey, int | None, str], said: tuple[int, int]
    ) -> None:
        (key, organisation, note), (year, cents) = row, said
        if (key, year) in self.seen:
            self.trial.findings.append(Finding(number, column, ERROR, Reason("twice", False, ALREADY_ABOVE)))
            return
        self.seen.add((key, year))
        known = self.rows.get(key)
        now = known.cells.get(year) if known else None
        if now is not None and now.cents == cents:
            self.trial.known += 1
            return
        if now is not None:
            self._replaces(number, column, now, cents)
        self.trial.plans.append(Plan(key, organisation, note, year, cents, now))

    def _replaces(self, number: int, column: int, now: Cell, cents: int) -> None:
        taken = now.left.frozen + now.left.cut if now.left else 0
        if cents < taken:
            template = mark(
                "Des gels ou annulations de {taken} sont enregistrés sur cette somme : pas en dessous."
            )
            reason = Reason("has_events", False, template, {"taken": Cents(taken)})
            self.trial.findings.append(Finding(number, column, ERROR, reason))
            return
        template = mark("Remplacera {before} par {after}.")
        reason = Reason("replaces", False, template, {"before": Cents(now.cents), "after": Cents(cents)})
        self.trial.findings.append(Finding(number, column, WARNING, reason))

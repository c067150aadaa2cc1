"""One dry run of a sheet of dossiers: what was read so far, each row against what the call knows."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.text import fold
from faubourg.rules.spreadsheet.cells import plain
from faubourg.rules.spreadsheet.totals import is_total
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import ERROR

from ..models import Call
from .import_cells import read_day, read_moment
from .import_columns import ImportLayout, recognise
from .import_knowledge import Knowledge, known_of, learn
from .import_money import Money, money_of
from .import_telling import Row, Telling
from .import_trial import MOST_ROWS, TOO_MANY, DossierPlan, ImportTrial, Who, lacking
from .import_who import identifiers, who_of
from .importing_rules import judged_reasons, to_see

TEXTS = ("summary", "aims", "needs", "audience", "means", "partnership", "evaluation")
_SPLIT = re.compile(r"[;|\n]+")
_FORMULA = ("=", "@")
_NO_FORMULA = mark("Cette case commence comme une formule : écrivez sa valeur à la place.")
_STANDS_BACK = mark("Vous vous êtes déporté·e de cet organisme : une autre personne importe ses dossiers.")


def try_out(call: Call, rows: Sequence[Row], by: Actor) -> ImportTrial:
    """The dry run of one sheet; nothing is written."""
    layout = recognise(rows, call)
    trial = ImportTrial(lacks=lacking(layout.lacks))
    return trial if trial.lacks else _Run(call, layout, by, trial).over(rows)


class _Run(Telling):
    """What the file said so far, and what is known."""

    def __init__(self, call: Call, layout: ImportLayout, by: Actor, trial: ImportTrial) -> None:
        super().__init__(layout, trial)
        self.call = call
        self.known: Knowledge = known_of(call, by)
        rules = self.known.rule_set
        measures = rules.measures if rules else ()
        self.measures = {fold(word): each.code for each in measures for word in (each.name, each.code)}
        self.now = timezone.now()
        self.seen: set[object] = set()

    def over(self, rows: Sequence[Row]) -> ImportTrial:
        """Every row below the headings; a line of words alone and a total are no dossiers."""
        kept = [
            (rank, row)
            for rank, row in enumerate(rows)
            if rank > self.layout.heading
            and sum(bool(plain(cell)) for cell in row) > 1
            and not any(is_total(fold(plain(cell))) for cell in row[:3])
        ]
        if len(kept) > MOST_ROWS:
            self.trial.lacks = [Reason("too-many", False, TOO_MANY, {"count": len(kept), "most": MOST_ROWS})]
            return self.trial
        self._learn([row for _rank, row in kept])
        for rank, row in kept:
            self.trial.rows += 1
            self._row(rank, row)
        return self.trial

    def _learn(self, rows: Sequence[Row]) -> None:
        said: dict[str, list[str]] = {"siret": [], "rna": []}
        for row in rows:
            for kind, number, _wrong in identifiers(self, row):
                said[kind].append(number)
        codes = [code for row in rows for code in self._codes(self.text(row, "places"))]
        numbers = [self.text(row, "number") for row in rows]
        learn(self.known, numbers, said["siret"], said["rna"], codes)

    def _row(self, rank: int, row: Row) -> None:
        errors = self.trial.count(ERROR)
        self._formulas(rank, row)
        who = who_of(self, self.known, rank, row)
        title, number = self._title(rank, row), self.text(row, "number")
        if who is None or not title:
            return
        if who.pk in self.known.stands_back:
            self.find(rank, "applicant", "stands_back", _STANDS_BACK)
            return
        if self._is_there(rank, who, title, number):
            return
        starts, ends = self._day(rank, row, "starts_on"), self._day(rank, row, "ends_on")
        if starts and ends and ends < starts:
            self.find(rank, "ends_on", "ends_on", mark("La fin précède le début."))
        contract, places = self._where(rank, row)
        measure, money = self._measure(rank, row), money_of(rank, row, self.layout, self.known)
        self.trial.findings += money.findings
        received, years = self._received(rank, row), self._years(rank, row, money)
        texts = self._texts(rank, row)
        if self.trial.count(ERROR) > errors or received is None:
            return
        reasons = judged_reasons(self.known, measure, money, who.kind, received)
        late = self._judged(rank, reasons)
        if late is None:
            return
        self.trial.plans.append(
            DossierPlan(
                rank, number, who, title, measure, contract, places, texts, starts, ends, years, received,
                self.text(row, "signed")[:150], money.asked, tuple(money.lines), reasons, late,
            )
        )  # fmt: skip

    def _formulas(self, rank: int, row: Row) -> None:
        for role in self.layout.roles:
            if self.text(row, role).startswith(_FORMULA):
                self.find(rank, role, "formula", _NO_FORMULA)

    def _title(self, rank: int, row: Row) -> str:
        title = self.text(row, "title")
        if not title or len(title) > 200:
            self.find(rank, "title", "title", mark("Cette case doit être remplie, en 200 signes au plus."))
            return ""
        return title

    def _is_there(self, rank: int, who: Who, title: str, number: str) -> bool:
        """Whether the dossier is in already, or was said above; a number of another call is an error."""
        same = (who.pk or who.siret or who.rna, fold(title))
        key: object = number or same
        if key in self.seen:
            template = mark("Ce dossier est déjà dit plus haut dans le fichier.")
            self.find(rank, "number" if number else "title", "twice", template)
            return True
        self.seen.add(key)
        if number and self.known.numbers.get(number) == self.call.pk:
            self.trial.known += 1
            return True
        if not number and same in self.known.titles:
            self.trial.known += 1
            return True
        if number in self.known.numbers or len(number) > 30 or number.startswith(own_numbers(self.call)):
            template = mark(
                "Le numéro « {text} » n’est pas libre : laissez la case vide, un autre sera donné."
            )
            self.find(rank, "number", "number_taken", template, text=number[:40])
            return True
        return False

    def _day(self, rank: int, row: Row, role: str) -> date | None:
        day, wrong = read_day(self.raw(row, role))
        if wrong is not None:
            self.tell(rank, role, wrong)
        return day

    def _received(self, rank: int, row: Row) -> datetime | None:
        moment, wrong = read_moment(self.raw(row, "received"))
        if wrong is not None:
            self.tell(rank, "received", wrong)
            return None
        if moment and moment > self.now:
            if timezone.localdate(moment) > timezone.localdate(self.now):
                self.find(rank, "received", "future", mark("Un dossier n’est pas reçu dans l’avenir."))
                return None
            return self.now
        return moment or self.now

    def _years(self, rank: int, row: Row, money: Money) -> int:
        last = max((year for _funder, _nature, year in money.asked), default=self.call.year)
        text = self.text(row, "years")
        years = int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else (0 if text else 1)
        years = max(years, last - self.call.year + 1) if years else 0
        if not 1 <= years <= 6:
            self.find(rank, "years", "years", mark("Une demande porte sur une à six années."))
        return years

    def _measure(self, rank: int, row: Row) -> str:
        codes = set(self.measures.values())
        code = self.word(rank, row, "measure", self.measures, next(iter(codes)) if len(codes) == 1 else "")
        if not code and codes and not self.text(row, "measure"):
            template = mark("Dites à quelle mesure répond le dossier : {words}.")
            self.find(rank, "measure", "measure", template, words=", ".join(sorted(codes)))
        return code

    def _codes(self, text: str) -> list[str]:
        parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
        split = [part.split(",") if fold(part) not in self.known.places else [part] for part in parts]
        return [one.strip() for part in split for one in part if one.strip()]

    def _where(self, rank: int, row: Row) -> tuple[int | None, tuple[int, ...]]:
        codes = self._codes(self.text(row, "places"))
        for code in codes:
            if fold(code) not in self.known.places:
                template = mark("« {text} » n’est pas un lieu connu : écrivez son code, ou son nom exact.")
                self.find(rank, "places", "place", template, text=code[:60])
        places = tuple(
            sorted({self.known.places[fold(code)] for code in codes if fold(code) in self.known.places})
        )
        alone = set(self.known.contracts.values()) if self.call.contracts.all() else set()
        if places and len(alone) != 1:
            alone = set.intersection(*(self.known.under.get(place, set()) for place in places))
        text = self.text(row, "contract")
        if text and fold(text) not in self.known.contracts:
            template = mark("« {text} » n’est pas un contrat de cet appel.")
            self.find(rank, "contract", "contract", template, text=text[:60])
        if text:
            return self.known.contracts.get(fold(text)), places
        return (next(iter(alone)) if len(alone) == 1 else None), places

    def _texts(self, rank: int, row: Row) -> dict[str, Any]:
        told: dict[str, Any] = {name: str(self.raw(row, name) or "").strip()[:20_000] for name in TEXTS}
        count = self.text(row, "audience_count")
        if count and not (count.isascii() and count.isdecimal() and len(count) < 9):
            template = mark("« {text} » n’est pas un nombre de personnes.")
            self.find(rank, "audience_count", "audience_count", template, text=count[:40])
        elif count:
            told["audience_count"] = int(count)
        return told

    def _judged(self, rank: int, reasons: tuple[Reason, ...]) -> bool | None:
        """Whether the dossier is late; None when it may not enter. What the rules refuse must be seen."""
        late = False
        for reason, severity in to_see(self.known, reasons):
            late = late or reason.code.startswith("window")
            role = "received" if reason.code.startswith("window") else "budget"
            self.tell(rank, role if role in self.layout.roles else "title", reason, severity)
            if severity == ERROR:
                return None
        return late


def own_numbers(call: Call) -> str:
    """How the numbers that this call gives begin: a file does not bring one."""
    return f"{call.year}-{call.pk:03d}-"

"""The dry run of a spreadsheet of dossiers: each row against the call, what is wrong told cell by cell."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from faubourg.rules.calls.budget import Line
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import ERROR, Finding

LACKING = {
    "title": mark("Aucune colonne ne dit l’action : nommez-en une « Titre »."),
    "applicant": mark("Aucune colonne ne dit qui demande : nommez-en une « SIRET » ou « RNA »."),
    "asked": mark(
        "Aucune colonne ne dit ce qui est demandé : nommez-en une par financeur de l’appel, « Demandé à … »."
    ),
    "budget": mark(
        "Aucune colonne ne dit le budget : nommez-en une « Budget », ou une par compte (« 601 », « 641 »…)."
    ),
}
# What a file may bring at once: each dossier enters through its circuit, in one transaction.
MOST_ROWS = 1_000
TOO_MANY = mark("Le tableau compte {count} dossiers ; la limite est de {most} à la fois : découpez-le.")


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks: an organisation that is known (`pk`), or one to create."""

    pk: int | None
    name: str
    kind: str
    siret: str | None = None
    rna: str | None = None


@dataclass(frozen=True, slots=True)
class DossierPlan:
    """One dossier to write. Sums in cents: `asked` by (funder, nature, year), `lines` on the accounts."""

    row: int
    number: str
    who: Who
    title: str
    measure: str
    contract: int | None
    places: tuple[int, ...]
    texts: dict[str, Any]
    starts_on: date | None
    ends_on: date | None
    years: int
    received: datetime
    signed: str
    asked: dict[tuple[int, str, int], int]
    lines: tuple["PlannedLine", ...]
    reasons: tuple[Reason, ...]
    late: bool


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the budget as it will stand."""

    account: str
    cents: int
    label: str = ""
    funder: int | None = None
    level: str = ""

    def told(self) -> Line:
        """As the rules read it."""
        return Line(self.account, self.cents, self.label)


@dataclass(slots=True)
class ImportTrial:
    """What would be written, what is already there, what is wrong."""

    plans: list[DossierPlan] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lacks: list[Reason] = field(default_factory=list)
    rows: int = 0
    known: int = 0

    def count(self, severity: str) -> int:
        """How many findings of this severity."""
        return sum(found.severity == severity for found in self.findings)

    @property
    def created(self) -> int:
        """How many organisations would be created."""
        return len({(plan.who.siret, plan.who.rna) for plan in self.plans if plan.who.pk is None})

    @property
    def blocked(self) -> bool:
        """Whether something has to be mended first."""
        return bool(self.lacks or self.count(ERROR))

    @property
    def digest(self) -> str:
        """Changes as soon as what would be written does."""
        told = repr([(plan.row, plan.number, plan.who, plan.title, plan.measure, plan.asked, plan.lines)
                     for plan in self.plans])  # fmt: skip
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def lacking(roles: Sequence[str]) -> list[Reason]:
    """A sentence for each column without which nothing can be read."""
    return [Reason(role, False, LACKING[role]) for role in roles]

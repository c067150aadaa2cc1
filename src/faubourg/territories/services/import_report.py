"""The report of a dry run: what would be written, and everything that was found, cell by cell."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from faubourg.rules.spreadsheet.cells import address
from faubourg.rules.verdict import Reason
from faubourg.territories.models import Figure, Source

ERROR, WARNING, INFO = "error", "warning", "info"
MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one cell: an error blocks, a warning must be seen, an information is told."""

    row: int
    column: int
    severity: str
    reason: Reason

    def as_json(self) -> dict[str, Any]:
        """As the import keeps it: the sentence is translated when it is shown."""
        return {
            "cell": address(self.row, self.column),
            "row": self.row + 1,
            "severity": self.severity,
            "code": self.reason.code,
            "template": self.reason.template,
            "params": {name: str(value) for name, value in self.reason.params.items()},
        }


@dataclass(slots=True)
class Trial:
    """What would be written, what is already there, and what was found."""

    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    known: int = 0

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The report of a dry run; long lists are cut, counts are whole."""
        rank = {ERROR: 0, WARNING: 1, INFO: 2}
        ordered = sorted(self.findings, key=lambda f: (rank[f.severity], f.row, f.column))
        return {
            "rows": self.rows,
            "figures": len(self.figures),
            "secret": sum(figure.secrecy == Figure.Secrecy.SECRET for figure in self.figures),
            "missing": sum(figure.secrecy == Figure.Secrecy.MISSING for figure in self.figures),
            "places": len({figure.territory_id for figure in self.figures}),
            "indicators": dict(Counter(figure.indicator_id for figure in self.figures).most_common(60)),
            "known": self.known,
            "errors": self.count(ERROR),
            "warnings": self.count(WARNING),
            "infos": self.count(INFO),
            "findings": [finding.as_json() for finding in ordered[:MOST_KEPT]],
        }


@dataclass(frozen=True, slots=True)
class FileWide:
    """What holds for every row that does not say otherwise."""

    source: Source | None
    vintage: str
    this_year: int

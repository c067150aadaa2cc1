"""Forces and weaknesses of several diagnoses crossed: theme by theme, who says what, and who agrees.

A theme is the same whatever its case, accents and spaces; it is shown as it was first written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

STRENGTH, WEAKNESS = "strength", "weakness"


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: `holder` is whoever says it (a key), `side` strength or weakness."""

    theme: str
    side: str
    holder: int
    key: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One theme: the points of each holder. `weak` and `strong` count holders, each once."""

    theme: str
    points: dict[int, tuple[Finding, ...]]

    @property
    def strong(self) -> int:
        """How many holders name a strength here."""
        return self._holders(STRENGTH)

    @property
    def weak(self) -> int:
        """How many holders name a weakness here."""
        return self._holders(WEAKNESS)

    @property
    def split(self) -> bool:
        """Some call it a strength and others a weakness: to be talked about."""
        return bool(self.strong and self.weak)

    def _holders(self, side: str) -> int:
        return sum(any(point.side == side for point in said) for said in self.points.values())


def cross(findings: Sequence[Finding], fold: Callable[[str], str]) -> list[Row]:
    """Rows by theme, those that most holders call a weakness first, then by name."""
    themes: dict[str, str] = {}
    said: dict[str, dict[int, list[Finding]]] = {}
    for finding in findings:
        same = fold(finding.theme)
        themes.setdefault(same, finding.theme.strip())
        said.setdefault(same, {}).setdefault(finding.holder, []).append(finding)
    rows = [
        Row(themes[s], {holder: tuple(points) for holder, points in by.items()}) for s, by in said.items()
    ]
    return sorted(rows, key=lambda row: (-row.weak, -row.strong, fold(row.theme)))


def agreements(
    rows: Sequence[Row], groups: Sequence[int], communes: Sequence[int], side: str
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Thematic group × commune: the themes that both name on this side, in the order of the rows."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for row in rows:
        naming = {holder for holder, said in row.points.items() if any(point.side == side for point in said)}
        for group in groups:
            for commune in communes:
                if group in naming and commune in naming:
                    found[group, commune] = (*found.get((group, commune), ()), row.theme)
    return found

"""What to write beside a point for the places it lies in, as columns of text looked up by a number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..models import Perimeter, Territory
from .attribution import Label, registered
from .layer import Ints

UNKNOWN_HERE = "inconnu ici"
# Several at once: a point on a limit is in each; a neighbourhood over two communes leaves « ou ».
BOTH, EITHER = " | ", " ou "


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or a neighbourhood as it is written."""

    pk: int
    code: str
    name: str


@dataclass(slots=True)
class Lookup:
    """Words by number: a growing list of rows, written once each and gathered for a million points."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def gather(self, numbers: Ints) -> list[pl.Series]:
        """One column a heading."""
        which = pl.Series(numbers)
        columns = zip(*self.rows, strict=True)
        return [
            pl.Series(heading, [word or None for word in words], dtype=pl.String).gather(which)
            for heading, words in zip(self.headings, columns, strict=True)
        ]


class Communes:
    """Sets of communes with their EPCI, contracts and the neighbourhoods of today they list as a hint."""

    def __init__(self, needed: Iterable[int]) -> None:
        wanted = set(needed)
        self._places = {
            row[0]: row
            for row in Territory.objects.filter(kind=Territory.Kind.COMMUNE)
            .values_list("pk", "code", "name", "epci__code", "epci__name")
            .iterator()
            if row[0] in wanted
        }
        self._attributed = {name: attribution() for name, attribution in registered().items()}
        self._listed = _listed_neighbourhoods()
        extra = tuple(heading for name in self._attributed for heading in (f"{name}_code", name))
        self.lookup = Lookup(
            ("commune_code", "commune", "epci_code", "epci", "qpv_2024_de_la_commune", *extra)
        )
        self._ids: dict[tuple[tuple[int, ...], str], int] = {}
        # Number 0: nothing is known of the commune.
        self.lookup.rows.append(
            ("", UNKNOWN_HERE, "", UNKNOWN_HERE, "", *("", UNKNOWN_HERE) * len(self._attributed))
        )

    def number_of(self, communes: Sequence[int], within: Sequence[int] = (), sign: str = BOTH) -> int:
        """The number of these communes (in the lookup), for a point inside the neighbourhoods `within`."""
        if not communes and not within:
            return 0
        key = (tuple(communes), sign + str(tuple(within)))
        if key not in self._ids:
            self._ids[key] = len(self.lookup.rows)
            self.lookup.rows.append(self._words(communes, within, sign))
        return self._ids[key]

    def _words(self, communes: Sequence[int], within: Sequence[int], sign: str) -> tuple[str, ...]:
        rows = [self._places[pk] for pk in communes if pk in self._places]
        hint = [code for pk in communes for code in self._listed.get(pk, ())]
        words = [
            _joined((row[1] for row in rows), sign),
            _joined((row[2] for row in rows), sign) or UNKNOWN_HERE,
            _joined((row[3] or "" for row in rows), sign),
            (_joined((row[4] or "" for row in rows), sign) or "aucun") if rows else UNKNOWN_HERE,
            _joined(hint, ", "),
        ]
        for attributed in self._attributed.values():
            labels = _labels(attributed, within) or _labels(attributed, communes)
            names = _joined((label.name for label in labels), EITHER)
            words += [
                _joined((label.code for label in labels), EITHER),
                names or ("aucun" if rows else UNKNOWN_HERE),
            ]
        return tuple(words)


def numbered(sets: Ints, number_of: Callable[[int], int]) -> Ints:
    """`number_of` each set, asked once a set."""
    counts = np.bincount(sets, minlength=1)
    present = np.flatnonzero(counts)
    numbers: NDArray[np.int32] = np.zeros(len(counts), dtype=np.int32)
    numbers[present] = [number_of(int(one)) for one in present]
    return numbers[sets]


def _joined(words: Iterable[str], sign: str) -> str:
    return sign.join(dict.fromkeys(word for word in words if word))


def _labels(attributed: Mapping[int, tuple[Label, ...]], places: Sequence[int]) -> list[Label]:
    return [label for place in places for label in attributed.get(place, ())]


def _listed_neighbourhoods() -> dict[int, list[str]]:
    """Id of a commune → codes of its priority neighbourhoods of 2024."""
    listed: dict[int, list[str]] = defaultdict(list)
    rows = Perimeter.objects.filter(
        kind=Perimeter.Kind.QPV_2024,
        withdrawn_at__isnull=True,
        territory__kind=Territory.Kind.NEIGHBOURHOOD,
    ).order_by("code", "territory__code")
    for commune, code, own in rows.values_list("territory__communes__pk", "code", "territory__code"):
        if commune and (code or own) not in listed[commune]:
            listed[commune].append(code or own)
    return listed

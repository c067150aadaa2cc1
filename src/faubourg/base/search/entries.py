"""What a room announces, and what a search gives back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from faubourg.base.models import SearchTerm


@dataclass(frozen=True, slots=True)
class Searchable:
    """One object of a room. `title` is found without being repeated in `terms`.

    `detail` is the line under the title (place, then wider place, parts joined by « · »); `weight` orders
    equal matches, the largest first (inhabitants, for a place); `terms` holds texts by field.
    """

    kind: str
    ref: str
    title: str
    detail: str
    url: str
    weight: int = 0
    terms: Mapping[SearchTerm.Field, Iterable[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """One object found. `close` when a typing error had to be forgiven."""

    kind: str
    ref: str
    title: str
    detail: str
    url: str
    close: bool = False

    @property
    def code(self) -> str:
        """The reference without what only keeps it unique: « 2024-2030/CN06302M » → CN06302M."""
        return self.ref.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits; `facets` counts all of them by kind, whatever kinds were asked for."""

    hits: list[Hit]
    total: int
    facets: dict[str, int]
    # The query with its typing errors mended, or empty.
    suggestion: str = ""
    # No object answers every word: these answer the most.
    partial: bool = False

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


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits; `facets` counts all of them by kind, whatever kinds were asked for."""

    hits: list[Hit]
    total: int
    facets: dict[str, int]
    # The query with its typing errors mended, or empty; `missed` lists words that nothing matched.
    suggestion: str = ""
    missed: tuple[str, ...] = ()

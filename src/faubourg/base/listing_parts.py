"""What the page of a list reads: its cells, the heads of its columns, its exports."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from .cells import drawn


@dataclass(frozen=True, slots=True)
class Cell:
    """What the page shows; `label` is the column's, for narrow screens."""

    label: str
    text: object
    url: str | None
    numeric: bool

    @property
    def html(self) -> SafeString:
        """The cell as the page holds it."""
        return drawn(self.label, self.text, self.url, numeric=self.numeric)


@dataclass(frozen=True, slots=True)
class Header:
    """`aria_sort` is « ascending », « descending » or None; `sort_url` is None when not sortable."""

    name: str
    label: Any
    numeric: bool
    sort_url: str | None
    aria_sort: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """An export: `name` is csv, xlsx, ods or pdf."""

    name: str
    label: str
    url: str

"""The pages of one call, in the order of its life; each slice adds its own at start-up."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Call

# From which order a part of the life of a call begins: a page of order 31 stands in « Dossiers ».
SECTIONS: list[tuple[int, str | Promise]] = [
    (0, _("L’appel")),
    (20, _("Dossiers")),
    (40, _("Jury")),
    (60, _("Argent")),
    (80, _("Bilans")),
]


@dataclass(frozen=True, slots=True)
class Page:
    """`name`: that of the address, whose only argument is the code; `public`: also shown to visitors."""

    name: str
    label: str | Promise
    order: int
    public: bool

    @property
    def section(self) -> int:
        """The order from which its part of the call's life begins."""
        return max(first for first, _label in SECTIONS if first <= self.order)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    label: str | Promise
    url: str
    here: bool


_pages: dict[str, Page] = {}


def register(name: str, label: str | Promise, order: int, *, public: bool = False) -> None:
    """Adds a page to every call: for whoever follows it, or for everybody."""
    _pages[name] = Page(name, label, order, public)


def navigation(call: Call, current: str, *, follows: bool) -> tuple[list[Entry], list[Entry]]:
    """The parts that this reader may open, each leading to its first page; then the pages of the present one
    when it has several.
    """
    pages = sorted(_pages.values(), key=lambda page: page.order)
    pages = [page for page in pages if follows or page.public]
    here = _pages[current].section if current in _pages else None
    sections = []
    for first, label in SECTIONS:
        inside = next((page for page in pages if page.section == first), None)
        if inside is not None:
            sections.append(Entry(label, reverse(inside.name, args=[call.code]), first == here))
    links = [
        Entry(page.label, reverse(page.name, args=[call.code]), page.name == current)
        for page in pages
        if page.section == here
    ]
    return sections, links if len(links) > 1 else []

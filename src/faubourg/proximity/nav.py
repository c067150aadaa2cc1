"""The pages of one area, in the order of use; each slice adds its own at start-up."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from .models import Area


@dataclass(frozen=True, slots=True)
class Page:
    """`name`: that of the address, whose only argument is the code; `public`: also shown to visitors."""

    name: str
    label: str | Promise
    order: int
    public: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    label: str | Promise
    url: str
    here: bool


_pages: dict[str, Page] = {}


def register(name: str, label: str | Promise, order: int, *, public: bool = False) -> None:
    """Adds a page to every area: for whoever follows it, or for everybody."""
    _pages[name] = Page(name, label, order, public)


def navigation(area: Area, current: str, *, follows: bool) -> list[Entry]:
    """The pages that this reader may open, the present one marked."""
    pages = sorted(_pages.values(), key=lambda page: page.order)
    return [
        Entry(page.label, reverse(page.name, args=[area.code]), page.name == current)
        for page in pages
        if follows or page.public
    ]

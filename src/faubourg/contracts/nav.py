"""The pages of one contract, in the order in which they are read; rooms above add theirs at start-up."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .listings import contract_url
from .models import Contract

# From which order a section begins: a page of order 31 stands in « Projet ».
SECTIONS: list[tuple[int, str | Promise]] = [
    (0, _("Vue d’ensemble")),
    (10, _("Calendrier")),
    (20, _("Gouvernance")),
    (30, _("Projet")),
    (50, _("Argent")),
    (60, _("Accords")),
    (80, _("Voix et rapports")),
]


@dataclass(frozen=True, slots=True)
class Page:
    """`name`: that of the address, whose only argument is the code; `order` gives the section."""

    name: str
    label: str | Promise
    order: int

    @property
    def section(self) -> int:
        """The order from which its section begins."""
        return max(first for first, _label in SECTIONS if first <= self.order)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    label: str | Promise
    url: str
    here: bool


_pages: dict[str, Page] = {"contract": Page("contract", _("Vue d’ensemble"), 0)}


def register(name: str, label: str | Promise, order: int) -> None:
    """Adds a page to every contract."""
    _pages[name] = Page(name, label, order)


def navigation(contract: Contract, current: str) -> tuple[list[Entry], list[Entry]]:
    """The sections, each leading to its first page; then the pages of the present one when it has several."""
    pages = sorted(_pages.values(), key=lambda page: page.order)
    here = _pages[current].section if current in _pages else None
    sections = []
    for first, label in SECTIONS:
        inside = [page for page in pages if page.section == first]
        if inside:
            sections.append(Entry(label, contract_url(contract, inside[0].name), first == here))
    beside = [page for page in pages if page.section == here]
    links = [Entry(page.label, contract_url(contract, page.name), page.name == current) for page in beside]
    return sections, links if len(links) > 1 else []

"""The pages of one dossier, in the order in which they are read; others add theirs at start-up."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .access.readers import Reader


@dataclass(frozen=True, slots=True)
class Page:
    """`name`: that of an address whose only argument is the dossier; `workings`: not for its applicant."""

    name: str
    label: Any
    order: int
    workings: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation."""

    label: Any
    url: str
    here: bool


_pages = {
    page.name: page
    for page in (
        Page("application", _("Vue d’ensemble"), 0),
        Page("application_project", _("Projet"), 10),
        Page("application_budget", _("Budget"), 20),
        Page("application_pieces", _("Pièces"), 30),
        Page("application_opinions", _("Avis"), 40, workings=True),
        Page("application_similar", _("Comparer"), 50, workings=True),
        Page("application_thread", _("Échanges et étapes"), 60),
    )
}


def register(name: str, label: Any, order: int, *, workings: bool = False) -> None:
    """Adds a page to every dossier."""
    _pages[name] = Page(name, label, order, workings)


def navigation(reader: Reader, current: str) -> list[Entry]:
    """The pages that this reader may open."""
    pages = sorted(_pages.values(), key=lambda page: page.order)
    return [
        Entry(page.label, reverse(page.name, args=[reader.application.pk]), page.name == current)
        for page in pages
        if not page.workings or reader.may_read_workings.ok
    ]

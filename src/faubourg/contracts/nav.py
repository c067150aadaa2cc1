"""The pages of one contract, in the order in which they are read; rooms above add theirs at start-up."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .listings import contract_url
from .models import Contract


@dataclass(frozen=True, slots=True)
class Page:
    """`name` is that of the address, whose only argument is the contract's code."""

    name: str
    label: str | Promise
    order: int


_pages: dict[str, Page] = {"contract": Page("contract", _("Vue d’ensemble"), 0)}


def register(name: str, label: str | Promise, order: int) -> None:
    """Adds a page to every contract."""
    _pages[name] = Page(name, label, order)


def pages_of(contract: Contract) -> list[tuple[Page, str]]:
    """Each page with its address for this contract."""
    return [
        (page, contract_url(contract, page.name))
        for page in sorted(_pages.values(), key=lambda page: page.order)
    ]

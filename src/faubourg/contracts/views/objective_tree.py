"""The lines of the tree of objectives, ready for the page: routes and words are asked once, not by line."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from faubourg.base import numbers
from faubourg.contracts.listings import contract_url, contract_urls
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.queries.objectives import ObjectiveLine


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line, its words and where it leads; `of` says to a screen reader what a button is about."""

    line: ObjectiveLine
    objective: Objective
    rank: str
    of: SafeString
    actions: str
    places: SafeString
    why: str
    urls: dict[str, str]


def tree_shown(contract: Contract, lines: list[ObjectiveLine]) -> list[ShownLine]:
    """The lines as the page writes them, in the same order."""
    ranks = {rank.value: str(rank.label) for rank in Objective.Rank}
    why = gettext("Motif du retrait de %(title)s")
    places = {place.pk: place.get_absolute_url() for line in lines for place in line.places}
    addresses = _addresses(contract, [line.objective.pk for line in lines])
    return [
        ShownLine(
            line,
            line.objective,
            ranks[line.objective.rank],
            format_html('<span class="visually-hidden"> {}</span>', line.objective.title),
            ngettext("%(n)s action", "%(n)s actions", line.actions) % {"n": numbers.number(line.actions)},
            format_html_join(
                "",
                '<a class="badge badge-neutral" href="{}">{}</a> ',
                ((places[place.pk], place.name) for place in line.places),
            ),
            why % {"title": line.objective.title},
            {name: of_each[line.objective.pk] for name, of_each in addresses.items()},
        )
        for line in lines
    ]


def _addresses(contract: Contract, keys: list[int]) -> dict[str, dict[int, str]]:
    """Page → objective → its address."""
    asking = {
        "actions": (contract_url(contract, "contract_actions"), "objectif"),
        "add": (contract_url(contract, "objective_add"), "sous"),
        "propose": (contract_url(contract, "action_add"), "objectif"),
    }
    return {
        name: contract_urls(contract, f"objective_{name}", keys) for name in ("edit", "measure", "act")
    } | {
        name: {key: f"{url}{'&' if '?' in url else '?'}{word}={key}" for key in keys}
        for name, (url, word) in asking.items()
    }

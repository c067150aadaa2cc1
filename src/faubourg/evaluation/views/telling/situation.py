"""Figures of a frozen report in words: value with its unit, vintage and source; a secret one masked."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from faubourg.base import numbers
from faubourg.contracts.views.wording import figure_text
from faubourg.territories.models import Figure, Indicator

Quote = Callable[[str], str]


def table(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """One row a place and indicator."""
    return (
        gettext("Les chiffres connus à la fin de l’année"),
        [
            gettext("Territoire"),
            gettext("Indicateur"),
            gettext("Valeur"),
            gettext("Millésime"),
            gettext("Évolution"),
            gettext("Source"),
        ],
        [_row(entry, quote) for entry in facts["situation"]],
        (False, False, True, False, False, False),
        gettext("Aucun chiffre publié pour ces territoires à cette date."),
        gettext(
            "Deux chiffres ne sont comparés que si la règle le permet ; un chiffre couvert par le secret "
            "statistique n’est ni montré, ni exporté."
        ),
    )


def _row(entry: Mapping[str, Any], quote: Quote) -> list[str]:
    return [
        entry["place"]["name"],
        indicator_name(entry),
        value_text(entry),
        quote(entry["vintage"]),
        _change(entry),
        quote(entry["source"]["title"]),
    ]


def indicator_name(entry: Mapping[str, Any]) -> str:
    """In the reader's language when it is known."""
    english = (get_language() or "fr").startswith("en")
    return str((entry["name_en"] if english else "") or entry["name_fr"])


def value_text(entry: Mapping[str, Any], value: str | None = None) -> str:
    """With its unit, or why there is none."""
    told = entry["value"] if value is None else value
    figure = Figure(
        indicator=Indicator(unit=entry["unit"], decimals=entry["decimals"]),
        value=None if told is None else Decimal(told),
        secrecy=entry["secrecy"],
    )
    return figure_text(figure)


def _change(entry: Mapping[str, Any]) -> str:
    change = entry["change"]
    if not change:
        return gettext("sans comparaison permise")
    amount = Decimal(change["change"])
    sign = "+" if amount > 0 else ""
    return gettext("%(change)s depuis %(since)s") % {
        "change": sign + numbers.number(amount, entry["decimals"]),
        "since": change["since"],
    }

"""Money of a report: one line an origin and level, in euros, never a grand total."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.base import numbers
from faubourg.contracts.models import FundingEvent, FundingLine

Quote = Callable[[str], str]


def table(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """Each group with its total, then its lines."""
    rows = []
    for group in facts["money"]:
        kind = [origin_label(group["origin"]), level_label(group["level"])]
        if len(group["lines"]) > 1:
            rows.append([*kind, gettext("total de ce niveau"), "", "", numbers.cents(group["total_cents"])])
        rows += [[*kind, *_line(line, quote)] for line in group["lines"]]
    return (
        gettext("Par origine et par niveau"),
        [
            gettext("Origine"),
            gettext("Niveau"),
            gettext("Objet"),
            gettext("Financeur"),
            gettext("Nature"),
            gettext("Montant"),
        ],
        rows,
        (False, False, False, False, False, True),
        gettext("Aucun crédit enregistré pour cette année."),
        gettext("Ni les origines ni les niveaux ne s’additionnent."),
    )


def _line(line: Mapping[str, Any], quote: Quote) -> list[str]:
    return [
        quote(f"{line['label']} ({line['place']})"),
        quote(line["funder"]),
        str(FundingLine.Nature(line["nature"]).label),
        numbers.cents(line["amount_cents"]),
    ]


def events(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """Freezes, releases, cuts."""
    return (
        gettext("Gels, dégels et annulations de l’année"),
        [
            gettext("Le"),
            gettext("Évènement"),
            gettext("Crédit"),
            gettext("Financeur"),
            gettext("Motif"),
            gettext("Montant"),
        ],
        [
            [
                day_text(event["on"]),
                str(FundingEvent.Kind(event["kind"]).label),
                quote(f"{event['label']} ({event['line_year']})"),
                quote(event["funder"]),
                quote(event["reason"]),
                numbers.cents(event["amount_cents"]),
            ]
            for event in facts["money_events"]
        ],
        (False, False, False, False, False, True),
        "",
        gettext("Ces montants ne sont retirés d’aucun total ci-dessus."),
    )


def origin_label(origin: str) -> str:
    """« droit commun »."""
    return str(FundingLine.Origin(origin).label)


def level_label(level: str) -> str:
    """« notifié »."""
    return str(FundingLine.Level(level).label)


def day_text(iso: str | None) -> str:
    """« 14 mars 2024 », nothing for nothing."""
    return date_format(date.fromisoformat(iso), "DATE_FORMAT") if iso else ""

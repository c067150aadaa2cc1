"""The facts of a report as one long table: one fact a line, numbers as numbers, a secret cell empty."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Action, FundingEvent, Interpellation

from .money import level_label, origin_label
from .situation import indicator_name

HEADERS = (
    _("Partie"),
    _("Territoire ou partenaire"),
    _("Objet"),
    _("Valeur"),
    _("Unité"),
    _("Millésime ou date"),
    _("État, niveau ou secret"),
    _("Source"),
)


def rows(facts: Mapping[str, Any]) -> Iterator[list[Any]]:
    """Every fact, in the order of the report."""
    yield from _situation(facts)
    yield from _actions(facts)
    yield from _money(facts)
    yield from _rest(facts)


def _situation(facts: Mapping[str, Any]) -> Iterator[list[Any]]:
    for entry in facts["situation"]:
        secret = {"secret": gettext("secret statistique"), "missing": gettext("non publié")}
        yield [
            gettext("situation"),
            entry["place"]["name"],
            indicator_name(entry),
            None if entry["value"] is None else Decimal(entry["value"]),
            entry["unit"],
            entry["vintage"],
            secret.get(entry["secrecy"], gettext("publié")),
            entry["source"]["title"],
        ]


def _actions(facts: Mapping[str, Any]) -> Iterator[list[Any]]:
    for action in facts["actions"]:
        yield [
            gettext("action"),
            action["lead"],
            action["title"],
            None,
            "",
            action["printed_dates"] or _day(action["starts_on"]),
            str(Action.State(action["state"]).label),
            action["source"]["title"] if action["source"] else "",
        ]


def _money(facts: Mapping[str, Any]) -> Iterator[list[Any]]:
    for group in facts["money"]:
        for line in group["lines"]:
            yield [
                gettext("crédit, %(origin)s") % {"origin": origin_label(group["origin"])},
                line["funder"],
                line["label"],
                Decimal(line["amount_cents"]) / 100,
                "EUR",
                facts["year"],
                level_label(group["level"]),
                line["source"]["title"] if line["source"] else "",
            ]
    for event in facts["money_events"]:
        yield [
            str(FundingEvent.Kind(event["kind"]).label),
            event["funder"],
            event["label"],
            Decimal(event["amount_cents"]) / 100,
            "EUR",
            _day(event["on"]),
            level_label(event["level"]),
            event["act"],
        ]


def _rest(facts: Mapping[str, Any]) -> Iterator[list[Any]]:
    for each in facts["commitments"]:
        state = gettext("en retard") if each["late"] else gettext("en cours")
        state = gettext("tenu") if each["kept_on"] else gettext("abandonné") if each["dropped_on"] else state
        yield [
            gettext("engagement"),
            each["partner"],
            each["text"],
            None,
            "",
            _day(each["due_on"]),
            state,
            "",
        ]
    for each in facts["meetings"]:
        yield [
            gettext("réunion"),
            each["body"],
            gettext("décisions prises"),
            each["decisions"],
            gettext("décisions"),
            _day(each["on"]),
            "",
            "",
        ]
    for each in facts["deliverables"]:
        yield [
            gettext("livrable"),
            each["owed_by"],
            each["name"],
            each["days_late"],
            gettext("jours de retard"),
            _day(each["due_on"]),
            gettext("remis") if each["delivered_on"] else gettext("non remis"),
            "",
        ]
    for each in facts["interpellations"]:
        state = str(Interpellation.State(each["state"]).label)
        day = _day(each["submitted_on"])
        yield [gettext("interpellation"), each["submitted_by"], each["title"], None, "", day, state, ""]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None

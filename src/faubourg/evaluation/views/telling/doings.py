"""What was done, in words: axes, actions by state, commitments, meetings, deliverables, interpellations."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from faubourg.contracts.models import Action, Interpellation

from .money import day_text

Quote = Callable[[str], str]


def axis_lines(facts: Mapping[str, Any]) -> list[str]:
    """« Axe 1 Cohésion sociale : 4 objectifs »."""
    return [
        ngettext("%(axis)s : %(n)s objectif", "%(axis)s : %(n)s objectifs", axis["objectives"])
        % {"axis": f"{axis['number']} {axis['title']}".strip(), "n": axis["objectives"]}
        for axis in facts["axes"]
    ]


def action_counts(facts: Mapping[str, Any]) -> list[str]:
    """How many in each state, in the order of an action's life."""
    counted = Counter(action["state"] for action in facts["actions"])
    return [
        gettext("%(state)s : %(n)s") % {"state": state.label, "n": counted[state]}
        for state in Action.State
        if counted[state]
    ]


def actions(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """One row an action."""
    return (
        gettext("Action par action"),
        [gettext("Action"), gettext("Volet"), gettext("Porteur"), gettext("Quartiers"), gettext("État")],
        [
            [
                quote(action["title"]),
                quote(action["line"]),
                quote(action["lead"]),
                ", ".join(action["places"]),
                str(Action.State(action["state"]).label),
            ]
            for action in facts["actions"]
        ],
        (False,) * 5,
        gettext("Aucune action enregistrée pour cette année."),
    )


def commitments(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """Promised by whom, for when, and what became of it."""
    return (
        gettext("Ce que les partenaires avaient promis"),
        [gettext("Partenaire"), gettext("Engagement"), gettext("Pour le"), gettext("Où il en est")],
        [
            [
                quote(each["partner"]),
                quote(each["text"]),
                quote(each["due_printed"]) or day_text(each["due_on"]),
                _standing(each),
            ]
            for each in facts["commitments"]
        ],
        (False,) * 4,
        gettext("Aucun engagement n’était attendu cette année-là."),
    )


def _standing(each: Mapping[str, Any]) -> str:
    if each["kept_on"]:
        return gettext("tenu le %(day)s") % {"day": day_text(each["kept_on"])}
    if each["dropped_on"]:
        return gettext("abandonné : %(reason)s") % {"reason": each["dropped_reason"]}
    return gettext("en retard") if each["late"] else gettext("en cours")


def meetings(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """One row a meeting held."""
    return (
        gettext("Réunions tenues"),
        [gettext("Instance"), gettext("Le"), gettext("Décisions prises"), gettext("dont encore ouvertes")],
        [
            [quote(each["body"]), day_text(each["on"]), str(each["decisions"]), str(each["open"])]
            for each in facts["meetings"]
        ],
        (False, False, True, True),
        gettext("Aucune réunion tenue n’est enregistrée pour cette année."),
    )


def deliverables(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """What was owed, and how late it came."""
    return (
        gettext("Livrables attendus"),
        [gettext("Livrable"), gettext("Dû par"), gettext("Pour le"), gettext("Remis le"), gettext("Retard")],
        [
            [
                quote(each["name"]),
                quote(each["owed_by"]),
                quote(each["due_printed"]) or day_text(each["due_on"]),
                day_text(each["delivered_on"]) or gettext("non remis"),
                _days(each["days_late"]),
            ]
            for each in facts["deliverables"]
        ],
        (False, False, False, False, True),
        gettext("Aucun livrable n’était attendu cette année-là."),
    )


def _days(days: int) -> str:
    if not days:
        return gettext("à temps")
    return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}


def interpellations(facts: Mapping[str, Any], quote: Quote) -> tuple[Any, ...]:
    """The right to question, as public as its tracker."""
    return (
        gettext("Difficultés signalées par les habitants"),
        [gettext("Difficulté"), gettext("Déposée par"), gettext("Le"), gettext("Où elle en est")],
        [
            [
                quote(each["title"]),
                quote(each["submitted_by"]),
                day_text(each["submitted_on"]),
                str(Interpellation.State(each["state"]).label),
            ]
            for each in facts["interpellations"]
        ],
        (False,) * 4,
        gettext("Aucune interpellation publique cette année-là."),
    )

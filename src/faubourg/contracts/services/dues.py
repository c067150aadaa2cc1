"""A due date from the words that printed it: the words stay, with their interpretation and who made it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words
from faubourg.rules.candidate_years import candidates
from faubourg.rules.imprecise_dates import Reading, read
from faubourg.rules.verdict import Reason, Verdict, mark

# The interpretation is kept in so many signs.
LONGEST_READING = 300


@dataclass(frozen=True, slots=True)
class Due:
    """What was typed: words of a document, a day, a year for words without one, and why that one."""

    printed: str = ""
    on: date | None = None
    year: int | None = None
    why: str = ""


def understood(due: Due, *, period: tuple[date, date] | None, by: Actor) -> dict[str, Any]:
    """The columns of a `PrintedDue`; Refused, with what to do, when the words lack a year or are no date.

    `period` is that of the phase: the candidates are set beside it.
    """
    printed = " ".join(due.printed.split())
    if not printed:
        return _columns(on=due.on, printed="", reading="", by=by)
    reading = read(printed)
    if due.on is not None:
        why = due.why or _french(_chosen(reading, printed, due.on))
        return _columns(on=due.on, printed=printed, reading=why, by=by)
    if reading is None:
        raise Refused(Verdict.no("due_on", _UNREADABLE, printed=printed))
    interval = reading.interval(due.year)
    if interval is None:
        raise Refused(_missing_year(reading, period, asked=due.year))
    sentences = [_french(reading.reason(due.year)), due.why]
    return _columns(on=interval.last, printed=printed, reading=" ".join(filter(None, sentences)), by=by)


_UNREADABLE = mark("« {printed} » n’est pas une date que l’on sait lire : donnez aussi le dernier jour.")
_NO_SUCH_DAY = mark("« {printed} » n’existe pas en {year} : choisissez une autre année.")
_CHOOSE = mark("« {printed} » ne dit pas l’année : choisissez-la.")
_GIVEN = mark("Dernier jour donné par la personne qui l’a lu.")
_OUTSIDE = mark("Dernier jour donné par la personne qui l’a lu ; les mots seuls se liraient autrement.")


def _missing_year(reading: Reading, period: tuple[date, date] | None, *, asked: int | None) -> Verdict:
    """Which year? The candidates beside the phase, as reasons that do not decide."""
    if asked is not None:
        return Verdict.no("due_year", _NO_SUCH_DAY, printed=reading.printed, year=asked)
    refusal = Reason("due_year", False, _CHOOSE, {"printed": reading.printed})
    found = candidates(reading, *period) if period else ()
    return Verdict((refusal, *(_shown(one.reason) for one in found)))


def _shown(reason: Reason) -> Reason:
    return Reason(
        reason.code, reason.met, reason.template, reason.params, operand=reason.params["year"], decides=False
    )


def _chosen(reading: Reading | None, printed: str, on: date) -> Reason:
    interval = reading.interval(on.year) if reading else None
    fits = interval is not None and interval.first <= on <= interval.last
    return Reason("given", fits, _GIVEN if fits else _OUTSIDE, operand=printed)


def _columns(*, on: date | None, printed: str, reading: str, by: Actor) -> dict[str, Any]:
    return {
        "due_on": on,
        "due_printed": printed[:100],
        "due_reading": reading[:LONGEST_READING],
        "due_read_by": by.ref if reading else None,
        "due_read_by_name": by.name if reading else "",
    }


def _french(reason: Reason) -> str:
    """What the database keeps is in French, whoever typed it."""
    with translation.override("fr"):
        return in_words(reason)


def unchanged(row: Any, due: Due) -> Mapping[str, Any] | None:
    """Nothing to write, and the same reader, when neither words nor day changed; None when they did."""
    if (row.due_printed, row.due_on) == (" ".join(due.printed.split()), due.on) and not due.why:
        return {}
    return None

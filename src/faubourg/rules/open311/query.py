"""Which requests a client asks to read: numbers override all else; ninety days or a thousand at most."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..verdict import mark
from .problems import Problem, bad
from .status import STATUSES
from .text import one_line, read_moment

SPAN = timedelta(days=90)
MOST = 1_000
MOST_NUMBERS = 1_000
LONGEST = 64
_COUNT = re.compile(r"\d{1,4}", re.ASCII)
Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """With `numbers` only they count, else the rest; `services` and `statuses` empty mean any.

    `start` and `end` are aware, both included, at most ninety days apart. `most` and `page` follow the
    extension that clients use (page_size, page).
    """

    numbers: tuple[str, ...]
    services: tuple[str, ...]
    statuses: tuple[str, ...]
    start: datetime
    end: datetime
    most: int = MOST
    page: int = 1

    @property
    def skipped(self) -> int:
        """How many come before this page."""
        return (self.page - 1) * self.most


def scalar(params: Params, name: str) -> str:
    """The last value that is not empty, on one line; an empty parameter is an absent one."""
    told = [one_line(value) for value in params.get(name, ())]
    return next((value for value in reversed(told) if value), "")


def listed(params: Params, name: str) -> tuple[str, ...]:
    """Values with commas between, or said several times, each once, in order."""
    told = (one_line(part) for value in params.get(name, ()) for part in value.split(","))
    return tuple(dict.fromkeys(part for part in told if part))


def read_query(params: Params, now: datetime) -> tuple[Query, tuple[Problem, ...]]:
    """What is asked at this aware moment, and what is wrong with it: with a problem nothing is answered."""
    numbers = listed(params, "service_request_id")
    most, page, problems = _page(params)
    if numbers:
        problems += _long("service_request_id", numbers)
        if len(numbers) > MOST_NUMBERS:
            problems.append(bad("many", mark("{most} numéros au plus par appel."), most=MOST_NUMBERS))
        return Query(numbers, (), (), now - SPAN, now, most, page), tuple(problems)
    services, statuses = listed(params, "service_code"), listed(params, "status")
    problems += _long("service_code", services)
    problems += [
        bad("status", mark("« {told} » n’est pas un état : open ou closed."), told=told[:80])
        for told in statuses
        if told not in STATUSES
    ]
    start, end, wrong = _range(params, now)
    return Query((), services, statuses, start, end, most, page), (*problems, *wrong)


def _page(params: Params) -> tuple[int, int, list[Problem]]:
    told, problems = {"page_size": MOST, "page": 1}, []
    for name in told:
        written = scalar(params, name)
        if written and _COUNT.fullmatch(written) and 1 <= int(written) <= MOST:
            told[name] = int(written)
        elif written:
            sentence = mark("{name} est un nombre entier, de 1 à {most}.")
            problems.append(bad("page", sentence, name=name, most=MOST))
    return told["page_size"], told["page"], problems


def _long(name: str, values: Sequence[str]) -> list[Problem]:
    sentence = mark("{name} : une valeur dépasse {most} caractères.")
    too_long = any(len(value) > LONGEST for value in values)
    return [bad("long", sentence, name=name, most=LONGEST)] if too_long else []


def _range(params: Params, now: datetime) -> tuple[datetime, datetime, list[Problem]]:
    """Ninety days from the one that is told, to the other; the last ninety when none is."""
    problems = []
    told: dict[str, datetime | None] = {}
    for name in ("start_date", "end_date"):
        written = scalar(params, name)
        told[name] = read_moment(written)
        if written and told[name] is None:
            sentence = mark("{name} : « {told} » n’est pas une date avec son heure et son fuseau (W3C).")
            problems.append(bad("date", sentence, name=name, told=written[:80]))
    start, end = told["start_date"], told["end_date"]
    if start is None:
        start = (end or now) - SPAN
    if end is None:
        end = start + SPAN
    if end < start:
        problems.append(bad("order", mark("end_date vient avant start_date.")))
    elif end - start > SPAN:
        sentence = mark("start_date et end_date sont à plus de {days} jours l’une de l’autre.")
        problems.append(bad("span", sentence, days=SPAN.days))
    return start, end, problems

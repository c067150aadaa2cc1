"""A date as a document prints it (« mi-avril », « S1 2024 ») becomes an interval, and a sentence says how.

A month or a year is read in three parts: « début », « mi- », « fin ». The last day of the interval is the
last one in time: a document is never read more harshly than it is written. A missing year is never
guessed: `candidates` sets the possible ones beside a period, and somebody chooses.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from . import date_words as words
from .verdict import Reason, mark

LONGEST = 100  # what a printed date may be, in signs
YEARS = range(1900, 2200)
# (month, day) of both ends; what a pattern found, by name.
Ends = tuple[tuple[int, int], tuple[int, int]]
Said = dict[str, str | None]


class Precision(StrEnum):
    """How finely the words tell the day."""

    DAY = "day"
    PART_OF_MONTH = "part_of_month"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    PART_OF_YEAR = "part_of_year"
    HALF = "half"
    YEAR = "year"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Interval:
    """Both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reading:
    """`first` and `last` are (month, day), a day 0 being the last of its month; `year` None is not written.

    `years_on` is how many years later the period ends than it begins.
    """

    printed: str
    precision: Precision
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    years_on: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """What the words leave out: the year, or nothing."""
        return ("year",) if self.year is None else ()

    def interval(self, year: int | None = None) -> Interval | None:
        """The days meant, in the written year or else in `year`; None when there is no such day."""
        chosen = self.year if self.year is not None else year
        if chosen is None:
            return None
        first, last = _day(chosen, *self.first), _day(chosen + self.years_on, *self.last)
        return Interval(first, last) if first and last and first <= last else None

    def reason(self, year: int | None = None) -> Reason:
        """The sentence of the interpretation; unknown without a year."""
        found = self.interval(year)
        if found is None:
            template = mark("« {printed} » ne dit pas l’année.")
            return Reason("year", None, template, {"printed": self.printed}, operand=self.printed)
        template = _DAY if found.first == found.last else _PERIOD
        params = {"printed": self.printed, "first": found.first, "last": found.last}
        return Reason(str(self.precision), True, template, params, threshold=found.last, operand=self.printed)


_DAY = mark("« {printed} » se lit le {last}.")
_PERIOD = mark("« {printed} » se lit du {first} au {last} ; en retard passé ce dernier jour.")


def read(printed: str) -> Reading | None:
    """What these words mean, or None when they are no date that can be read.

    >>> read("mi-avril 2014").interval()
    Interval(first=datetime.date(2014, 4, 11), last=datetime.date(2014, 4, 20))
    """
    text = _bare(printed)
    found = None if len(printed) > LONGEST else _moment(text) or _period(text)
    if found is None or (found.year is not None and found.interval() is None):
        return None
    return replace(found, printed=" ".join(printed.split()))


def _bare(text: str) -> str:
    """Lower case, without accents nor the words that change nothing."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-").replace("—", "-"))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()
    bare = " ".join(bare.strip(" .;,").split())
    return _FILLER.sub("", bare)


def _one_of(choices: object) -> str:
    """The longest first: « september » before « sep »."""
    return "|".join(re.escape(word) for word in sorted(map(str, choices), key=len, reverse=True))  # type: ignore[call-overload]


_FILLER = re.compile(rf"^(?:(?:{_one_of(words.FILLERS)})(?:\s+|(?<=')))+")
_MONTH = rf"(?P<month>{_one_of(words.MONTH)})\.?"
_YEAR = r"(?P<year>\d{4})"
_OF_YEAR = rf"(?:,?\s*(?:de\s+|of\s+|d')?{_YEAR})?"
_NUMBER = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?"
_PART = rf"(?P<part>{_one_of(words.PART)})"
_RANK = rf"(?P<rank>{_one_of([*words.ORDINAL, *words.LAST])})"

_PATTERNS = tuple(
    (re.compile(pattern, re.ASCII), precision)
    for pattern, precision in (
        (r"(?P<day>\d{1,2})[/.-](?P<number>\d{1,2})(?:[/.-](?P<year>\d{4}))?", Precision.DAY),
        (r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})", Precision.DAY),
        (rf"{_NUMBER}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", Precision.DAY),
        (rf"(?P<month>{_one_of(words.ENGLISH_MONTHS)})\s+{_NUMBER}{_OF_YEAR}", Precision.DAY),
        (rf"{_PART}[\s-]+(?:du\s+mois\s+d(?:e\s+|'))?{_MONTH}{_OF_YEAR}", Precision.PART_OF_MONTH),
        (rf"(?:mois\s+d(?:e\s+|'))?{_MONTH}{_OF_YEAR}", Precision.MONTH),
        (
            rf"{_RANK}\s+(?:{_one_of(words.FORTNIGHTS)})\s+(?:d(?:e\s+|')|of\s+){_MONTH}{_OF_YEAR}",
            Precision.FORTNIGHT,
        ),
        (rf"{_PART}[\s-]+(?:(?:de\s+|d')?l'annee\s+)?{_YEAR}", Precision.PART_OF_YEAR),
        (rf"[tq](?P<rank>[1-4]){_OF_YEAR}", Precision.QUARTER),
        (rf"{_YEAR}[\s-]*[tq](?P<rank>[1-4])", Precision.QUARTER),
        (rf"{_RANK}\s+(?:{_one_of(words.QUARTERS)}){_OF_YEAR}", Precision.QUARTER),
        (rf"[sh](?P<rank>[12]){_OF_YEAR}", Precision.HALF),
        (rf"{_YEAR}[\s-]*[sh](?P<rank>[12])", Precision.HALF),
        (rf"{_RANK}\s+(?:{_one_of(words.HALVES)}){_OF_YEAR}", Precision.HALF),
        (rf"(?P<season>{_one_of(words.SEASON)}){_OF_YEAR}", Precision.SEASON),
        (_YEAR, Precision.YEAR),
    )
)
_BETWEEN = re.compile(rf"\s(?:{_one_of(words.BETWEEN)})\s")


def _moment(text: str) -> Reading | None:
    for pattern, precision in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return _reading(precision, found.groupdict())
    return None


def _reading(precision: Precision, said: Said) -> Reading | None:
    year = int(said["year"] or 0) if said.get("year") else None
    ends = _ends(precision, said)
    if ends is None or (year is not None and year not in YEARS):
        return None
    return Reading("", precision, *ends, year=year)


def _ends(precision: Precision, said: Said) -> Ends | None:
    """First and last (month, day); None when no year has such a day."""
    month = words.MONTH.get(said.get("month") or "", int(said.get("number") or 0))
    if precision is Precision.DAY:
        day = int(said["day"] or 0)
        # 2024 has every day a year can have.
        return ((month, day), (month, day)) if day and _day(2024, month, day) else None
    return _within_a_month(precision, said, month) if month else _within_a_year(precision, said)


def _within_a_month(precision: Precision, said: Said, month: int) -> Ends | None:
    if precision is Precision.FORTNIGHT:
        return {1: ((month, 1), (month, 15)), 2: ((month, 16), (month, 0))}.get(_rank(said, 2) or 0)
    part = words.PART.get(said.get("part") or "")
    if part is None:
        return (month, 1), (month, 0)
    return (month, 10 * part + 1), (month, 0 if part == words.PART["fin"] else 10 * part + 10)


def _within_a_year(precision: Precision, said: Said) -> Ends | None:
    if precision is Precision.PART_OF_YEAR:
        return _months(4 * words.PART[said["part"] or ""] + 1, 4)
    if precision is Precision.SEASON:
        return _months(words.SEASON[said["season"] or ""], 3)
    if precision is Precision.YEAR:
        return _months(1, 12)
    shares = 4 if precision is Precision.QUARTER else 2
    rank = _rank(said, shares)
    return None if rank is None else _months(12 // shares * (rank - 1) + 1, 12 // shares)


def _rank(said: Said, shares: int) -> int | None:
    """1 for the first share; « last » is the last; None when there are not so many."""
    rank = said["rank"] or ""
    number = shares if rank in words.LAST else words.ORDINAL[rank]
    return number if number <= shares else None


def _months(first: int, count: int) -> Ends:
    return (first, 1), (first + count - 1, 0)


def _period(text: str) -> Reading | None:
    """« avril 2013 à mars 2014 », « septembre à décembre 2014 », « du 1er au 15 mars 2024 »."""
    for first_text, last_text in _halves(text):
        last = _moment(_FILLER.sub("", last_text))
        first = _moment(first_text)
        if last and first is None and re.fullmatch(_NUMBER, first_text):
            day = int(re.sub(r"\D", "", first_text))
            first = replace(last, first=(last.last[0], day), year=None) if day else None
        if first and last and (both := _joined(first, last)):
            return both
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for found in _BETWEEN.finditer(text):
        yield text[: found.start()], text[found.end() :]


def _joined(first: Reading, last: Reading) -> Reading | None:
    """The end gives its year to a beginning without one, which is the year before if it would come after."""
    turn = int(first.first > (last.last[0], last.last[1] or 31))
    if first.year is not None and last.year is not None:
        year, years_on = first.year, last.year - first.year
    elif last.year is not None:
        year, years_on = last.year - turn, turn
    else:
        year, years_on = first.year, turn  # type: ignore[assignment]
    return None if years_on < 0 else Reading("", Precision.PERIOD, first.first, last.last, year, years_on)


def _day(year: int, month: int, day: int) -> date | None:
    """Day 0 is the last of the month; None when the month has no such day."""
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None

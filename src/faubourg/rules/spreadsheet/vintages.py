"""What a spreadsheet says of the year of its figures: words, a year, a date that may be impossible."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from ..verdict import Reason, mark
from .cells import BROKEN_FORMULA, FORMULA_ERROR, plain
from .written import wrong

_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$|^(\d{4})-(\d{1,2})-(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Vintage:
    """A vintage as the source words it; `year` is None when the words hold none."""

    text: str = ""
    year: int | None = None
    problem: Reason | None = None


def read_vintage(raw: object, *, this_year: int) -> Vintage:
    """« RP 2021 », 2021.0, a date: the words and the last year they hold; impossible days are refused."""
    if isinstance(raw, datetime | date):
        return _plausible(plain(raw), raw.year, this_year)
    text = plain(raw)
    if FORMULA_ERROR.match(text):
        return Vintage(
            text,
            None,
            wrong(
                "formula-error",
                BROKEN_FORMULA,
                text=text,
            ),
        )
    if day := _DAY.match(text):
        d, m, y, y2, m2, d2 = day.groups()
        try:
            date(int(y or y2), int(m or m2), int(d or d2))
        except ValueError:
            return Vintage(
                text,
                None,
                wrong(
                    "impossible-date",
                    mark(
                        "« {text} » n’existe pas dans le calendrier. Écrivez une date réelle "
                        "(jour/mois/année) ou une année."
                    ),
                    text=text,
                ),
            )
    if len(text) > 120:
        return Vintage(
            text[:120],
            None,
            wrong("vintage-long", mark("Le millésime tient en 120 signes : gardez la source et l’année.")),
        )
    years = [int(year) for year in _YEAR.findall(text)]
    return _plausible(text, years[-1] if years else None, this_year)


def _plausible(text: str, year: int | None, this_year: int) -> Vintage:
    if year is not None and not 1800 <= year <= this_year + 1:
        return Vintage(
            text,
            None,
            wrong(
                "impossible-year",
                mark(
                    "L’année {year} n’est pas un millésime possible : écrivez une année entre 1800 "
                    "et {limit}."
                ),
                year=year,
                limit=this_year + 1,
            ),
        )
    return Vintage(text, year)

"""A sum of money as somebody types it in French: « 10 000 », « 10 000,50 € »; read to the cent or refused.

« 10.000 » and « 10,000 » can be read in two ways: neither is guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .spreadsheet.cells import BROKEN_FORMULA, FORMULA_ERROR, plain
from .spreadsheet.written import read_number, without_unit, wrong
from .verdict import Reason, mark

# A hundred billion euros: no contrat de ville comes near.
MOST_CENTS = 10**13
_THREE_AFTER_COMMA = re.compile(r"^[-+]?([1-9]\d{0,2}),(\d{3})$")
_CENT = Decimal("0.01")
# What the binary arithmetic of a spreadsheet leaves behind a cent.
_DUST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Typed:
    """`cents` is None when the cell is empty or wrong; then `problem` says what to write instead."""

    cents: int | None = None
    problem: Reason | None = None


def read_cents(raw: object) -> Typed:
    """The cents of what was typed or of a spreadsheet's cell; an empty text is neither zero nor wrong."""
    if isinstance(raw, datetime | date):
        return Typed(
            problem=wrong(
                "date-for-money",
                mark("Une date ({text}) se trouve à la place d’une somme : mettez la cellule en nombre."),
                text=plain(raw),
            )
        )
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _sound(Decimal(str(raw)), str(raw), dust=isinstance(raw, float))
    text = plain(raw)[:80]
    if not text:
        return Typed()
    if FORMULA_ERROR.match(text):
        return Typed(problem=wrong("formula-error", BROKEN_FORMULA, text=text))
    return _written(text)


def _written(text: str) -> Typed:
    bare, problem = without_unit(text, "euro")
    if problem is None and (found := _THREE_AFTER_COMMA.match(bare)):
        problem = wrong(
            "doubtful-comma",
            mark("« {text} » se lit de deux façons. Écrivez {thousand} ou {decimal}."),
            text=text,
            thousand=found[1] + found[2],
            decimal=f"{found[1]},{found[2][:2]}",
        )
    if problem is None:
        number, problem = read_number(bare)
        if number is not None:
            return _sound(number, text, dust=False)
    if problem is not None and problem.code in {"not-a-number", "percent-elsewhere"}:
        problem = wrong(
            "not-a-sum", mark("« {text} » n’est pas une somme. Écrivez par exemple 10 000 ou 10 000,50."),
            text=text,
        )  # fmt: skip
    return Typed(problem=problem)


def _sound(number: Decimal, text: str, *, dust: bool) -> Typed:
    if not number.is_finite():
        return Typed(problem=wrong("not-a-sum", mark("« {text} » n’est pas une somme."), text=text))
    if number < 0:
        return Typed(
            problem=wrong(
                "negative-sum",
                mark(
                    "« {text} » est négatif : une baisse s’enregistre comme un gel ou une annulation, avec "
                    "son motif."
                ),
                text=text,
            )
        )
    if number * 100 > MOST_CENTS:
        return Typed(
            problem=wrong("too-large-sum", mark("« {text} » dépasse cent milliards d’euros."), text=text)
        )
    kept = number.quantize(_CENT)
    if abs(number - kept) > (_DUST if dust else 0):
        return Typed(
            problem=wrong(
                "less-than-a-cent",
                mark("« {text} » compte des fractions de centime : arrondissez."),
                text=text,
            )
        )
    return Typed(cents=int(kept * 100))

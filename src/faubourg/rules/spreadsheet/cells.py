"""What a cell of a spreadsheet of figures says: a number, a secret, nothing published, or a mistake to mend.

Numbers are read the French way (« 1 234,5 »). A doubtful cell is never guessed: the reason says what is
wrong and what to write instead.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from ..figures import MISSING, OPEN, SECRET
from ..verdict import Reason, mark
from .written import NOT_A_NUMBER, read_number, without_unit, wrong

# What calamine, a person or another office suite writes for an error of a formula.
FORMULA_ERROR = re.compile(
    r"^(#(REF|N/?A|DIV/0|VALUE|VALEUR|NAME|NOM|NULL|NUL|NUM|NOMBRE)[!?]?|Err:\d{3})$", re.I
)
BROKEN_FORMULA = mark("La formule donne une erreur ({text}) : corrigez-la, ou collez la valeur à sa place.")
SECRETS = frozenset({"s", "ss", "secret", "secret statistique", "c", "confidentiel"})
UNPUBLISHED = frozenset(
    {"n.d.", "nd", "n.d", "n/d", "n.c.", "nc", "ns", "na", "n.a.", "non disponible", "non publié"}
    | {"non publie", "non renseigné", "-", "–", "—", "…", "...", ".."}
)
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class CellValue:
    """`value` is None when secret, not published, empty, or wrong (then `problem` says how to mend it)."""

    value: Decimal | None = None
    secrecy: str = OPEN
    problem: Reason | None = None
    empty: bool = False


def address(row: int, column: int) -> str:
    """The name of a cell as a spreadsheet shows it; both count from 0: (11, 2) → « C12 »."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def plain(raw: object) -> str:
    """The text of any cell, spaces tidied; a whole number loses the « .0 » that spreadsheets give it."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime | date):
        return raw.strftime("%d/%m/%Y")
    return " ".join(str(raw).split())


def read_value(raw: object, *, unit: str, decimals: int) -> CellValue:
    """The value of a cell in this unit; `decimals` 0 for people refuses half an inhabitant."""
    if isinstance(raw, datetime | date):
        return CellValue(
            problem=wrong(
                "date-for-number",
                mark(
                    "Une date ({text}) se trouve à la place d’un nombre : mettez la cellule au "
                    "format « Nombre »."
                ),
                text=plain(raw),
            )
        )
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _sound(Decimal(str(raw)), unit, decimals)
    text = plain(raw)
    if not text:
        return CellValue(empty=True)
    if text.lower() in SECRETS | UNPUBLISHED:
        return CellValue(secrecy=SECRET if text.lower() in SECRETS else MISSING)
    if FORMULA_ERROR.match(text):
        return CellValue(problem=wrong("formula-error", BROKEN_FORMULA, text=text))
    return _written(text, unit, decimals)


def _written(text: str, unit: str, decimals: int) -> CellValue:
    bare, problem = without_unit(text, unit)
    if problem is None:
        number, problem = read_number(bare)
        if number is not None:
            return _sound(number, unit, decimals)
    return CellValue(problem=problem)


def _sound(number: Decimal, unit: str, decimals: int) -> CellValue:
    """A number that its unit allows, kept to four decimals."""
    if not number.is_finite():
        return CellValue(problem=wrong("not-a-number", NOT_A_NUMBER, text=str(number)))
    if abs(number) >= _LARGEST:
        return CellValue(
            problem=wrong("too-large", mark("Ce nombre dépasse mille milliards : vérifiez la cellule."))
        )
    kept = number.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    problem = None
    if unit in {"people", "count", "fte"} and kept < 0:
        problem = wrong(
            "negative", mark("Un effectif ne peut pas être négatif ({number})."), number=shown(kept)
        )
    elif unit == "people" and decimals == 0 and kept != kept.to_integral_value():
        problem = wrong(
            "not-whole",
            mark("Un nombre d’habitants est entier ; la cellule porte {number}."),
            number=shown(kept),
        )
    return CellValue(problem=problem) if problem else CellValue(value=kept)


def shown(number: Decimal) -> str:
    """A number as one types it in French: « 12345,6 »."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")

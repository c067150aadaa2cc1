"""How a number is written and read: French typography by default, English when that language is active.

French groups thousands and sets units apart with a narrow no-break space; « - » is a true minus sign.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

NARROW = "\u202f"
MINUS = "\u2212"
Number = int | float | Decimal


def whole_number(text: str, otherwise: int = 0) -> int:
    """A whole number that an address or a button brought, of nine digits at most; else `otherwise`."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _english() -> bool:
    return (get_language() or "fr").startswith("en")


def number(value: Number, decimals: int | None = None) -> str:
    """12345.6 → « 12 345,6 » or “12,345.6”. `decimals` None keeps what the value has, up to four."""
    exact = Decimal(str(value))
    if decimals is None:
        decimals = min(max(-int(exact.normalize().as_tuple().exponent), 0), 4)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if not _english():
        text = text.replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Number, decimals: int | None = 1) -> str:
    """32.1 → « 32,1 % »; the value is already in points, never a fraction of one."""
    return number(value, decimals) + ("%" if _english() else f"{NARROW}%")


def money(value: Number, decimals: int = 0) -> str:
    """Euros: 1234.5 → « 1 235 € » or “€1,235”."""
    text = number(value, decimals)
    if not _english():
        return f"{text}{NARROW}€"
    return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"


def typed(amount: int | None) -> str:
    """Integer cents as somebody types them in French: « 1500 », « 1500,50 »; nothing for None."""
    if amount is None:
        return ""
    whole, rest = divmod(amount, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def cents(amount: int) -> str:
    """Integer cents as euros; the cents are written only when there are some."""
    return money(Decimal(amount) / 100, 0 if amount % 100 == 0 else 2)

"""The number of a report, said on the phone and copied from a letter: no sign is taken for another.

Six signs out of twenty-four, in two groups: nearly two hundred million, without vowels (no word is written
by chance) nor what is read for something else (0 and O, 1, I and L, 8 and B, 5 and S, 2 and Z).
"""

import secrets

ALPHABET = "2345679CDFGHJKMNPQRTVWXY"
_GROUP = 3


def new_reference() -> str:
    """« 3K7-M9Q »: unguessable enough that nobody counts the reports of a town."""
    signs = [secrets.choice(ALPHABET) for _ in range(2 * _GROUP)]
    return f"{''.join(signs[:_GROUP])}-{''.join(signs[_GROUP:])}"


def as_written(typed: str) -> str:
    """The number as it is kept, from what somebody typed: small letters, spaces, no hyphen.

    >>> as_written(" 3k7 m9q ")
    '3K7-M9Q'
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:_GROUP]}-{signs[_GROUP:]}" if len(signs) == 2 * _GROUP else typed.strip()

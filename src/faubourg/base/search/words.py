"""How a text becomes words that can be found: folded, « st » written out, stems for longer texts."""

import re
from functools import lru_cache

import snowballstemmer

from faubourg.base.text import fold

# Words that name nothing by themselves: a query made of others does not ask for them.
MINOR = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez"])
MINOR |= {"s", "sous", "sur", "un", "une"}
_SHORT_FOR = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LONGEST_WORD = 40
_DIGIT = re.compile(r"\d")
_stemmer = snowballstemmer.stemmer("french")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, in order: « Villeneuve-d’Ascq » → villeneuve, d, ascq; « St-Lô » → saint, lo."""
    return tuple(_SHORT_FOR.get(word, word)[:_LONGEST_WORD] for word in fold(text).split())


def telling(of: tuple[str, ...]) -> tuple[str, ...]:
    """The words that carry meaning, each once; all of them when there is no other (« Y », « Eu », « Us »)."""
    kept = tuple(dict.fromkeys(word for word in of if word not in MINOR))
    return kept or tuple(dict.fromkeys(of))


def squeezed(of: tuple[str, ...]) -> str:
    """The words run together: « clermont ferrand » and « clermontferrand » are the same."""
    return "".join(of)[:80]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """French Snowball stem of a folded word: associations, association → associ."""
    return str(_stemmer.stemWord(word))


def stems(text: str) -> tuple[str, ...]:
    """The stems of a longer text, without minor words, each once, sorted."""
    return tuple(sorted({stem(word) for word in words(text) if word not in MINOR}))


def errors_forgiven(word: str) -> int:
    """How many typing errors (insert, delete, substitute, transpose) a word may hold; none in a code."""
    if len(word) < 4 or _DIGIT.search(word):
        return 0
    return 1 if len(word) < 8 else 2

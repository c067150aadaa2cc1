"""How alike two projects sound: the share of the words that they have in common, and which.

A plain measure that a reader can check: the words of both texts, small words left out, those that every
project of the list uses counting for little (inverse document frequency), shared weight over all weight.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log

# Under it two texts only share the vocabulary of their trade.
LEAST_SHARE = 0.12
_WORD = re.compile(r"[a-z0-9]{4,}")
_SMALL = frozenset(
    [
        *("avec", "dans", "pour", "cette", "leur", "leurs", "nous", "vous", "elle", "elles", "sont", "plus"),
        *("moins", "ainsi", "entre", "sous", "chez", "tout", "tous", "toute", "toutes", "comme", "dont"),
        *("mais", "donc", "afin", "autour", "aussi", "etre", "avoir", "fait", "faire"),
        *("projet", "projets", "action", "actions", "quartier", "quartiers", "habitant", "habitants"),
        *("ville", "public", "publics"),
    ]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` between 0 and 1; `words` that both use, the rarest first."""

    share: float
    words: tuple[str, ...]


def words_of(text: str) -> frozenset[str]:
    """The words that say what a text is about; a plural counts as its singular.

    >>> sorted(words_of("Des jardins partagés dans le quartier"))
    ['jardin', 'partage']
    """
    bare = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
    found = _WORD.findall(plain)
    return frozenset(word.rstrip("sx") for word in found if word not in _SMALL)


def weights(texts: Collection[frozenset[str]]) -> Mapping[str, float]:
    """How much each word tells: one that is in every text tells almost nothing."""
    counted = Counter(word for words in texts for word in words)
    return {word: log((1 + len(texts)) / n) + 0.05 for word, n in counted.items()}


def likeness(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> Likeness:
    """Shared weight over all weight; the same both ways, 1 for two equal texts, 0 for strangers."""
    # Added exactly: words come out of a set in any order, and two that are as near must stay equal.
    common = one & other
    whole = fsum(weight.get(word, 1.0) for word in one | other)
    if not common or whole <= 0:
        return Likeness(0.0, ())
    share = fsum(weight.get(word, 1.0) for word in common) / whole
    return Likeness(share, tuple(sorted(common, key=lambda word: (-weight.get(word, 1.0), word))))


def nearest(
    text: frozenset[str], others: Sequence[tuple[int, frozenset[str]]], most: int = 8
) -> list[tuple[int, Likeness]]:
    """Those that sound alike enough, the most alike first; ties by the order in which they came."""
    weight = weights([text, *(words for _key, words in others)])
    found = [(key, likeness(text, words, weight)) for key, words in others]
    kept = [one for one in found if one[1].share >= LEAST_SHARE]
    return sorted(kept, key=lambda one: -one[1].share)[:most]

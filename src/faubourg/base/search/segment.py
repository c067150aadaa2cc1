"""A compact index of announced objects: sorted words, and for each the objects that hold it.

Rows are ordered by weight, title, kind and reference before anything else, in Python, so a slot number is
the tie-break itself and no database collation has a say.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from faubourg.base.models import SearchTerm

from .kinds import kind_named
from .words import errors_forgiven, squeezed, telling, words

Field = SearchTerm.Field
# Signs that no folded word holds set apart: whole titles, titles run together, stems of texts.
WHOLE, JOINED, STEM = "=", "+", "~"
_FIELD_BITS = 3


class Row(NamedTuple):
    """What the index reads of a `SearchEntry`."""

    id: int
    kind: str
    ref: str
    folded_title: str
    weight: int
    words: str

    @property
    def order(self) -> tuple[int, str, str, str]:
        return (-self.weight, self.folded_title, self.kind, self.ref)


class Segment:
    """Never changed once built: when a row changes, `masking` hides it and another segment holds it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        ordered = sorted(rows, key=lambda row: row.order)
        self.ids = np.array([row.id for row in ordered], dtype=np.int64)
        self.orders = [row.order for row in ordered]
        self.kinds = [row.kind for row in ordered]
        self.alive = np.ones(len(ordered), dtype=bool)
        # The magnitude of the weight in bits: no logarithm that two machines could round apart.
        self.fame = np.array([max(0, row.weight).bit_length() for row in ordered], dtype=np.int32)
        # Kinds that people mean less often stand a little further away.
        self.distance = np.array([2 * kind_named(kind).order for kind in self.kinds], dtype=np.int32)
        self.slot_of = {row.id: slot for slot, row in enumerate(ordered)}
        self.title_words = np.ones(len(ordered), dtype=np.int32)
        self._gather(ordered)
        self._sort_by_length()

    def _gather(self, ordered: list[Row]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        for slot, row in enumerate(ordered):
            for number, line in _lines(row.words):
                if number == 0:
                    self.title_words[slot] = max(1, len(telling(line)))
                for word, field in _terms(number, line):
                    postings[word].append(slot << _FIELD_BITS | field)
        self.terms = sorted(postings)
        lengths = [len(postings[term]) for term in self.terms]
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        flat = [posting for term in self.terms for posting in postings[term]]
        self.postings: NDArray[np.int32] = np.array(flat, dtype=np.int32)

    def _sort_by_length(self) -> None:
        """Words of one length together, names apart from joined titles: few are compared with a query."""
        buckets: dict[tuple[str, int], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        for index, term in enumerate(self.terms):
            sign = term[0] if term[0] in WHOLE + JOINED + STEM else ""
            if sign in ("", JOINED) and errors_forgiven(term[len(sign) :]):
                texts, indexes = buckets[sign, len(term) - len(sign)]
                texts.append(term[len(sign) :])
                indexes.append(index)
        self._buckets = dict(buckets)

    def masking(self, ids: Iterable[int]) -> "Segment":
        """The same segment, sharing its arrays, without these rows."""
        masked = copy(self)
        masked.alive = np.ones(len(self.ids), dtype=bool)
        masked.alive[[self.slot_of[id] for id in ids if id in self.slot_of]] = False
        return masked

    def exactly(self, term: str) -> slice:
        """The postings of one term, possibly none."""
        index = bisect_left(self.terms, term)
        if index == len(self.terms) or self.terms[index] != term:
            return slice(0, 0)
        return self.span(index)

    def beginning(self, prefix: str) -> slice:
        """The postings of every term that begins so: one range, since terms are sorted."""
        low, high = bisect_left(self.terms, prefix), bisect_left(self.terms, prefix + "\uffff")
        return slice(int(self.starts[low]), int(self.starts[high]))

    def close_to(self, word: str, sign: str = "") -> Iterator[tuple[int, int]]:
        """(term, distance) of the terms one or two typing errors away, the word itself left out."""
        errors = errors_forgiven(word)
        for length in range(len(word) - errors, len(word) + errors + 1) if errors else ():
            texts, indexes = self._buckets.get((sign, length), ([], []))
            if not texts:
                continue
            distances = cdist([word], texts, scorer=OSA.distance, score_cutoff=errors, dtype=np.uint8)[0]
            for position in np.flatnonzero((distances <= errors) & (distances > 0)):
                yield indexes[position], int(distances[position])

    def own_code(self, slot: int) -> str:
        """The reference of an object as a query would say it."""
        return squeezed(words(self.orders[slot][3]))

    def span(self, index: int) -> slice:
        """The postings of the term at this index."""
        return slice(int(self.starts[index]), int(self.starts[index + 1]))

    def read(self, span: slice) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """(slots, fields) of a range of postings."""
        found = self.postings[span]
        return found >> _FIELD_BITS, found & ((1 << _FIELD_BITS) - 1)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line in text.split("\n"):
        if line:
            number, *rest = line.split(" ")
            yield int(number), tuple(word for word in rest if word)


def _terms(number: int, line: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    if number == Field.TEXT:
        yield from ((STEM + word, Field.TEXT) for word in line)
        return
    field = Field.NAME if number == 0 else number
    yield from ((word, field) for word in line)
    if number == 0 and line:
        yield WHOLE + " ".join(line), Field.NAME
        if len(line) > 1:
            yield JOINED + squeezed(line), Field.NAME

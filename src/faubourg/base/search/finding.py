"""Finding: the query scored against each segment, the best slots merged, one page read from the database."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from faubourg.base.models import SearchEntry
from faubourg.base.text import fold

from .entries import Hit, Results
from .memory import MEMORY
from .scoring import Answers, Query, answer
from .segment import Segment
from .words import words

# Fewer hits than this without an error to forgive, and neighbours in spelling are shown too.
_ENOUGH = 5
_FURTHEST = 1_000


class _Found(NamedTuple):
    """One candidate; tuples compare as the results are ordered."""

    key: tuple[int, int]
    order: tuple[int, str, str, str]
    id: int
    segment: Segment
    slot: int
    close: bool


def find(query: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """The best `limit` objects for what somebody typed, best first."""
    return results(query, kinds=kinds, size=limit).hits


def readable(query: str) -> bool:
    """Whether there is a letter or a digit in it that the search can use."""
    return bool(Query(query).words)


def results(query: str, *, kinds: Collection[str] | None = None, start: int = 0, size: int = 20) -> Results:
    """Hits `start` to `start + size`, with totals by kind. A senseless query finds nothing."""
    asked = Query(query)
    segments = MEMORY.current()
    if not asked.words or not segments:
        return Results([], 0, {})
    answers = [answer(segment, asked) for segment in segments]
    kept = _kept(answers)
    facets = Counter[str]()
    for segment, keep in zip(segments, kept, strict=True):
        facets.update(segment.kinds[slot] for slot in np.flatnonzero(keep))
    if kinds is not None:
        kept = [keep & _of_kinds(segment, kinds) for segment, keep in zip(segments, kept, strict=True)]
    found = _best(segments, answers, kept, min(start + size, _FURTHEST))
    total = sum(int(keep.sum()) for keep in kept)
    page = found[start : start + size]
    hits = _hits(page)
    suggestion = _mended(asked, found[0], hits[0]) if hits and start == 0 and found[0].close else ""
    partial = bool(found) and -found[0].key[0] < len(asked.words)
    return Results(hits, total, dict(facets), suggestion, partial)


def _kept(answers: list[Answers]) -> list[NDArray[np.bool_]]:
    """Which slots are results: those that answer the most words, surely, or closely when few are sure."""
    most = max((int(a.matched.max()) for a in answers if len(a.matched)), default=0)
    if most == 0:
        return [np.zeros(len(a.matched), dtype=bool) for a in answers]
    full = [a.matched == most for a in answers]
    certain = [keep & (a.sure >= most) for keep, a in zip(full, answers, strict=True)]
    if sum(int(keep.sum()) for keep in certain) < _ENOUGH:
        return full
    # A whole name one error away from the query may be what was meant.
    return [sure | (keep & a.covered) for sure, keep, a in zip(certain, full, answers, strict=True)]


def _of_kinds(segment: Segment, kinds: Collection[str]) -> NDArray[np.bool_]:
    return np.fromiter((kind in kinds for kind in segment.kinds), dtype=bool, count=len(segment.kinds))


def _best(
    segments: tuple[Segment, ...], answers: list[Answers], kept: list[NDArray[np.bool_]], wanted: int
) -> list[_Found]:
    found: list[_Found] = []
    for segment, said, keep in zip(segments, answers, kept, strict=True):
        slots = np.flatnonzero(keep)
        # Slots are already in order of weight and title: a stable sort keeps that among equal scores.
        best = slots[np.argsort(-said.score[slots], kind="stable")][:wanted]
        found += [
            _Found(
                (-int(said.matched[slot]), -int(said.score[slot])),
                segment.orders[slot],
                int(segment.ids[slot]),
                segment,
                int(slot),
                bool(said.sure[slot] < said.matched[slot]),
            )
            for slot in best
        ]
    return sorted(found, key=lambda one: (one.key, one.order))[:wanted]


def _hits(page: list[_Found]) -> list[Hit]:
    rows = SearchEntry.objects.in_bulk([one.id for one in page])
    return [
        Hit(row.kind, row.ref, row.title, row.detail, row.url, one.close)
        for one in page
        if (row := rows.get(one.id))
    ]


def _mended(query: Query, top: _Found, hit: Hit) -> str:
    """The query with each mistyped word replaced by the one of the first hit, spelled as shown there."""
    shown = {fold(part): part.lower() for part in _parts(f"{hit.title} {hit.detail}")}
    mended = []
    for word in query.all_words:
        better = word
        if word in query.words and not _holds(top, top.segment.exactly(word)):
            close = sorted(top.segment.close_to(word), key=lambda pair: (pair[1], pair[0]))
            better = next((top.segment.terms[i] for i, _ in close if _holds(top, top.segment.span(i))), word)
        mended.append(shown.get(better, better))
    text = " ".join(mended)
    return text if words(text) != query.all_words else hit.title


def _holds(one: _Found, span: slice) -> bool:
    return bool((one.segment.read(span)[0] == one.slot).any())


def _parts(text: str) -> list[str]:
    for sign in "-'’·(),":
        text = text.replace(sign, " ")
    return text.split()

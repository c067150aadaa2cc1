"""Announcing and withdrawing: one statement for a thousand objects, in the caller's transaction."""

import time
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction

from faubourg.base.models import SearchClock, SearchEntry, SearchTerm

from .entries import Searchable
from .words import squeezed, stems, words

TITLE = 0
BATCH = 2_000
Field = SearchTerm.Field
_CHANGED = ["title", "detail", "url", "weight", "folded_title", "words", "stamp", "withdrawn"]


@transaction.atomic
def announce(items: Iterable[Searchable]) -> int:
    """Makes each item findable, or replaces what was announced under its (kind, ref). Says how many."""
    stamp, count, waiting = _tick(), 0, iter(items)
    while batch := list(islice(waiting, BATCH)):
        # The last one wins when a kind and ref come twice: one statement may not touch a row twice.
        rows = {(item.kind, item.ref): _row(item, stamp) for item in batch}
        SearchEntry.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["kind", "ref"], update_fields=_CHANGED
        )
        count += len(rows)
    return count


@transaction.atomic
def withdraw(kind: str, refs: Collection[str]) -> int:
    """Makes these objects of one kind unfindable; unknown ones are no error. Says how many."""
    found = SearchEntry.objects.filter(kind=kind, ref__in=list(refs), withdrawn=False)
    return found.update(withdrawn=True, words="", stamp=_tick()) if found.exists() else 0


def _tick() -> int:
    """A new stamp, larger than any other, never given twice even when a transaction is undone."""
    SearchClock.objects.get_or_create(pk=1)
    clock = SearchClock.objects.select_for_update().get(pk=1)
    clock.now = max(clock.now + 1, time.time_ns() // 1000)
    clock.save(update_fields=["now"])
    return clock.now


def _row(item: Searchable, stamp: int) -> SearchEntry:
    return SearchEntry(
        kind=item.kind,
        ref=item.ref,
        title=item.title[:300],
        detail=item.detail[:300],
        url=item.url,
        weight=item.weight,
        folded_title=" ".join(words(item.title))[:300],
        words="\n".join(_lines(item)),
        stamp=stamp,
        withdrawn=False,
    )


def _lines(item: Searchable) -> Iterator[str]:
    yield f"{TITLE} {' '.join(words(item.title))}"
    # What the results page shows can be typed: whoever hesitates adds a word read there.
    terms = dict(item.terms)
    terms[Field.PLACE] = [*terms.get(Field.PLACE, ()), *item.detail.split(" · ")]
    for number, texts in sorted(terms.items()):
        found: dict[str, None] = {}
        for text in texts:
            if number == Field.TEXT:
                found |= dict.fromkeys(stems(text))
            elif number == Field.CODE:
                found |= dict.fromkeys([squeezed(words(text))])
            else:
                found |= dict.fromkeys(words(text))
        found.pop("", None)
        if found:
            yield f"{int(number)} {' '.join(found)}"

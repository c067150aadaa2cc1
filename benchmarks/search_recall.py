"""How often a name with one typing error finds its place: `python -m benchmarks.search_recall [seeds]`.

Protocol. Kinds are drawn in equal parts (commune, EPCI, neighbourhood, contract), then an object of that
kind whose name has a word of at least five letters. The query is the name; when another findable object
bears the same folded name, the first part of the line shown under the title follows it, as somebody would
add who reads the results page. One word of at least five letters of the name gets one edit: insert,
delete, substitute or transpose, letter and position at random. Found: the object is among the first five
hits. Other names (aliases) are taken out of the index before.
"""

import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from string import ascii_lowercase
from typing import NamedTuple

KINDS = ("commune", "epci", "neighbourhood", "contract")
LONG_WORD = re.compile(r"[^\W\d_]{5,}")


class Try(NamedTuple):
    """One query with its error, and the object that it should find."""

    query: str
    kind: str
    ref: str
    title: str


def edited(word: str, chance: random.Random) -> str:
    """The word with one random edit that changes it."""
    while True:
        at, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
        act = chance.choice(["insert", "delete", "substitute", "transpose"])
        changed = {
            "insert": word[:at] + letter + word[at:],
            "delete": word[:at] + word[at + 1 :],
            "substitute": word[:at] + letter + word[at + 1 :],
            "transpose": word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        }[act]
        if changed != word:
            return changed


def tries(seed: int, count: int = 200) -> Iterator[Try]:
    """The drawn queries, the same for a seed on both databases."""
    from faubourg.base.models import SearchEntry

    rows = SearchEntry.objects.filter(withdrawn=False)
    same_name = Counter(rows.values_list("folded_title", flat=True))
    chance = random.Random(seed)
    by_kind = {
        kind: sorted(rows.filter(kind=kind).values_list("ref", "title", "detail", "folded_title"))
        for kind in KINDS
    }
    while count:
        kind = chance.choice([kind for kind in KINDS if by_kind[kind]])
        ref, title, detail, folded = chance.choice(by_kind[kind])
        words = list(LONG_WORD.finditer(title))
        if not words:
            continue
        word = chance.choice(words)
        query = title[: word.start()] + edited(word[0].lower(), chance) + title[word.end() :]
        if same_name[folded] > 1:
            query += " " + detail.split(" · ")[0]
        yield Try(query, kind, ref, title)
        count -= 1


def without_aliases() -> None:
    """Takes the other names out of the stored words (inside a transaction that the caller undoes)."""
    from faubourg.base import search
    from faubourg.base.models import SearchEntry

    alias = f"{int(search.SearchTerm.Field.ALIAS)} "
    kept = []
    for entry in SearchEntry.objects.filter(words__contains=f"\n{alias}"):
        entry.words = "\n".join(line for line in entry.words.split("\n") if not line.startswith(alias))
        kept.append(entry)
    SearchEntry.objects.bulk_update(kept, ["words"], batch_size=500)
    search.forget()


def missed(seed: int, count: int = 200) -> tuple[list[Try], list[float]]:
    """Queries that did not find their object in the first five, and the milliseconds of CPU of each query."""
    from faubourg.base import search

    lost, spent = [], []
    for one in tries(seed, count):
        begun = time.process_time()
        hits = search.find(one.query, limit=5)
        spent.append((time.process_time() - begun) * 1000)
        if (one.kind, one.ref) not in [(hit.kind, hit.ref) for hit in hits]:
            lost.append(one)
    return lost, spent


def main(seeds: int = 5) -> None:
    """Prints the recall of each seed and the names missed."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.site.settings")
    django.setup()
    from django.db import transaction

    from faubourg.base import search

    with transaction.atomic():
        without_aliases()
        for seed in range(seeds):
            lost, spent = missed(seed)
            worst = statistics.quantiles(spent, n=20)[-1]
            print(
                f"seed {seed}: {200 - len(lost)}/200 found in the first five, "
                f"CPU median {statistics.median(spent):.1f} ms, 95th centile {worst:.1f} ms"
            )
            for one in lost:
                print(f"    {one.query!r} did not find {one.kind} {one.ref} {one.title!r}")
        transaction.set_rollback(True)
    search.forget()


if __name__ == "__main__":
    main(*[int(argument) for argument in sys.argv[1:]])

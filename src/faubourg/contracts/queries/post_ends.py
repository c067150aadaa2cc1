"""Which posts end or are vacant: of one contract, or the first of the thousands of five hundred contracts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from faubourg.contracts.models import Contract, Post
from faubourg.people.models import Person
from faubourg.rules.expiry import Alert, Cover, alert, vacant

# Held so far ahead, a post asks nothing yet: a year and, for February, a few days.
FAR = timedelta(days=370)


class BarePost(NamedTuple):
    """What tells whether a post ends: of thousands, making whole objects would cost more than reading."""

    pk: int
    contract_id: int | None
    convention_id: int | None
    title: str
    person_name: str
    starts_on: date | None
    ends_on: date | None
    gone: bool


Row = TypeVar("Row", Post, BarePost)


@dataclass(frozen=True, slots=True)
class PostEnd(Generic[Row]):
    """The row that ends, every row of that post; `told` None: nobody holds it."""

    row: Row
    together: list[Row]
    told: Alert | None

    @property
    def rank(self) -> tuple[date, str]:
        """As that of the `End` it becomes."""
        ends_on = self.row.ends_on if self.told else None
        return (ends_on or date.min, self.row.title)


def posts_under(contracts: QuerySet[Contract]) -> QuerySet[Post]:
    """The posts of contracts and their conventions; `gone`: the holder's account is closed or suspended."""
    closed = Person.objects.filter(ref=OuterRef("person_ref"), is_active=False)
    return (
        Post.objects.filter(Q(contract__in=contracts) | Q(convention__contract__in=contracts))
        .select_related("contract", "convention__contract")
        .annotate(gone=Exists(closed))
    )


def soonest_posts(contracts: QuerySet[Contract], on: date, most: int) -> list[Post]:
    """The rows of the `most` posts that end first, read whole; all the others are only looked through."""
    bare = posts_under(contracts).select_related(None).order_by().values_list(*BarePost._fields)
    ends = posts_that_end(_unsettled((BarePost(*row) for row in bare), on), on)
    same = [row.pk for end in sorted(ends, key=lambda end: end.rank)[:most] for row in end.together]
    return list(posts_under(contracts).filter(pk__in=same)) if same else []


def _post_key(row: Post | BarePost) -> tuple[int | None, int | None, str]:
    """The same post, whoever holds it."""
    return row.contract_id, row.convention_id, row.title.strip().casefold()


def _unsettled(rows: Iterable[BarePost], on: date) -> list[BarePost]:
    """Without the posts that somebody holds today for more than a year, or without end."""
    keyed = [(_post_key(row), row) for row in rows]
    far = on + FAR
    settled = {
        key
        for key, row in keyed
        if (row.ends_on is None or row.ends_on > far)
        and not row.gone
        and not vacant(row.person_name, row.starts_on, row.ends_on, on)
    }
    return [row for key, row in keyed if key not in settled]


def posts_that_end(rows: list[Row], on: date) -> list[PostEnd[Row]]:
    """The ends and vacancies among these rows."""
    same: dict[tuple[int | None, int | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        same[_post_key(row)].append(row)
    ends = (_of_post(together, on) for together in same.values())
    return [end for end in ends if end]


def _of_post(together: list[Row], on: date) -> PostEnd[Row] | None:
    """The end of the last holder, or the vacancy of a post; the former holders are history."""
    held = [
        row
        for row in together
        if not vacant(row.person_name, row.starts_on, row.ends_on, on) and not row.gone  # type: ignore[attr-defined]
    ]
    if not held:
        return PostEnd(last_of(together), together, None)
    covers = [Cover(row.starts_on, row.ends_on) for row in together if row.person_name]
    row = max(held, key=lambda row: row.ends_on or date.max)
    told = alert(row.ends_on, on, [cover for cover in covers if cover.starts_on != row.starts_on])
    return PostEnd(row, together, told) if told else None


def last_of(together: list[Row]) -> Row:
    """Who came last, or comes next."""
    return max(together, key=lambda row: (row.starts_on or date.min, row.pk))

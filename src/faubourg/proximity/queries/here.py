"""A neighbourhood as people live in it: what is open, what was repaired, its walks; for its own sheet."""

from dataclasses import dataclass

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast

from faubourg.rules.proximity.circuits import OPEN
from faubourg.territories.models import Territory

from ..access.walks import PUBLIC
from ..models import Photo, Ticket, Walk
from .gallery import DONE, seen_photos

MOST_REPAIRS, MOST_WALKS = 3, 3
# Photographs read to find so many repairs with both moments.
_READ = 24


@dataclass(frozen=True, slots=True)
class Here:
    """`open`: (code of the area, how many); `repairs`: (report, before, after); `walks`: (pk, title)."""

    open: list[tuple[str, int]]
    repairs: list[tuple[Ticket, Photo, Photo]]
    walks: list[tuple[int, str]]

    def __bool__(self) -> bool:
        return bool(self.open or self.repairs or self.walks)


def here(place: Territory) -> Here:
    """The thread of a neighbourhood, public; two queries."""
    opened = Ticket.objects.filter(neighbourhood=place, state__in=OPEN).order_by()
    counted = opened.annotate(what=_text("open"), code=F("area__code"), title=_text(""))
    walked = Walk.objects.filter(neighbourhood=place, state__in=PUBLIC).order_by()
    walks = walked.annotate(
        what=_text("walk"), code=Cast("pk", CharField()), told=F("title"), n=Value(0)
    ).values_list("what", "code", "told", "n")
    rows = list(
        counted.values("what", "code", "title")
        .annotate(n=Count("pk"))
        .values_list("what", "code", "title", "n")
        .union(walks, all=True)
    )  # fmt: skip
    found = sorted(((int(code), title) for what, code, title, _ in rows if what == "walk"), reverse=True)
    return Here(
        open=[(code, n) for what, code, _, n in rows if what == "open"],
        repairs=_repairs(place),
        walks=found[:MOST_WALKS],
    )


def _text(word: str) -> Value:
    return Value(word, output_field=CharField())


def _repairs(place: Territory) -> list[tuple[Ticket, Photo, Photo]]:
    """The last ones with a photograph of before and one of after; one query."""
    photos = seen_photos().filter(ticket__neighbourhood=place, ticket__state__in=DONE)
    photos = photos.filter(ticket__declared_done_at__isnull=False, moment__in=("before", "after"))
    related = photos.select_related("ticket__category").order_by("-ticket__declared_done_at", "-ticket", "pk")
    pairs: dict[int, dict[str, Photo]] = {}
    for one in related[:_READ]:
        pairs.setdefault(one.ticket_id or 0, {})[one.moment] = one
    whole = [pair for pair in pairs.values() if len(pair) == 2]
    told = [(pair["before"].ticket, pair["before"], pair["after"]) for pair in whole[:MOST_REPAIRS]]
    return [(ticket, before, after) for ticket, before, after in told if ticket is not None]

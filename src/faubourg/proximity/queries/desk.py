"""What waits for a person on the first page: a referent’s reports, what only a coordinator can move."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Expression, F, Q, QuerySet, TextField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from faubourg.rules.proximity.circuits import OPEN

from ..models import Area, Photo, Ticket
from .held import Posts
from .late import is_late

MOST_AREAS = 6
_MINE, _LATE, _PHOTOS = "mine", "late", "photos"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the first page; `late` when a deadline is over."""

    label: str
    detail: str
    url: str
    late: bool = False


def reports_waiting(posts: Posts, run: QuerySet[Area] | None) -> list[Waiting]:
    """As a referent, what is mine and what is late; what the team alone can move where one coordinates, and
    in the areas that one runs by a role (`run`).

    One query, none without a post nor a role.
    """
    parts = [*_mine(posts), *_coordinated(posts, run)]
    if not parts:
        return []
    first, *others = parts
    found: dict[tuple[str, str], dict[str, int]] = {}
    for code, name, what, n in first.union(*others, all=True):
        found.setdefault((name, code), {})[what] = n
    mine = found.pop(("", ""), {})
    areas = sorted(found.items())[:MOST_AREAS]
    return [*_own_line(mine), *(line for (name, code), n in areas for line in _area_lines(name, code, n))]


def _mine(posts: Posts) -> list[QuerySet[Any]]:
    if not posts.partners:
        return []
    asked = Ticket.objects.filter(partner__in=posts.partners, state__in=OPEN)
    what = Case(
        When(is_late(timezone.localdate()), then=Value(_LATE)), default=Value(_MINE), output_field=TextField()
    )
    return [_rows(asked, _text(""), _text(""), what)]


def _coordinated(posts: Posts, run: QuerySet[Area] | None) -> list[QuerySet[Any]]:
    if not posts.coordinated and run is None:
        return []
    held = Q(pk__in=posts.coordinated)
    areas = Area.objects.filter(held if run is None else held | Q(pk__in=run.values("pk"))).order_by()
    waiting = Ticket.objects.filter(area__in=areas.values("pk"), state__in=("new", "unowned"))
    unseen = Photo.objects.filter(
        ticket__area__in=areas.values("pk"), validated_at=None, document__isnull=False
    )
    return [
        _rows(waiting, F("area__code"), F("area__name"), F("state")),
        _rows(unseen, F("ticket__area__code"), F("ticket__area__name"), _text(_PHOTOS)),
    ]


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())


def _rows(
    found: QuerySet[Any], code: Expression | F, name: Expression | F, what: Expression | F
) -> QuerySet[Any, tuple[str, str, str, int]]:
    """(code and name of the area, what waits there, how many): the same four columns of any model."""
    grouped = found.order_by().annotate(in_code=code, in_area=name, what=what)
    return grouped.values_list("in_code", "in_area", "what").annotate(n=Count("pk"))


def _own_line(mine: dict[str, int]) -> list[Waiting]:
    behind = mine.get(_LATE, 0)
    n = behind + mine.get(_MINE, 0)
    if not n:
        return []
    detail = ngettext("{n} signalement", "{n} signalements", n).format(n=n)
    if behind:
        detail += ngettext(", {n} en retard", ", {n} en retard", behind).format(n=behind)
    return [Waiting(gettext("Signalements à traiter"), detail, reverse("my_tickets"), bool(behind))]


def _area_lines(area: str, code: str, waiting: dict[str, int]) -> list[Waiting]:
    told = (
        ("new", gettext("à qualifier"), reverse("area_tickets", args=[code]) + "?etat=new"),
        ("unowned", gettext("sans responsable"), reverse("area_unowned", args=[code])),
        (_PHOTOS, gettext("photos à relire"), reverse("area_photos", args=[code])),
    )
    return [
        Waiting(f"{area} : {what}", str(waiting[key]), url) for key, what, url in told if waiting.get(key)
    ]

"""The categories of an area, its table of routes, its spots."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.rules.verdict import Verdict, mark

from ..models import Area, Category, Partner, Route, Spot
from .keeping import note, written
from .moving import locked

# Signs that nobody takes for another when they are read aloud or copied from a poster.
KEY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
KEY_LENGTH = 8


def write_category(
    *, category: Category, values: Mapping[str, Any], base_version: int | None = None, by: Actor
) -> Category:
    """A new category, its code made from its name, or a changed one; two never have one name.

    A name that changed makes its translations to be read again.
    """
    with transaction.atomic():
        area = locked(category.area)
        name = str(values.get("name", category.name))
        same = area.categories.filter(name__iexact=name).exclude(pk=category.pk)
        if same.exists():
            refuse_unless(
                Verdict.no("category_twice", mark("Une catégorie porte déjà le nom « {name} »."), name=name)
            )
        columns = dict(values)
        fresh = category.pk is None
        if fresh:
            columns["code"] = _code(area, name)
        renamed = not fresh and Category.objects.get(pk=category.pk).name != name
        held = written(category, columns, base_version=base_version)
        if renamed:
            area.translations.filter(key=f"category.{held.code}").update(
                validated_at=None, validated_by=None, validated_by_name=""
            )
        note(area, "area.category_written", by, {"category": held.name, "delay": held.working_days})
    return held


def _code(area: Area, name: str) -> str:
    base = slugify(name)[:36] or "categorie"
    code, rank = base, 1
    while area.categories.filter(code=code).exists():
        rank += 1
        code = f"{base}-{rank}"
    return code


def write_route(
    *, route: Route, values: Mapping[str, Any], base_version: int | None = None, by: Actor
) -> Route:
    """A new line at the end of the table, or a changed one."""
    columns = dict(values)
    also: Collection[Partner] = columns.pop("also", ())
    with transaction.atomic():
        area = locked(route.area)
        fresh = route.pk is None
        if fresh:
            columns["order"] = _renumbered(area) + 1
        held = written(route, columns, base_version=base_version)
        held.also.set([one for one in also if one.pk != held.partner_id])
        note(area, "area.route_written", by, {"rank": held.order})
    return held


def move_route(*, route: Route, up: bool, by: Actor) -> None:
    """One line up or down; nothing at the end of the table."""
    with transaction.atomic():
        area = locked(route.area)
        lines = list(area.routes.select_for_update())
        place = next((rank for rank, one in enumerate(lines) if one.pk == route.pk), None)
        if place is None:
            raise Conflict
        other = place - 1 if up else place + 1
        if 0 <= other < len(lines):
            lines[place], lines[other] = lines[other], lines[place]
            note(area, "area.route_moved", by, {"rank": other + 1})
        _number(lines)


def remove_route(*, route: Route, by: Actor) -> None:
    """The line goes; what it decided keeps its explanation."""
    with transaction.atomic():
        area = locked(route.area)
        found = area.routes.filter(pk=route.pk).first()
        if found is not None:
            note(area, "area.route_removed", by, {"rank": found.order})
            found.delete()
            _renumbered(area)


def _renumbered(area: Area) -> int:
    """Ranks from 1 without a gap; how many there are."""
    lines = list(area.routes.select_for_update())
    _number(lines)
    return len(lines)


def _number(lines: list[Route]) -> None:
    for rank, line in enumerate(lines, start=1):
        if line.order != rank:
            line.order = rank
            line.save(update_fields=["order"])


def write_spot(*, spot: Spot, values: Mapping[str, Any], base_version: int | None = None, by: Actor) -> Spot:
    """A new spot with a key of its own, never reused, or a changed one."""
    columns = dict(values)
    with transaction.atomic():
        area = locked(spot.area)
        fresh = spot.pk is None
        if fresh:
            columns["key"] = _key()
        held = written(spot, columns, base_version=base_version)
        note(area, "area.spot_written", by, {"spot": held.name})
    return held


def _key() -> str:
    while True:
        key = "".join(secrets.choice(KEY_SIGNS) for _sign in range(KEY_LENGTH))
        if not Spot.objects.filter(key=key).exists():
            return key


def tell_printed(*, spots: Collection[Spot], at: datetime, by: Actor) -> None:
    """The sheets of these spots went to the printer."""
    if not spots:
        return
    with transaction.atomic():
        Spot.objects.filter(pk__in=[spot.pk for spot in spots]).update(printed_at=at)
        area = next(iter(spots)).area
        note(area, "area.spots_printed", by, {"count": len(spots)})

"""The table of routes in words, for the page where it is set."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Area, Category, Land, Partner, Route


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is about, where, when, who leads and who helps, in words."""

    route: Route
    about: str
    where: str
    when: str
    who: str
    also: Sequence[Partner]


def lines_of(area: Area) -> list[Line]:
    """The table in the order in which it is read; three queries."""
    found = area.routes.select_related("category", "partner").prefetch_related("also").order_by("order", "pk")
    return [
        Line(
            route,
            _about(route),
            _where(route),
            _when(route),
            route.partner.name if route.partner else _("le responsable du sol"),
            list(route.also.all()),
        )
        for route in found
    ]


def _about(route: Route) -> str:
    if route.category:
        return route.category.name
    return str(dict(Category.Theme.choices).get(route.theme, "")) if route.theme else _("toute catégorie")


def _where(route: Route) -> str:
    told = []
    if route.use:
        told.append(str(dict(Land.Use.choices).get(route.use, route.use)))
    if route.owner_kind:
        told.append(str(dict(Partner.Kind.choices).get(route.owner_kind, route.owner_kind)))
    return ", ".join(told) or _("partout")


def _when(route: Route) -> str:
    names = [_("lun."), _("mar."), _("mer."), _("jeu."), _("ven."), _("sam."), _("dim. et fériés")]
    days = ", ".join(names[int(day) - 1] for day in route.weekdays)
    if route.from_minute is None or route.to_minute is None:
        return days or _("toujours")
    hours = _("de {start} h à {end} h").format(start=route.from_minute // 60, end=route.to_minute // 60)
    return f"{days}, {hours}" if days else hours

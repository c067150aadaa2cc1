"""The table of routes of an area as `rules.routing` reads it: partners by their names, grounds by theirs.

What closes every table: when no line speaks of a report, whoever answers for the ground does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from faubourg.base.text import fold
from faubourg.base.together import together
from faubourg.rules import routing
from faubourg.rules.routing import Hours

from ..models import Area, Category, Land, Partner, Referent, Route

EVERY_DAY = frozenset(range(7))
SUNDAY = 6
# The code of the line that closes the table, after every number.
OTHERWISE = "∞"
Key = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who answers in an area on a day. `referents`: partner's id → those in post, who speak for others too.

    `vacant`: the partners of which every post is empty; `routes` are in the order in which they are read.
    """

    partners: dict[int, Partner]
    routes: tuple[Route, ...]
    referents: dict[int, tuple[Referent, ...]]
    vacant: frozenset[int]
    also: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def by_name(self, name: str) -> Partner | None:
        """The partner of this name, which is unique in an area."""
        return next((one for one in self.partners.values() if one.name == name), None)


def attribution_of(area: Area, on: date) -> Attribution:
    """Everything that decides who answers, land excepted; one query whatever the size."""
    return drawn_up(together(**asked_of(area)), on)


def asked_of(area: Area) -> dict[str, "QuerySet[Any]"]:
    """What `drawn_up` reads, for whoever asks more in the same question."""
    speaking = Partner.answers_for.through.objects
    return {
        "partners": area.partners.filter(active=True),
        "referents": Referent.objects.filter(partner__area=area),
        "routes": area.routes.all(),
        "speaking": speaking.filter(from_partner__area=area, from_partner__active=True),
        "beside": Route.also.through.objects.filter(route__area=area),
    }


def drawn_up(found: Mapping[str, list[Any]], on: date) -> Attribution:
    """The attribution that day, from the rows of `asked_of`."""
    partners = {one.pk: one for one in sorted(found["partners"], key=lambda one: fold(one.name))}
    posts: dict[int, list[Referent]] = {pk: [] for pk in partners}
    left: set[int] = set()
    for one in sorted(found["referents"], key=lambda one: (one.since, one.pk)):
        if one.since <= on and (one.until is None or one.until >= on):
            posts.get(one.partner_id, []).append(one)
        else:
            left.add(one.partner_id)
    spoken: dict[int, list[Referent]] = {pk: list(own) for pk, own in posts.items()}
    for pair in sorted(found["speaking"], key=_by_key):
        spoken.get(pair.to_partner_id, []).extend(posts.get(pair.from_partner_id, ()))
    also: dict[int, list[int]] = {}
    for pair in sorted(found["beside"], key=_by_key):
        if pair.partner_id in partners:
            also.setdefault(pair.route_id, []).append(pair.partner_id)
    routes = sorted(found["routes"], key=lambda route: (route.order, route.pk))
    return Attribution(
        partners,
        tuple(route for route in routes if route.partner_id is None or route.partner_id in partners),
        {pk: tuple(held) for pk, held in spoken.items()},
        frozenset(pk for pk in left if pk in spoken and not spoken[pk]),
        {pk: tuple(held) for pk, held in also.items()},
    )


def _by_key(row: Any) -> int:
    return int(row.pk)


@dataclass(frozen=True, slots=True)
class Lines:
    """The same in the rules' own words, for these categories and these grounds."""

    attribution: Attribution
    categories: tuple[Category, ...]
    grounds: tuple[Key, ...]

    def owner(self, key: Key) -> str:
        """How a ground is called in a sentence: its partner, then its use."""
        partner = self.attribution.partners.get(key[0]) if key[0] is not None else None
        use = dict(Land.Use.choices).get(key[1], key[1])
        return f"{partner.name if partner else _('sans responsable')} ({use})"

    def category(self, one: Category) -> str:
        """Its name; with its code when two have the same."""
        twice = Counter(each.name for each in self.categories)[one.name] > 1
        return f"{one.name} [{one.code}]" if twice else one.name

    def table(self) -> routing.Table:
        """Every line that leads, without those that it adds: see `helping`."""
        rules = [rule for route in self.attribution.routes for rule in self._leading(route)]
        return self._table((*rules, *self._grounds_answer(OTHERWISE, frozenset(), self.grounds)))

    def as_written(self) -> routing.Table:
        """The lines one by one, « whoever answers for the ground » left as it is: to judge the table."""
        return self._table(
            tuple(found for route in self.attribution.routes for found in self._written(route))
        )

    def _written(self, route: Route) -> Iterable[routing.Rule]:
        leading = self._leading(route)
        if route.partner_id is not None or not leading:
            return leading
        owners = frozenset(owner for rule in leading for owner in rule.owners)
        bound = bool(route.use or route.owner_kind)
        first = leading[0]
        return (
            routing.Rule(
                first.code, routing.THE_OWNER, first.categories, owners if bound else frozenset(), first.hours
            ),
        )

    def helping(self, code: str) -> routing.Table | None:
        """The line of this code with the partners that it adds; None when it adds nobody."""
        route = next((one for one in self.attribution.routes if code_of(one) == code), None)
        if route is None or not self.attribution.also.get(route.pk):
            return None
        leading = self._leading(route)
        return self._table((*leading, *(rule for one in leading for rule in self._beside(route, one))))

    def _table(self, rules: tuple[routing.Rule, ...]) -> routing.Table:
        known = self.attribution
        referents = tuple(
            routing.Referent(f"{rank:03}:{one.pk}", known.partners[pk].name)
            for pk, found in known.referents.items()
            for rank, one in enumerate(found)
        ) + tuple(
            routing.Referent(f"vacant:{pk}", known.partners[pk].name, present=False) for pk in known.vacant
        )
        categories = tuple(routing.Category(self.category(one), one.desk) for one in self.categories)
        return routing.Table(categories, rules, referents)

    def _leading(self, route: Route) -> tuple[routing.Rule, ...]:
        named = frozenset(self.category(one) for one in self.categories if speaks_of(route, one))
        if not named:
            return ()
        anything = route.category_id is None and not route.theme
        categories = frozenset() if anything else named
        fitting = tuple(key for key in self.grounds if self._stands(route, key))
        hours = hours_of(route)
        if route.partner_id is None:
            return self._grounds_answer(code_of(route), categories, fitting, hours)
        partner = self.attribution.partners[route.partner_id].name
        bound = bool(route.use or route.owner_kind)
        if bound and not fitting:
            return ()
        owners = frozenset(map(self.owner, fitting)) if bound else frozenset()
        return (routing.Rule(code_of(route), partner, categories, owners, hours),)

    def _beside(self, route: Route, rule: routing.Rule) -> Iterable[routing.Rule]:
        for pk in self.attribution.also.get(route.pk, ()):
            name = self.attribution.partners[pk].name
            yield routing.Rule(rule.code, name, rule.categories, rule.owners, rule.hours, lead=False)

    def _stands(self, route: Route, key: Key) -> bool:
        partner = self.attribution.partners.get(key[0]) if key[0] is not None else None
        kind = partner.kind if partner else ""
        return (not route.use or route.use == key[1]) and (not route.owner_kind or route.owner_kind == kind)

    def _grounds_answer(
        self, code: str, categories: frozenset[str], grounds: Sequence[Key], hours: Hours = routing.ANY_TIME
    ) -> tuple[routing.Rule, ...]:
        """« Whoever answers for the ground », once for each ground that has somebody."""
        partners = self.attribution.partners
        return tuple(
            routing.Rule(code, partners[key[0]].name, categories, frozenset({self.owner(key)}), hours)
            for key in grounds
            if key[0] in partners and key[0] is not None
        )


def code_of(route: Route) -> str:
    """What a line is called in a sentence: its rank, and its words when it has some."""
    return f"ligne {route.order} : {route.words}" if route.words else f"ligne {route.order}"


def speaks_of(route: Route, category: Category) -> bool:
    """Whether a line is about this category, or about its theme, or about everything."""
    if route.category_id is not None:
        return route.category_id == category.pk
    return not route.theme or route.theme == category.theme


def hours_of(route: Route) -> Hours:
    """Whole hours; public holidays are read as Sundays, when a line names its days."""
    days = frozenset(int(day) - 1 for day in route.weekdays) if route.weekdays else EVERY_DAY
    if route.from_minute is None or route.to_minute is None:
        if days == EVERY_DAY:
            return routing.ANY_TIME
        return Hours(days, 0, 24, holidays=SUNDAY in days)
    start, end = route.from_minute // 60, route.to_minute // 60
    return Hours(days, start, end, holidays=SUNDAY in days and days != EVERY_DAY)

"""Which partner answers for a place: land, category and hour, through a table of rules read in order.

The first rule that applies names who leads, each one that adds a partner adds it. A report always has an
answer: a route, the queue of places that nobody owns with the reasons, or another desk. Geometry is done
outside: what comes in is whose land holds the point, for certain or perhaps, given its accuracy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .verdict import Reason, Verdict, mark

# The partner of a rule that sends a report to whoever owns the land.
THE_OWNER = "*"
HOURS_OF_A_WEEK = 168


@dataclass(frozen=True, slots=True)
class Moment:
    """An hour in Paris; `weekday` 0 is Monday, `hour` 0 to 23."""

    weekday: int
    hour: int
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` (included) to `end` (excluded) on those days; a night ends the day after it began.

    `holidays`: the whole of public holidays besides.
    """

    weekdays: frozenset[int]
    start: int
    end: int
    holidays: bool = False

    def hold(self, moment: Moment) -> bool:
        """Whether the moment is within."""
        if self.holidays and moment.holiday:
            return True
        if self.start < self.end:
            return moment.weekday in self.weekdays and self.start <= moment.hour < self.end
        evening = moment.weekday in self.weekdays and moment.hour >= self.start
        return evening or ((moment.weekday - 1) % 7 in self.weekdays and moment.hour < self.end)


ANY_TIME = Hours(frozenset(range(7)), 0, 0, holidays=True)


@dataclass(frozen=True, slots=True)
class Holder:
    """An owner whose land holds the point; not `certain` when the accuracy of the point reaches beyond."""

    owner: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """What is reported; a category with a `desk` is no matter of proximity and is always referred to it."""

    code: str
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: no category, no owner means any; without an owner, land does not matter.

    `partner` answers, THE_OWNER for the owner of the land; `lead` False adds it beside whoever leads.
    """

    code: str
    partner: str
    categories: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    hours: Hours = ANY_TIME
    lead: bool = True

    def applies(self, category: str, owner: str | None, moment: Moment) -> bool:
        """Whether it speaks of this report."""
        named = not self.categories or category in self.categories
        return named and self.stands_on(owner) and self.hours.hold(moment)

    def stands_on(self, owner: str | None) -> bool:
        """Whether it speaks of the land of this owner, or of land without any."""
        if self.owners:
            return owner in self.owners
        return owner is not None or self.partner != THE_OWNER

    def answers(self, owner: str | None) -> str:
        """The partner it names."""
        return (owner or "") if self.partner == THE_OWNER else self.partner


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody, or a desk, of a partner; no category means every one. `present` False: the post is vacant."""

    code: str
    partner: str
    categories: frozenset[str] = frozenset()
    hours: Hours = ANY_TIME
    present: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of a territory, in the order in which they are read, and who is there to answer."""

    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    referents: tuple[Referent, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who answers; `now` False when nobody is on call and the referent reads it at the next opening."""

    partner: str
    referent: str
    rule: str
    now: bool


@dataclass(frozen=True, slots=True)
class Routed:
    """One partner leads, others help."""

    lead: Assignment
    others: tuple[Assignment, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unowned:
    """Nobody answers: `partners` are those that might, for whoever arbitrates."""

    partners: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Referred:
    """Another desk deals with it, once the person consents to its being passed on."""

    desk: str
    consented: bool
    reasons: tuple[Reason, ...]


Answer = Routed | Unowned | Referred
Found = tuple[str | None, Rule]

_UNKNOWN = mark("La catégorie « {category} » n’est pas dans la table.")
_DESK = mark("« {category} » relève du guichet « {desk} » : ce n’est pas un problème d’entretien.")
_CONSENT = mark("La personne n’a pas encore accepté que son signalement soit transmis.")
_GAP = mark("Aucune emprise de gestion ne contient ce lieu, et aucune règle ne s’en passe.")
_NO_RULE = mark("Aucune règle ne dit qui s’occupe de « {category} » chez {owners} à cette heure.")
_OVERLAP = mark("Plusieurs emprises se recouvrent ici ({owners}) et mènent à {partners}.")
_DOUBT = mark("Le point n’est pas assez précis : il peut être chez {owners}, ce qui mène à {partners}.")
_VACANT = mark("{partner} doit répondre, mais n’a aucun référent en poste pour « {category} ».")
_RULE = mark("La règle « {rule} » désigne {partner}.")
_PERHAPS = mark("Le point n’est pas assez précis pour être certain ; tout mène à {partner}.")
_LATER = mark("Personne n’est d’astreinte chez {partner} : lu à la prochaine ouverture.")
_HELP = mark("La règle « {rule} » y associe {partner}.")
_NO_HELP = mark("La règle « {rule} » y associe {partner}, qui n’a aucun référent en poste.")


def route(
    table: Table, category: str, holders: Iterable[Holder], moment: Moment, *, consented: bool = False
) -> Answer:
    """Who answers for this report, always with the reasons; the order of `holders` does not matter."""
    known = next((one for one in table.categories if one.code == category), None)
    if known is None:
        return Unowned((), (_no("route-category", _UNKNOWN, category=category),))
    if known.desk:
        return _referred(known, consented=consented)
    told = set(holders)
    certain = sorted({holder.owner for holder in told if holder.certain})
    owners: Sequence[str] = certain or sorted({holder.owner for holder in told})
    found = _leads(table, category, owners, moment)
    partners = sorted({rule.answers(owner) for owner, rule in found})
    if len(partners) != 1:
        return Unowned(tuple(partners), (_why_nobody(category, owners, partners, sure=bool(certain)),))
    owner, rule = found[0]
    lead = _assigned(table, rule, owner, category, moment)
    if lead is None:
        reason = _no("route-vacant", _VACANT, partner=partners[0], category=category)
        return Unowned((partners[0],), (reason,))
    reasons = [Reason("route-rule", True, _RULE, {"rule": rule.code, "partner": lead.partner})]
    if owners and not certain:
        reasons.append(_note("route-perhaps", _PERHAPS, met=None, partner=lead.partner))
    if not lead.now:
        reasons.append(_note("route-later", _LATER, met=False, partner=lead.partner))
    others, told_of = _helpers(table, category, [owner for owner, _ in found], moment, lead.partner)
    return Routed(lead, others, (*reasons, *told_of))


def _referred(category: Category, *, consented: bool) -> Referred:
    reasons = [Reason("route-desk", True, _DESK, {"category": category.code, "desk": category.desk})]
    if not consented:
        reasons.append(_no("route-consent", _CONSENT))
    return Referred(category.desk, consented, tuple(reasons))


def _leads(table: Table, category: str, owners: Sequence[str], moment: Moment) -> list[Found]:
    """For each owner that the place may have, the first rule that names who leads."""
    found: list[Found] = []
    for owner in owners or (None,):
        applying = (r for r in table.rules if r.lead and r.applies(category, owner, moment))
        found += [(owner, rule) for rule in (next(applying, None),) if rule is not None]
    return found


def _why_nobody(category: str, owners: Sequence[str], partners: Sequence[str], *, sure: bool) -> Reason:
    if not owners:
        return _no("route-gap", _GAP)
    named = ", ".join(owners)
    if not partners:
        return _no("route-no-rule", _NO_RULE, category=category, owners=named)
    template, code = (_OVERLAP, "route-overlap") if sure else (_DOUBT, "route-doubt")
    return _no(code, template, owners=named, partners=", ".join(partners))


def _assigned(
    table: Table, rule: Rule, owner: str | None, category: str, moment: Moment
) -> Assignment | None:
    """Whoever is there now before whoever comes back, whoever knows the category before a generalist."""
    partner = rule.answers(owner)
    able = [
        one
        for one in table.referents
        if one.partner == partner and one.present and (not one.categories or category in one.categories)
    ]
    if not able:
        return None
    best = min(able, key=lambda one: (not one.hours.hold(moment), not one.categories, one.code))
    return Assignment(partner, best.code, rule.code, best.hours.hold(moment))


def _helpers(
    table: Table, category: str, owners: Sequence[str | None], moment: Moment, lead: str
) -> tuple[tuple[Assignment, ...], tuple[Reason, ...]]:
    helping: dict[str, Assignment] = {}
    reasons: dict[str, Reason] = {}
    for rule in table.rules:
        for owner in owners:
            partner = rule.answers(owner)
            if rule.lead or partner in (lead, *reasons) or not rule.applies(category, owner, moment):
                continue
            found = _assigned(table, rule, owner, category, moment)
            params = {"rule": rule.code, "partner": partner}
            if found is None:
                reasons[partner] = Reason("route-no-help", False, _NO_HELP, params, decides=False)
            else:
                helping[partner] = found
                reasons[partner] = Reason("route-help", True, _HELP, params, decides=False)
    return tuple(helping.values()), tuple(reasons.values())


def _no(code: str, template: str, **params: object) -> Reason:
    return Reason(code, False, template, params)


def _note(code: str, template: str, *, met: bool | None, **params: object) -> Reason:
    return Reason(code, met, template, params, decides=False)


def named(reasons: Iterable[Reason], names: Mapping[str, str]) -> tuple[Reason, ...]:
    """The same reasons with names in place of the codes of partners, owners, categories, desks and rules."""
    return tuple(
        replace(
            reason,
            params={
                place: ", ".join(names.get(code, code) for code in str(value).split(", "))
                for place, value in reason.params.items()
            },
        )
        for reason in reasons
    )


def verdict_of(answer: Answer) -> Verdict:
    """Whether somebody answers now: no when nobody does, or when the consent is still awaited."""
    return Verdict(answer.reasons)

"""Is the table of routing complete: has each partner a referent for all it answers for, which lands and
categories lead to nobody, and which rules can never be read?
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..routing import THE_OWNER, Answer, Holder, Moment, Rule, Table, Unowned, route
from ..verdict import Reason, Verdict, mark

# One moment of each kind: a working morning, a working night, a Sunday afternoon.
MOMENTS = {
    "day": Moment(1, 10),
    "night": Moment(1, 23),
    "weekend": Moment(6, 15),
}
_WEEK = tuple(
    Moment(weekday, hour, holiday) for weekday in range(7) for hour in range(24) for holiday in (False, True)
)
# Stands for whoever no rule names.
_ANY_OWNER = "\0"


@dataclass(frozen=True, slots=True)
class Partner:
    """A service, a partner or a landlord; no category means that it may be asked about each of them."""

    code: str
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody answers there for that category; `vacant`: the post exists and is empty."""

    partner: str
    category: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class Hole:
    """At that kind of moment a report of this category leads to nobody; no owner: a gap between the lands."""

    owners: tuple[str, ...]
    category: str
    moment: str
    answer: Unowned


def missing_referents(table: Table, partners: Iterable[Partner]) -> tuple[Missing, ...]:
    """Partner by category, in the order given: what is referred to a desk is nobody’s."""
    missing = []
    for partner in partners:
        for category in table.categories:
            if category.desk or (partner.categories and category.code not in partner.categories):
                continue
            posts = [
                one
                for one in table.referents
                if one.partner == partner.code and (not one.categories or category.code in one.categories)
            ]
            if not any(post.present for post in posts):
                missing.append(Missing(partner.code, category.code, bool(posts)))
    return tuple(missing)


def judge_referents(table: Table, partners: Sequence[Partner]) -> Verdict:
    """Each service, partner and landlord has a referent; one reason a partner that lacks some."""
    missing = missing_referents(table, partners)
    reasons = []
    for partner in partners:
        lacking = [one for one in missing if one.partner == partner.code]
        vacant = sum(one.vacant for one in lacking)
        params = {
            "partner": partner.code, "lacking": len(lacking), "vacant": vacant,
            "categories": ", ".join(one.category for one in lacking),
        }  # fmt: skip
        if lacking:
            sentence = mark("Référent manquant chez {partner} : {categories} ({vacant} poste(s) vacant(s)).")
        else:
            sentence = mark("{partner} a un référent pour tout ce qui le concerne.")
        reasons.append(Reason("referents", not lacking, sentence, params, 0, len(lacking)))
    return Verdict(tuple(reasons))


def holes(table: Table, lands: Iterable[frozenset[str]]) -> tuple[Hole, ...]:
    """`lands`: every set of owners whose polygons overlap somewhere, the empty one for the gaps between."""
    found = []
    for owners in sorted(lands, key=sorted):
        for category in table.categories:
            for name, moment in MOMENTS.items():
                answer: Answer = route(table, category.code, map(Holder, owners), moment)
                if isinstance(answer, Unowned):
                    found.append(Hole(tuple(sorted(owners)), category.code, name, answer))
    return tuple(found)


def judge_table(table: Table) -> Verdict:
    """The mistakes of whoever writes the table: what it names exists, and each rule can be read one day."""
    return Verdict((*_codes(table), *_unknown(table), *_desks(table), *_shadowed(table.rules)))


def _codes(table: Table) -> list[Reason]:
    told = [rule.code for rule in table.rules]
    sentence = mark("Deux règles portent le nom « {rule} ».")
    return [
        Reason("rule-twice", False, sentence, {"rule": code})
        for code in sorted({code for code in told if told.count(code) > 1})
    ]


def _unknown(table: Table) -> list[Reason]:
    known = {category.code for category in table.categories}
    sentence = mark("La règle « {rule} » nomme la catégorie « {category} », qui n’existe pas.")
    return [
        Reason("rule-category", False, sentence, {"rule": rule.code, "category": category})
        for rule in table.rules
        for category in sorted(rule.categories - known)
    ]


def _desks(table: Table) -> list[Reason]:
    """What another desk deals with cannot be sent to a partner, whatever the table says."""
    desks = {category.code: category.desk for category in table.categories if category.desk}
    sentence = mark("La règle « {rule} » vise « {category} », toujours transmis au guichet « {desk} ».")
    return [
        Reason("rule-desk", False, sentence, {"rule": rule.code, "category": code, "desk": desks[code]})
        for rule in table.rules
        for code in sorted(rule.categories & desks.keys())
    ]


def _shadowed(rules: Sequence[Rule]) -> list[Reason]:
    sentence = mark("La règle « {rule} » n’est jamais lue : « {earlier} » dit tout avant elle.")
    found = []
    for rank, rule in enumerate(rules):
        earlier = next((one for one in rules[:rank] if _covers(one, rule)), None)
        if earlier is not None:
            params = {"rule": rule.code, "earlier": earlier.code}
            found.append(Reason("rule-shadowed", False, sentence, params))
    return found


def _covers(one: Rule, other: Rule) -> bool:
    """Whether every report that `other` speaks of is already decided by `one`; a helper hides nobody."""
    if not (one.lead and other.lead):
        return False
    categories = not one.categories or (bool(other.categories) and other.categories <= one.categories)
    elsewhere = {_ANY_OWNER} if other.partner == THE_OWNER else {_ANY_OWNER, None}
    lands = all(one.stands_on(owner) for owner in other.owners or elsewhere)
    return categories and lands and all(one.hours.hold(m) for m in _WEEK if other.hours.hold(m))

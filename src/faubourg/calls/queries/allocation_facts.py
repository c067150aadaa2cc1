"""A call as `rules.allocation` reads it: dossiers that wait, what they ask, what envelopes hold.

A funder of one year is one name (« Région 2015 » when a call has several years). Money is integer cents.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faubourg.rules import allocation
from faubourg.rules.calls.accounts import ACCOUNTS, Side
from faubourg.rules.calls.rule_set import WHOLE_BP
from faubourg.territories.models import Territory

from ..models import Application, BudgetLine, Call, CallFunder
from .envelopes import places_of_contracts
from .jury_money import NATURE_WORDS, Held, Key, held_of
from .marks import marks_of_call

WAITING = ("examined", "ranked", "before_jury")
LOCAL = frozenset({"commune", "epci", "departement"})
NOWHERE = "sans territoire"


@dataclass(frozen=True)
class Typed:
    """What the officers type before it is computed; territories are those of `Ground`.

    `least_cents`: by funder, the smallest grant; `most_cents`: by funder and nature, the largest.
    """

    weight_bp: Mapping[str, int] = field(default_factory=dict)
    minimum_cents: Mapping[str, int] = field(default_factory=dict)
    least_cents: Mapping[int, int] = field(default_factory=dict)
    least_bp: int = WHOLE_BP
    local_bp: int = 0
    most_cents: Mapping[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The call to allocate and how to come back from it: key by request, dossiers that cannot be weighed."""

    call: allocation.Call
    keys: Mapping[tuple[str, str], Key]
    applications: Mapping[str, int]
    unmarked: Sequence[str]
    groups: int


@dataclass(frozen=True)
class Outline:
    """What is typed for, before anything is read dossier by dossier."""

    waiting: int
    held: Sequence[Held]
    territories: Sequence[str]


def outline_of(call: Call) -> Outline:
    """How many dossiers wait, the envelopes, the territories; no dossier is read, eight queries at most.

    A territory that has an envelope of its own is named whether or not a dossier stands in it today.
    """
    rows, held = Application.objects.filter(call=call, state__in=WAITING).order_by(), held_of(call.pk)
    count = rows.count()
    named = {name or NOWHERE for name in rows.values_list("contract__name", flat=True).distinct()}
    if count:
        named |= {place.name for one in held if (place := one.envelope.territory) is not None}
    return Outline(count, held, sorted(named))


def waiting_of(call: Call) -> list[Application]:
    """The dossiers that no jury decided yet, in the order of their numbers; three queries."""
    return list(
        Application.objects.filter(call=call, state__in=WAITING)
        .select_related("contract", "organisation")
        .prefetch_related("requests__funder")
        .order_by("number", "pk")
    )


@dataclass(frozen=True)
class Ground:
    """The dossiers that wait, the envelopes as they stand, the territory that each dossier is counted in.

    The first territory that has an envelope of its own, else the contract. A dossier of two such territories
    is counted in one: what the jury decides is weighed against both.
    """

    waiting: Sequence[Application]
    held: Sequence[Held]
    territory: Mapping[int, str]


def ground_of(call: Call) -> Ground:
    """A dozen queries at most, whatever the number of dossiers."""
    waiting, held = waiting_of(call), held_of(call.pk)
    kept = {place.pk: place for one in held if (place := one.envelope.territory) is not None}
    places = places_of_contracts(call.pk) if kept else {}
    return Ground(waiting, held, {one.pk: _territory(one, kept, places) for one in waiting})


def _territory(
    application: Application, kept: Mapping[int, Territory], places: Mapping[int, set[int]]
) -> str:
    own = next(
        (place.name for pk, place in kept.items() if pk in places.get(application.contract_id or 0, ())), ""
    )
    return own or (application.contract.name if application.contract else NOWHERE)


def facts_of_call(call: Call, typed: Typed) -> Asked:
    """Everything that one computation reads."""
    ground, marks = ground_of(call), marks_of_call(call)
    named = _names(call, ground)
    budgets, brought = _budgets([application.pk for application in ground.waiting])
    keys: dict[tuple[str, str], Key] = {}
    dossiers, unmarked, applications = [], [], {}
    for application in ground.waiting:
        ref = application.number or str(application.pk)
        quality = marks.quality(application.pk)
        if quality is None:
            unmarked.append(ref)
            continue
        applications[ref] = application.pk
        requests = _requests(application, named, keys)
        dossiers.append(
            allocation.Dossier(
                ref,
                quality,
                ground.territory[application.pk],
                max(budgets[application.pk], sum(request.cents for request in requests)),
                requests,
                local_cents=brought[application.pk],
                least_bp=typed.least_bp,
            )
        )
    asked = allocation.Call(tuple(dossiers), _envelopes(ground, named), _terms(typed, named, call, ground))
    return Asked(asked, keys, applications, unmarked, marks.groups)


Names = Mapping[tuple[int, int], str]


def _names(call: Call, ground: Ground) -> Names:
    """A funder and a year as one name."""
    years = {one.year for application in ground.waiting for one in application.requests.all()}
    years |= {one.envelope.year for one in ground.held}
    funders = dict(CallFunder.objects.filter(call=call).values_list("pk", "name"))
    several = len(years) > 1
    return {
        (pk, year): f"{name} {year}" if several else name for pk, name in funders.items() for year in years
    }


def _requests(
    application: Application, named: Names, keys: dict[tuple[str, str], Key]
) -> tuple[allocation.Request, ...]:
    found = []
    for one in application.requests.all():
        name = (named[one.funder_id, one.year], str(NATURE_WORDS[one.nature]))
        keys[name] = (one.funder_id, one.nature, one.year)
        found.append(allocation.Request(*name, one.cents))
    return tuple(found)


def _envelopes(ground: Ground, named: Names) -> tuple[allocation.Envelope, ...]:
    """What is left of each: what is decided is taken already."""
    return tuple(
        allocation.Envelope(
            named[one.envelope.funder_id, one.envelope.year],
            max(0, one.left),
            str(NATURE_WORDS[one.envelope.nature]),
            one.envelope.territory.name if one.envelope.territory else allocation.ANY,
        )
        for one in ground.held
    )


def _terms(typed: Typed, named: Names, call: Call, ground: Ground) -> allocation.Terms:
    local = CallFunder.objects.filter(call=call, level__in=LOCAL).values_list("pk", flat=True)
    return allocation.Terms(
        weight_bp=typed.weight_bp,
        minimum_cents=typed.minimum_cents,
        least_cents={
            name: typed.least_cents[pk] for (pk, _year), name in named.items() if pk in typed.least_cents
        },
        ceiling_cents={
            (name, str(NATURE_WORDS[nature])): cents
            for (funder, nature), cents in typed.most_cents.items()
            for (pk, _year), name in named.items()
            if pk == funder
        },
        local_funders=frozenset(name for (pk, _year), name in named.items() if pk in set(local)),
        local_bp=typed.local_bp,
    )


def _budgets(applications: Sequence[int]) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """What each action costs, and what local authorities that are not asked here already bring."""
    costs: dict[int, int] = defaultdict(int)
    brought: dict[int, int] = defaultdict(int)
    lines = BudgetLine.objects.filter(application__in=applications)
    for pk, account, level, funder, cents in lines.values_list(
        "application", "account", "level", "funder", "cents"
    ):
        known = ACCOUNTS.get(account)
        if known is not None and known.side is Side.CHARGES:
            costs[pk] += cents
        elif level in LOCAL and funder is None:
            brought[pk] += cents
    return costs, brought

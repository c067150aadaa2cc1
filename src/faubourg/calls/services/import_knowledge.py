"""What a call knows before a spreadsheet of dossiers is read: dossiers, organisations, places, interests."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from faubourg.base.actor import Actor
from faubourg.base.text import fold
from faubourg.people.models import Organisation
from faubourg.rules.calls import RuleSet
from faubourg.territories.models import Territory

from ..models import Application, Call, CallFunder
from ..queries.calls import rules_of
from ..queries.writing import contracts_for, places_for


@dataclass(slots=True)
class Knowledge:
    """Read once a file, in as many questions for ten rows as for a thousand."""

    call: Call
    rule_set: RuleSet | None
    funders: dict[int, CallFunder]
    # Number of a dossier → its call; (organisation, folded title) of the dossiers of this call.
    numbers: dict[str, int] = field(default_factory=dict)
    titles: set[tuple[int, str]] = field(default_factory=set)
    organisations: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    # Place → the contracts of the call that hold it.
    under: dict[int, set[int]] = field(default_factory=dict)
    stands_back: frozenset[int] = frozenset()
    reopened: bool = False


def known_of(call: Call, by: Actor) -> Knowledge:
    """What does not depend on the file."""
    told = Knowledge(call, rules_of(call), {funder.pk: funder for funder in call.funders.all()})
    told.reopened = call.steps.filter(move="reopen").exists()
    mine = call.interests.filter(person__ref=by.ref) if by.ref else call.interests.none()
    named = set(mine.filter(organisation__isnull=False).values_list("organisation", flat=True))
    asks = mine.filter(application__isnull=False).values_list("application__organisation", flat=True)
    told.stands_back = frozenset(named | set(asks))
    for contract in contracts_for(call).prefetch_related("bearers__territory"):
        told.contracts |= {fold(contract.name): contract.pk, fold(contract.code): contract.pk}
        if call.contracts.all():
            for place in places_for(contract):
                told.places |= {fold(place.name): place.pk, fold(place.code): place.pk}
                told.under.setdefault(place.pk, set()).add(contract.pk)
    for organisation, title in (
        Application.objects.filter(call=call).exclude(state="draft").values_list("organisation", "title")
    ):
        told.titles.add((organisation, fold(title)))
    return told


def learn(
    told: Knowledge, numbers: Iterable[str], sirets: Iterable[str], rnas: Iterable[str], codes: Iterable[str]
) -> None:
    """What the file names: its numbers, its organisations, its places elsewhere than in the contracts."""
    for part in _parts(numbers):
        rows = Application.objects.filter(number__in=part).values_list("number", "call")
        told.numbers |= {number: call for number, call in rows if number}
    for role, values in (("siret", sirets), ("rna", rnas)):
        for part in _parts(values):
            for found in Organisation.objects.filter(**{f"{role}__in": part}):
                told.organisations[role, getattr(found, role)] = found
    for part in _parts(code for code in codes if fold(code) not in told.places):
        for pk, code in Territory.objects.filter(code__in=part).values_list("pk", "code"):
            told.places.setdefault(fold(code), pk)


def _parts(values: Iterable[str]) -> Iterable[list[str]]:
    """A few hundred at a time: SQLite counts the places of a question."""
    kept = sorted(set(filter(None, values)))
    return [kept[start : start + 500] for start in range(0, len(kept), 500)]

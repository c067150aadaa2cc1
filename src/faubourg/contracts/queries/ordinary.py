"""The droit commun register of a contract, what partners promise, where substitution may be asked about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from faubourg.contracts.models import Commitment, Contract, FundingLine, OrdinaryMeans
from faubourg.rules.commitment_light import SOON_DAYS
from faubourg.rules.substitution import Ordinary, Specific, look
from faubourg.rules.verdict import Verdict
from faubourg.territories.models import LocalResource, Territory

from .maquette import lines_of

# An association is nobody's ordinary power: it stays in the directory of the neighbourhood.
TAKEN: dict[str, str] = {LocalResource.Kind.EQUIPMENT: "equipment", LocalResource.Kind.SERVICE: "service"}


def means_of(contract: Contract) -> QuerySet[OrdinaryMeans]:
    """What each partner already does, with what a list shows of it."""
    return OrdinaryMeans.objects.filter(contract=contract).select_related(
        "partner", "neighbourhood", "source", "contract"
    )


def commitments_of(contract: Contract) -> QuerySet[Commitment]:
    """What partners promise, soonest first."""
    return Commitment.objects.filter(contract=contract).select_related(
        "partner", "objective", "proof_document", "contract"
    )


@dataclass(frozen=True, slots=True)
class Promises:
    """How the commitments of a contract stand on a day."""

    all: int
    kept: int
    late: int
    soon: int
    dropped: int


def promises_of(contract: Contract, today: date) -> Promises:
    """Counts by light, from the dates alone."""
    rows = list(contract.commitments.values_list("due_on", "kept_on", "dropped_on"))
    open_due = [due for due, kept, dropped in rows if due and not kept and not dropped]
    return Promises(
        all=len(rows),
        kept=sum(kept is not None for _due, kept, _dropped in rows),
        late=sum(due < today for due in open_due),
        soon=sum(0 <= (due - today).days <= SOON_DAYS for due in open_due),
        dropped=sum(dropped is not None for _due, _kept, dropped in rows),
    )


def resources_to_take(contract: Contract) -> list[LocalResource]:
    """Equipment and services of the neighbourhoods of the contract that its register does not hold yet."""
    quarters = contract.neighbourhood_links.filter(rejected=False).values("neighbourhood")
    known = set(contract.ordinary_means.values_list("neighbourhood_id", "label"))
    found = LocalResource.objects.filter(territory__in=quarters, kind__in=list(TAKEN))
    return [
        resource
        for resource in found.select_related("territory", "source")
        if (resource.territory_id, resource.name) not in known
    ]


def partner_of(means: OrdinaryMeans) -> str:
    """The partner's name, as known here or as printed."""
    return means.partner.name if means.partner else means.partner_printed


def substitution_of(contract: Contract, means: Iterable[OrdinaryMeans]) -> list[Verdict]:
    """A question to each partner whose means fall while specific credits rise; alerts first."""
    specific = _specific(contract)
    verdicts = [
        verdict for ordinary, place in _ordinary(means) for verdict in look(ordinary, specific.get(place, ()))
    ]
    return sorted(verdicts, key=lambda verdict: verdict.ok is None)


def _specific(contract: Contract) -> dict[int | None, list[Specific]]:
    """Specific credits by neighbourhood (None: of wider places), each level apart."""
    lines = lines_of(contract).filter(origin=FundingLine.Origin.SPECIFIC)
    sums: dict[tuple[int | None, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    sources: dict[tuple[int | None, str], set[str]] = defaultdict(set)
    found = lines.values_list(
        "territory_id", "territory__kind", "level", "year", "amount_cents", "source__title"
    )
    for territory, kind, level, year, cents, source in found:
        key = (territory if kind == Territory.Kind.NEIGHBOURHOOD else None, level)
        sums[key][year] += cents
        sources[key].add(source or "maquette")
    labels = {value: str(label) for value, label in FundingLine.Level.choices}
    by_place: dict[int | None, list[Specific]] = defaultdict(list)
    for (place, level), years in sums.items():
        told = ", ".join(sorted(sources[place, level]))
        by_place[place].append(Specific(labels[level], dict(years), told))
    return by_place


def _ordinary(means: Iterable[OrdinaryMeans]) -> Iterable[tuple[Ordinary, int | None]]:
    """By partner and place. A year is known when every means with yearly amounts has one that year."""
    groups: dict[tuple[str, int | None], list[OrdinaryMeans]] = defaultdict(list)
    for each in means:
        groups[partner_of(each), each.neighbourhood_id].append(each)
    for (partner, place), together in groups.items():
        # A question is put to somebody.
        if not partner:
            continue
        years = sorted({each.year for each in together if each.year})
        ended: dict[int, list[str]] = defaultdict(list)
        for each in together:
            if each.ended_on and each.label not in ended[each.ended_on.year]:
                ended[each.ended_on.year].append(each.label)
        where = together[0].neighbourhood
        sources = sorted({str(each.source) for each in together if each.source})
        ordinary = Ordinary(
            partner=partner,
            place=where.name if where else together[0].contract.name,
            cents={year: _sum(together, year) for year in years},
            ended=dict(ended),
            source=", ".join(sources) or "registre",
        )
        yield ordinary, place


def _sum(together: list[OrdinaryMeans], year: int) -> int | None:
    """Cents of a year; None as soon as one of the means that are followed yearly says nothing of it."""
    total = 0
    for label in {each.label for each in together if each.year}:
        rows = [each for each in together if each.label == label]
        given = [each.amount_cents for each in rows if each.year == year and each.amount_cents is not None]
        over = any(each.ended_on and each.ended_on.year < year for each in rows)
        if not given and not over:
            return None
        total += sum(given)
    return total


def open_commitments(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Neither kept nor dropped."""
    return found.filter(Q(kept_on__isnull=True) & Q(dropped_on__isnull=True))

"""What the envelopes of a call still hold for a jury, and what a dossier asks of each funder. Integer cents.

Taken is what the funders' decisions hold (from the jury's favourable opinion on): money of one call, whatever
the jury that proposed it. A freeze or a cut lowers what is available, an addition raises it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When

from faubourg.rules.calls.deliberation import Room
from faubourg.rules.money_ladder import is_firm

from ..models import Application, CallFunder, Envelope, EnvelopeEvent, FunderDecision
from ..models.budget import NATURES

TAKING = ("favourable", "voted", "notified", "committed", "paid", "frozen")
GONE = ("withdrawn", "lapsed", "cancelled")
SIGNS = {
    EnvelopeEvent.Kind.ADDED: 1,
    EnvelopeEvent.Kind.RELEASE: 1,
    EnvelopeEvent.Kind.FREEZE: -1,
    EnvelopeEvent.Kind.CUT: -1,
}
NATURE_WORDS = dict(NATURES)
Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """One envelope as a jury sees it: what it holds now, what is taken."""

    envelope: Envelope
    available: int
    taken: int

    @property
    def left(self) -> int:
        """Negative once it is overrun."""
        return self.available - self.taken

    @property
    def over(self) -> int:
        """By how much it is overrun; zero when it is not."""
        return max(0, -self.left)

    @property
    def firm(self) -> bool:
        """Whether an assembly decided this money, or only foresees it."""
        return bool(is_firm(self.envelope.level))

    @property
    def name(self) -> str:
        """« Région, fonctionnement, 2015 », and the territory of one that is kept for it."""
        told = [self.envelope.funder.name, str(self.envelope.get_nature_display()), str(self.envelope.year)]
        return ", ".join([*told, *([self.envelope.territory.name] if self.envelope.territory else [])])

    def room(self, given: int, freed: int = 0) -> Room:
        """As the rule of deliberation reads it; `freed`: what this dossier already took."""
        return Room(self.name, self.available, self.taken - freed, given)


def envelopes_of(call_pk: int) -> QuerySet[Envelope]:
    """The envelopes of a call, each with what events changed of it (`changed`)."""
    sign = Case(
        *(When(events__kind=kind, then=Value(value)) for kind, value in SIGNS.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        Envelope.objects.filter(funder__call=call_pk)
        .select_related("funder", "territory")
        .annotate(changed=Sum(sign * F("events__amount_cents"), default=0))
        .order_by("funder__order", "funder", "year", "nature", "pk")
    )


def taking(call_pk: int) -> QuerySet[FunderDecision]:
    """The decisions that hold money of a call."""
    return FunderDecision.objects.filter(
        application__call=call_pk, state__in=TAKING, amount_cents__gt=0
    ).exclude(application__state__in=GONE)


def held_of(call_pk: int) -> list[Held]:
    """Each envelope with what is taken; two queries, four more when some are kept for a territory."""
    envelopes = list(envelopes_of(call_pk))
    taken: Mapping[Key, int] = {
        (row["funder"], row["nature"], row["year"]): row["cents"]
        for row in taking(call_pk)
        .order_by()
        .values("funder", "nature", "year")
        .annotate(cents=Sum("amount_cents"))
    }
    local = _taken_by_place(call_pk, envelopes)
    return [
        Held(
            envelope,
            envelope.amount_cents + getattr(envelope, "changed", 0),
            local.get(envelope.pk, 0) if envelope.territory_id else taken.get(_key(envelope), 0),
        )
        for envelope in envelopes
    ]


def _key(envelope: Envelope) -> Key:
    return (envelope.funder_id, envelope.nature, envelope.year)


def _taken_by_place(call_pk: int, envelopes: Sequence[Envelope]) -> dict[int, int]:
    kept = [envelope for envelope in envelopes if envelope.territory_id]
    if not kept:
        return {}
    rows = list(
        taking(call_pk)
        .filter(funder__in={envelope.funder_id for envelope in kept})
        .values_list("application", "funder", "nature", "year", "amount_cents")
    )
    places = places_of({row[0] for row in rows})
    found: dict[int, int] = defaultdict(int)
    for application, funder, nature, year, cents in rows:
        for envelope in kept:
            if _key(envelope) == (funder, nature, year) and envelope.territory_id in places[application]:
                found[envelope.pk] += cents
    return found


def places_of(applications: Iterable[int]) -> Mapping[int, set[int]]:
    """Every territory that a dossier stands in, by its places and its contract; three queries."""
    wanted = list(applications)
    found: dict[int, set[int]] = defaultdict(set)
    own = Application.objects.filter(pk__in=wanted).order_by()
    place = ("territories", "territories__epci", "territories__departement", "territories__region")
    for pk, *places in own.values_list("pk", *place):
        found[pk] |= {one for one in places if one}
    within = own.filter(territories__communes__isnull=False)
    for pk, commune in within.values_list("pk", "territories__communes__pk"):
        found[pk].add(commune)
    contract = ("contract__bearers__territory", "contract__departement", "contract__departement__region")
    for pk, *places in own.values_list("pk", *contract):
        found[pk] |= {one for one in places if one}
    return found


def drawn_on(held: Sequence[Held], application: Application, key: Key) -> list[Held]:
    """The envelopes on which this dossier draws for that funder, nature and year."""
    matching = [one for one in held if _key(one.envelope) == key]
    if not any(one.envelope.territory_id for one in matching):
        return matching
    places = places_of([application.pk])[application.pk]
    return [
        one for one in matching if one.envelope.territory_id is None or one.envelope.territory_id in places
    ]


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One line of the money of a dossier: what is asked, what a service and the jury propose."""

    funder: CallFunder
    nature: str
    year: int
    asked: int
    advised: int | None
    proposed: int | None

    @property
    def name(self) -> str:
        """Of its field in the form."""
        return f"cents-{self.funder.pk}-{self.nature}-{self.year}"

    @property
    def nature_word(self) -> str:
        """« fonctionnement », « investissement »."""
        return str(NATURE_WORDS.get(self.nature, self.nature))


def amount_rows(
    application: Application, proposed: Mapping[Key, int], held: Sequence[Held]
) -> list[AmountRow]:
    """What is asked first, then what else the envelopes of the call could give; two queries."""
    requests = list(application.requests.select_related("funder"))
    asked = {(one.funder_id, one.nature, one.year): one.cents for one in requests}
    advised = {one.funder_id: one for one in application.opinions.all()}
    funders = {one.funder_id: one.funder for one in requests}
    funders |= {one.envelope.funder_id: one.envelope.funder for one in held}
    keys = dict.fromkeys(
        [
            *asked,
            *proposed,
            *(_key(one.envelope) for one in held),
        ]
    )
    return [
        AmountRow(
            funders[key[0]],
            key[1],
            key[2],
            asked.get(key, 0),
            getattr(advised.get(key[0]), f"{key[1]}_cents", None),
            proposed.get(key),
        )
        for key in keys
        if key[0] in funders
    ]

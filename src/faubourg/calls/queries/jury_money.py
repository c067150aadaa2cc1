"""What the envelopes of a call still hold for a jury, and what a dossier asks of each funder. Integer cents.

Taken is what the funders' decisions hold (from the jury's favourable opinion on): money of one call, whatever
the jury that proposed it. A freeze or a cut lowers what is available, an addition raises it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, QuerySet, Sum, Value

from faubourg.rules.calls.deliberation import Room
from faubourg.rules.money_ladder import is_firm

from ..models import Application, Envelope, FunderDecision, FunderOpinion, FundingRequest, JuryItem
from ..models.budget import NATURES
from .envelopes import announced, draws_on, places_of_contracts

TAKING = ("favourable", "voted", "notified", "committed", "paid", "frozen")
GONE = ("withdrawn", "lapsed", "cancelled")
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


def taking(call_pk: int) -> QuerySet[FunderDecision]:
    """The decisions that hold money of a call."""
    return FunderDecision.objects.filter(
        application__call=call_pk, state__in=TAKING, amount_cents__gt=0
    ).exclude(application__state__in=GONE)


def held_of(
    call_pk: int,
    envelopes: Sequence[Envelope] | None = None,
    places: Mapping[int, set[int]] | None = None,
) -> list[Held]:
    """Each envelope with what is taken; two queries, one more when some are kept for a territory.

    `envelopes` as `announced`, `places` as `places_of_contracts`, when they are read already.
    """
    envelopes = list(announced(call_pk)) if envelopes is None else envelopes
    places = _places(call_pk, envelopes) if places is None else places
    rows = (
        taking(call_pk)
        .order_by()
        .values_list("funder", "nature", "year", "application__contract")
        .annotate(cents=Sum("amount_cents"))
    )
    found: dict[int, int] = defaultdict(int)
    for funder, nature, year, contract, cents in rows:
        for envelope in envelopes:
            if draws_on(envelope, (funder, nature, year), contract, places):
                found[envelope.pk] += cents
    return [
        Held(envelope, envelope.amount_cents + getattr(envelope, "changed", 0), found[envelope.pk])
        for envelope in envelopes
    ]


def _key(envelope: Envelope) -> Key:
    return (envelope.funder_id, envelope.nature, envelope.year)


def _places(call_pk: int, envelopes: Iterable[Envelope]) -> Mapping[int, set[int]]:
    """Read only when an envelope is kept for a territory."""
    local = any(envelope.territory_id for envelope in envelopes)
    return places_of_contracts(call_pk) if local else {}


def drawn_on(held: Sequence[Held], application: Application, key: Key) -> list[Held]:
    """The envelopes on which this dossier draws for that funder, nature and year; one query at most."""
    matching = [one for one in held if _key(one.envelope) == key]
    places = _places(application.call_id, (one.envelope for one in matching))
    return [one for one in matching if draws_on(one.envelope, key, application.contract_id, places)]


@dataclass(frozen=True, slots=True)
class Giver:
    """A funder of the call, by its key."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One line of the money of a dossier: what is asked, what a service and the jury propose."""

    funder: Giver
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


def amount_rows(item: JuryItem, held: Sequence[Held]) -> list[AmountRow]:
    """What is asked first, then what else the envelopes of the call could give; one query."""
    asked: dict[Key, int] = {}
    proposed: dict[Key, int] = {}
    givers: dict[int, Giver] = {}
    advice: dict[tuple[int, str], int | None] = {}
    for said, _, funder, name, nature, year, cents, more in _money_of(item):
        givers[funder] = Giver(funder, name)
        if said == "advised":
            advice |= {(funder, "operating"): cents, (funder, "investment"): more}
        else:
            (asked if said == "asked" else proposed)[funder, nature, year] = cents
    for one in held:
        givers[one.envelope.funder_id] = Giver(one.envelope.funder_id, one.envelope.funder.name)
    keys = dict.fromkeys([*asked, *proposed, *(_key(one.envelope) for one in held)])
    return [
        AmountRow(
            givers[key[0]],
            key[1],
            key[2],
            asked.get(key, 0),
            advice.get((key[0], key[1])),
            proposed.get(key),
        )
        for key in keys
    ]


def _money_of(item: JuryItem) -> list[tuple[str, int, int, str, str, int, int, int | None]]:
    """What is asked, advised (operating, then investment) and proposed of a dossier, funder by funder.

    (what it is, rank of the funder, its key, its name, nature, year, cents, cents).
    """
    told = ("funder__order", "funder", "funder__name")
    line = (*told, "nature", "year", "cents", Value(None, output_field=BigIntegerField()))
    advice = (*told, Value(""), Value(0), "operating_cents", "investment_cents")
    requests = FundingRequest.objects.filter(application=item.application_id).order_by()
    opinions = FunderOpinion.objects.filter(application=item.application_id).order_by()
    rows = requests.values_list(Value("asked"), *line).union(
        opinions.values_list(Value("advised"), *advice),
        item.amounts.order_by().values_list(Value("proposed"), *line),
        all=True,
    )
    return sorted(rows, key=lambda row: (row[1], row[2], row[5], row[4]))

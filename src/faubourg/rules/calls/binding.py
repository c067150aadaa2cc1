"""Which act binds a funder and a beneficiary: an order, a yearly convention, a pluri-annual one (CPO).

The pluri-annual one is the path proposed by default: an action that lasts or comes back is not bargained for
every year. Half of what a funder signs is the mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, mark
from .clocks import CONVENTION, CONVENTION_CENTS
from .rule_set import WHOLE_BP

PLURIANNUAL = LegalSource("circulaire du 31 août 2023 relative aux contrats de ville")
LEAST_PLURIANNUAL_BP = 5_000
USUAL_YEARS = 3


class Binding(StrEnum):
    """The act that attributes money."""

    ORDER = "order"
    CONVENTION = "convention"
    PLURIANNUAL = "pluriannual"


@dataclass(frozen=True, slots=True)
class Proposed:
    """The act to propose, for how many years, and why."""

    binding: Binding
    years: int
    reason: Reason


def propose(*, total_cents: int, years: int, granted_before: bool) -> Proposed:
    """`total_cents`: what the authority gives to this body that year, all calls together.

    `years`: how many are asked for; `granted_before`: whether it gave the year before.
    """
    if years > 1:
        sentence = mark("L’action est demandée sur {years} ans : une convention pluriannuelle est proposée.")
        return Proposed(
            Binding.PLURIANNUAL, years, Reason("years", True, sentence, {"years": years}, 1, years)
        )
    if granted_before:
        sentence = mark(
            "Une aide existait l’année précédente : une convention pluriannuelle est proposée, pour que "
            "l’action ne se renégocie pas chaque année."
        )
        return Proposed(Binding.PLURIANNUAL, USUAL_YEARS, Reason("granted_before", True, sentence))
    params = {"total": Cents(total_cents), "threshold": Cents(CONVENTION_CENTS)}
    if total_cents > CONVENTION_CENTS:
        sentence = mark("{total} cette année-là, plus de {threshold} : une convention est obligatoire.")
        binding = Binding.CONVENTION
    else:
        sentence = mark("{total} cette année-là, {threshold} au plus : un arrêté suffit.")
        binding = Binding.ORDER
    why = Reason("threshold", True, sentence, params, CONVENTION_CENTS, total_cents, CONVENTION)
    return Proposed(binding, 1, why)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what a funder signs is pluri-annual; basis points, None when it signed nothing."""

    pluriannual: int
    all: int

    @property
    def bp(self) -> int | None:
        """Cut, never rounded up to the mark that it misses."""
        return self.pluriannual * WHOLE_BP // self.all if self.all else None

    @property
    def met(self) -> bool | None:
        """Whether half is reached."""
        return None if self.bp is None else self.bp >= LEAST_PLURIANNUAL_BP


def pluriannual_share(bindings: Iterable[str]) -> Share:
    """Of the acts that a funder signed."""
    known = [Binding(binding) for binding in bindings]
    return Share(sum(binding is Binding.PLURIANNUAL for binding in known), len(known))

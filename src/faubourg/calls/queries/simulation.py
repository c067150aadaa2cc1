"""A version of the rules tried on the dossiers that a call received: whose answer would change, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from faubourg.people.access import Visitor
from faubourg.rules.calls import Past, RuleSet, Simulation, simulate
from faubourg.rules.calls.simulation import Flip

from ..models import Application, Call
from .applications import without_recused
from .calls import rules_of
from .facts import facts_of_many


@dataclass(frozen=True, slots=True)
class Tried:
    """The simulation, and each dossier whose answer changes."""

    simulation: Simulation
    flips: tuple[tuple[Application, Flip], ...]


def tried_on(call: Call, draft: RuleSet, person: Visitor) -> Tried:
    """The dossiers that were submitted, at the moment they were; none from which this person stands back."""
    current = rules_of(call)
    if current is None:
        return Tried(Simulation(0, ()), ())
    submitted = Application.objects.filter(call=call, submitted_at__isnull=False).order_by("pk")
    dossiers: dict[str, Application] = {}

    def past() -> Iterator[Past]:
        for application, facts in facts_of_many(without_recused(submitted, person)):
            if application.submitted_at is not None:
                dossiers[str(application.pk)] = application
                yield Past(str(application.pk), facts, application.submitted_at)

    found = simulate(past(), current, draft)
    return Tried(found, tuple((dossiers[flip.ref], flip) for flip in found.flips))

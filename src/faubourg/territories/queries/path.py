"""Where a neighbourhood stands on its path: its written steps, else what its perimeters tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from faubourg.rules.neighbourhood_path import STATE_NAMES, State, state_of_list

from ..models import PathStep, Perimeter, Territory
from .thread import in_force, perimeters_of

Kind = Perimeter.Kind


@dataclass(frozen=True, slots=True)
class Path:
    """The steps from the oldest to the newest. When none is written, the one step there may be is derived.

    The derived step is not in the database: `steps[0].pk` is None.
    """

    steps: tuple[PathStep, ...]

    @property
    def state(self) -> State:
        """The present state."""
        return State(self.steps[-1].state) if self.steps else State.NONE

    @property
    def name(self) -> str:
        """The present state in words."""
        return gettext(STATE_NAMES[self.state])

    @property
    def since(self) -> date | None:
        """Since when, when known."""
        return self.steps[-1].since if self.steps else None

    @property
    def derived(self) -> PathStep | None:
        """The present state when nobody has written it."""
        return self.steps[-1] if self.steps and self.steps[-1].pk is None else None

    @property
    def newest_first(self) -> tuple[PathStep, ...]:
        """As a page shows them."""
        return self.steps[::-1]

    def __bool__(self) -> bool:
        return bool(self.steps)


def path_of(neighbourhood: Territory, on: date, perimeters: Sequence[Perimeter] | None = None) -> Path:
    """One query, or two when the perimeters are not at hand."""
    steps = tuple(PathStep.objects.filter(territory=neighbourhood).order_by("id"))
    if steps:
        return Path(steps)
    known = perimeters_of(neighbourhood) if perimeters is None else perimeters
    derived = _derived(neighbourhood, list(known), on)
    return Path((derived,) if derived else ())


def _derived(neighbourhood: Territory, perimeters: list[Perimeter], on: date) -> PathStep | None:
    """The list of 2024 before all; then what is foreseen; then a list that is over."""
    listed = [p for p in in_force(perimeters, on) if p.kind == Kind.QPV_2024]
    foreseen = [p for p in in_force(perimeters, on) if p.kind == Kind.FORESEEN]
    over = [
        p for p in perimeters if p.kind in {Kind.QPV_2015, Kind.QPV_2024} and p.valid_to and p.valid_to < on
    ]
    if listed:
        return _step(neighbourhood, state_of_list(neighbourhood.code), listed[0], listed[0].valid_from)
    if foreseen:
        return _step(neighbourhood, State.FORESEEN, foreseen[0], foreseen[0].valid_from)
    return _step(neighbourhood, State.HISTORIC, over[0], over[0].valid_to) if over else None


def _step(neighbourhood: Territory, state: State, basis: Perimeter, since: date | None) -> PathStep:
    return PathStep(
        territory=neighbourhood,
        state=state.value,
        since=since,
        reference=basis.legal_reference,
        basis=PathStep.Basis.DERIVED,
    )

"""What an authority decided for one instrument and one vintage, as data: nothing about a call is in code.

Money is integer cents, shares are basis points (10,000 = the whole), a moment is aware. What the text leaves
open says so in `to_confirm`: it is applied as written here and shown as unconfirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..verdict import LegalSource

WHOLE_BP = 10_000


class Sanction(StrEnum):
    """What being outside a window, or without an opinion, does to a dossier."""

    BLOCK = "block"
    LATE_FLAG = "late_flag"
    WARN = "warn"


class Step(StrEnum):
    """The two steps of a call: « fiche synthétique », then « dossier complet »."""

    INTENT = "intent"
    APPLICATION = "application"


class Base(StrEnum):
    """Of what the local share is a share."""

    TOTAL_BUDGET = "total_budget"
    ELIGIBLE_COST = "eligible_cost"
    PUBLIC_FUNDING = "public_funding"


class Condition(StrEnum):
    """What a measure may ask of a project, answered by yes or no."""

    PRIORITY_GEOGRAPHY = "priority_geography"
    SHARED_DIAGNOSIS = "shared_diagnosis"
    EPCI_RANKED = "epci_ranked"
    OBJECTIVE_LINKED = "objective_linked"


class Status(StrEnum):
    """A set is written, published, frozen with its call, then retired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    FROZEN = "frozen"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Window:
    """When a step is open; both ends belong to it, to the second. `opens` is None when nothing says it."""

    step: Step
    closes: datetime
    sanction: Sanction
    opens: datetime | None = None
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class LocalShare:
    """At least so much of the base is paid by these levels of local authorities."""

    least_bp: int
    base: Base
    payers: tuple[str, ...]
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of a measure."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One « fiche » of a call.

    `floor_cents` bears on what is *requested*; `ceilings_cents` on what is requested for each nature;
    `natures` and `applicants` are those that it accepts (empty: any). With `themes_required`, one at least.
    """

    code: str
    name: str
    article: str = ""
    floor_cents: int | None = None
    ceilings_cents: Mapping[str, int] | None = None
    natures: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    local_share: LocalShare | None = None
    themes: tuple[Theme, ...] = ()
    themes_required: bool = False
    conditions: tuple[Condition, ...] = ()
    content_review: bool = True
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A situation that shuts a measure out; `exception` names the way back in, empty when there is none.

    `measures` empty: all of them.
    """

    code: str
    name: str
    exception: str = ""
    measures: tuple[str, ...] = ()
    to_confirm: str = ""

    def bears_on(self, measure: str) -> bool:
        """Whether it looks at this measure."""
        return not self.measures or measure in self.measures


@dataclass(frozen=True, slots=True)
class Jury:
    """Who decides; the one that is the `fallback` examines what a territory cannot."""

    code: str
    name: str
    members: tuple[str, ...] = ()
    fallback: bool = False
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document without which a dossier is not complete; `measures` empty: all of them."""

    code: str
    name: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the scoring grid; the weights of a grid make the whole."""

    code: str
    name: str
    weight_bp: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The published scoring grid: each criterion is marked from 0 to `most`."""

    most: int
    criteria: tuple[Criterion, ...]
    to_confirm: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The territory of a set: a kind of place and its codes."""

    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One instrument of one authority, in one vintage. Both days of validity belong to it."""

    id: str
    version: int
    name: str
    instrument: str
    authority: str
    scope: Scope
    valid_from: date
    valid_to: date | None
    status: Status
    source: LegalSource
    measures: tuple[Measure, ...]
    windows: tuple[Window, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    juries: tuple[Jury, ...] = ()
    pieces: tuple[Piece, ...] = ()
    prior_contacts: tuple[str, ...] = ()
    intent_opinion: Sanction | None = None
    grid: Grid | None = None
    to_confirm: str = ""

    def measure(self, code: str) -> Measure | None:
        """The measure of this code."""
        return next((measure for measure in self.measures if measure.code == code), None)

    def window(self, step: Step) -> Window | None:
        """The window of this step."""
        return next((window for window in self.windows if window.step is step), None)

    def jury(self, *, territory_examines: bool) -> Jury | None:
        """Who examines a dossier: the territory's jury, or the one that takes what a territory cannot."""
        return next((jury for jury in self.juries if jury.fallback is not territory_examines), None)

    def in_force(self, on: date) -> bool:
        """Whether it may be applied to something whose reference day is this one."""
        published = self.status in (Status.PUBLISHED, Status.FROZEN)
        return published and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def resolve(
    sets: tuple[RuleSet, ...], *, instrument: str, authority: str, places: tuple[str, ...], on: date
) -> RuleSet | None:
    """The most specific set in force; `places` are the codes that hold the dossier, « kind:code », narrowest
    first. Among two for the same place, the one that began last, then the highest version.
    """
    found = [
        (-rank, rule_set.valid_from, rule_set.version, rule_set)
        for rule_set in sets
        if (rule_set.instrument, rule_set.authority) == (instrument, authority) and rule_set.in_force(on)
        for rank, place in enumerate(places)
        if place in {f"{rule_set.scope.kind}:{code}" for code in rule_set.scope.codes}
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None

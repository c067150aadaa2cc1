"""What a rule set is asked about: one dossier, as it stands when it is judged.

Money is integer cents. None means that nobody said it yet: it is never guessed. `local_cents` is by level of
local authority; `requests_cents`, what is asked of the authority of the set, by nature of expense.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .rule_set import Condition, Step


@dataclass(frozen=True, slots=True)
class Claim:
    """The exception that an applicant invokes: why, and what was decided of it (None: not yet)."""

    justification: str
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One dossier, for one measure."""

    measure: str
    requests_cents: Mapping[str, int]
    budget_cents: int | None = None
    eligible_cents: int | None = None
    public_cents: int | None = None
    local_cents: Mapping[str, int] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    conditions: Mapping[Condition, bool] = field(default_factory=dict)
    excluded: Mapping[str, bool] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    contacts: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()
    conforming: bool | None = None
    applicant: str = ""
    step: Step = Step.APPLICATION

    @property
    def asked_cents(self) -> int:
        """All that is asked of this authority, every nature together."""
        return sum(self.requests_cents.values())

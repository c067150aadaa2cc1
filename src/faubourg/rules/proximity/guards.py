"""Which guards of the circuits are satisfied, from facts: what `may_move(given=…)` asks for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..circuit import REASON
from .circuits import agreement, report, walk
from .deadlines import judge_silence, review_from

FEWEST_STOPS = 2


class Witness(StrEnum):
    """Who says what was seen."""

    RESIDENT = "resident"
    RELAY = "relay"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What an act on a report is judged on; `original_state` is that of the first report, None without one.

    `witness` looked and was satisfied, `witness_did_it`: the same person declared it done.
    """

    today: date
    reason: str = ""
    referent_present: bool = False
    planned_on: date | None = None
    original_state: str | None = None
    witness: Witness | None = None
    witness_did_it: bool = False
    declared_done_on: date | None = None
    answered_on: date | None = None
    desk: str = ""
    consented: bool = False


def given_for_report(facts: ReportFacts) -> frozenset[str]:
    """The guards of REPORT that are satisfied."""
    silent = (
        facts.declared_done_on is not None
        and judge_silence(facts.declared_done_on, facts.answered_on, facts.today).met is True
    )
    return _given(
        {
            REASON: bool(facts.reason.strip()),
            report.REFERENT: facts.referent_present,
            report.PLANNED_DAY: facts.planned_on is not None and facts.planned_on >= facts.today,
            report.ORIGINAL: facts.original_state not in (None, "", "duplicate"),
            report.VERIFICATION: facts.witness in (Witness.RESIDENT, Witness.RELAY)
            and not facts.witness_did_it,
            report.SILENCE: silent,
            report.DESK: bool(facts.desk),
            report.CONSENT: facts.consented,
        }
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What a walk says before anybody takes part: the three are written."""

    negotiable: str
    not_negotiable: str
    allowed: str

    @property
    def written(self) -> bool:
        """Whether nobody has to guess."""
        return all(text.strip() for text in (self.negotiable, self.not_negotiable, self.allowed))


@dataclass(frozen=True, slots=True)
class WalkFacts:
    """`unread`: photos and texts that nobody looked at; `unanswered`: observations kept without an action nor
    a reason; `actions`: those of the plan.
    """

    today: date
    reason: str = ""
    frame: Frame | None = None
    stops: int = 0
    guests: int = 0
    unread: int = 0
    unanswered: int = 0
    actions: int = 0
    restored_on: date | None = None


def given_for_walk(facts: WalkFacts) -> frozenset[str]:
    """The guards of WALK that are satisfied."""
    return _given(
        {
            REASON: bool(facts.reason.strip()),
            walk.FRAME: facts.frame is not None and facts.frame.written,
            walk.ITINERARY: facts.stops >= FEWEST_STOPS,
            walk.GUESTS: facts.guests > 0,
            walk.REDACTION: facts.unread == 0,
            walk.PLAN: facts.actions > 0 and facts.unanswered == 0,
            walk.SIX_MONTHS: facts.restored_on is not None and facts.today >= review_from(facts.restored_on),
        }
    )


PARTIES = frozenset({"landlord", "commune", "epci", "state"})
VISITORS = frozenset({"landlord", "authority", "residents"})


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """`signed`, `visitors`, `cosigned`: who did, by kind; `without`: parties that do not exist there."""

    today: date
    reason: str = ""
    has_plan: bool = False
    signed: Collection[str] = ()
    without: Collection[str] = ()
    review_complete: bool = False
    visitors: Collection[str] = ()
    cosigned: Collection[str] = ()
    ends_on: date | None = None


def given_for_agreement(facts: AgreementFacts) -> frozenset[str]:
    """The guards of TFPB that are satisfied."""
    return _given(
        {
            REASON: bool(facts.reason.strip()),
            agreement.PLAN: facts.has_plan,
            agreement.PARTIES: PARTIES - {*facts.without} <= {*facts.signed},
            agreement.REVIEW: facts.review_complete,
            agreement.VISIT: {*facts.visitors} >= VISITORS,
            agreement.COSIGN: {*facts.cosigned} >= {"authority", "state"},
            agreement.TERM: facts.ends_on is not None and facts.today > facts.ends_on,
        }
    )


def _given(told: dict[str, bool]) -> frozenset[str]:
    return frozenset(guard for guard, met in told.items() if met)

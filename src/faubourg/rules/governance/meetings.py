"""The life of a meeting: planned, convened, held, or cancelled; one table, every refusal says why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from faubourg.rules.verdict import Reason, Verdict, mark


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CONVENED = "convened"
    HELD = "held"
    CANCELLED = "cancelled"


STATE_NAMES = {
    State.PLANNED: mark("prévue"),
    State.CONVENED: mark("convoquée"),
    State.HELD: mark("tenue"),
    State.CANCELLED: mark("annulée"),
}


class Act(StrEnum):
    """What somebody may do to a meeting."""

    CONVENE = "convene"
    RESCHEDULE = "reschedule"
    HOLD = "hold"
    REOPEN = "reopen"
    CANCEL = "cancel"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Transition:
    """The states it starts from, each named, where it leads, whether somebody has to say why."""

    act: Act
    name: str
    sources: tuple[State, ...]
    target: State
    asks_reason: bool = False


TABLE = (
    Transition(Act.CONVENE, mark("convoquer"), (State.PLANNED,), State.CONVENED),
    Transition(Act.RESCHEDULE, mark("déplacer"), (State.PLANNED, State.CONVENED), State.PLANNED),
    Transition(Act.HOLD, mark("clôturer la séance"), (State.PLANNED, State.CONVENED), State.HELD),
    Transition(Act.REOPEN, mark("rouvrir la séance"), (State.HELD,), State.CONVENED, asks_reason=True),
    Transition(
        Act.CANCEL, mark("annuler"), (State.PLANNED, State.CONVENED), State.CANCELLED, asks_reason=True
    ),
    Transition(Act.RESTORE, mark("rétablir"), (State.CANCELLED,), State.PLANNED),
)
BY_ACT = {transition.act: transition for transition in TABLE}


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: the present state, when the meeting starts, the moment of the act, what is ready."""

    state: State
    starts_at: datetime
    at: datetime
    points: int = 0
    reason: str = ""
    minutes_validated: bool = False


def judge(act: Act, facts: Facts) -> Verdict:
    """May this be done now? Every condition is told, met or not."""
    transition = BY_ACT[act]
    reasons = [_from(transition, facts.state)]
    if act == Act.CONVENE:
        reasons += [_has_agenda(facts), _not_begun(facts)]
    if act == Act.HOLD:
        reasons.append(_begun(facts))
    if act == Act.REOPEN:
        reasons.append(_not_validated(facts))
    if transition.asks_reason:
        reasons.append(Reason("reason", bool(facts.reason.strip()), mark("Dites en une phrase pourquoi.")))
    return Verdict(tuple(reasons))


def offered(facts: Facts) -> tuple[Transition, ...]:
    """The acts that start from this state, whether or not something else stands in their way."""
    return tuple(transition for transition in TABLE if facts.state in transition.sources)


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {STATE_NAMES[State.PLANNED]}"]
    for transition in TABLE:
        for source in transition.sources:
            arrow = f"    {STATE_NAMES[source]} --> {STATE_NAMES[transition.target]}: {transition.name}"
            lines.append(f"{arrow} (motivé)" if transition.asks_reason else arrow)
    return "\n".join(lines) + "\n"


def _from(transition: Transition, state: State) -> Reason:
    return Reason(
        code="state",
        met=state in transition.sources,
        template=mark("« {act} » ne s’applique pas à une réunion {state}."),
        params={"act": transition.name, "state": STATE_NAMES[state]},
        threshold=transition.sources,
        operand=state,
    )


def _has_agenda(facts: Facts) -> Reason:
    return Reason(
        "agenda",
        facts.points > 0,
        mark("La convocation porte l’ordre du jour : ajoutez-y au moins un point."),
        threshold=1,
        operand=facts.points,
    )


def _not_begun(facts: Facts) -> Reason:
    return Reason(
        "future",
        facts.at < facts.starts_at,
        mark(
            "Elle a déjà commencé : trop tard pour convoquer. Notez les présences, puis clôturez la séance."
        ),
        threshold=facts.starts_at,
        operand=facts.at,
    )


def _begun(facts: Facts) -> Reason:
    return Reason(
        "begun",
        facts.at >= facts.starts_at,
        mark("Elle n’a pas encore commencé : la séance se clôture une fois tenue."),
        threshold=facts.starts_at,
        operand=facts.at,
    )


def _not_validated(facts: Facts) -> Reason:
    return Reason(
        "minutes",
        not facts.minutes_validated,
        mark("Son compte rendu est validé : il ne se rouvre plus. Corrigez à la réunion suivante."),
    )

"""What each act of a call's circuit cannot do without, verified from what is recorded."""

from collections.abc import Callable, Iterable
from datetime import datetime

from faubourg.rules.calls import Phase, RuleSet, Step, opening

from ..models import Application, Call, Juror, JurySession, RuleSetVersion
from .calls import rules_of
from .envelopes import EnvelopeLine, envelopes_of

# A dossier in one of these states waits for nothing more.
SETTLED = frozenset({"draft", "inadmissible", "rejected", "settled", "withdrawn", "lapsed", "cancelled"})
State = JurySession.State


def guards_of(call: Call, act: str, at: datetime, lines: Iterable[EnvelopeLine] | None = None) -> set[str]:
    """The guards of this act that are satisfied, no other looked at; `lines`: envelopes already read."""
    checks: dict[str, Callable[[Call, datetime], set[str]]] = {
        "review": _rules,
        "publish": _rules,
        "open-intents": _by_hand,
        "open-applications": _by_hand,
        "reopen": _by_hand,
        "convene": _interests,
        "programme": lambda row, moment: _programme(row, lines),
        "close": _settled,
    }
    check = checks.get(act)
    return check(call, at) if check else set()


def _rules(call: Call, at: datetime) -> set[str]:
    version = call.rule_set
    rules = rules_of(call)
    if version is None or rules is None or version.status == RuleSetVersion.Status.RETIRED:
        return set()
    return {"rules"} | ({"grid"} if rules.grid else set())


def _by_hand(call: Call, at: datetime) -> set[str]:
    """A step without a window is opened by hand; one with a window reopens while it lasts."""
    rules = rules_of(call)
    if rules is None:
        return set()
    intents, dossiers = (_phase(step, rules, at) for step in (Step.INTENT, Step.APPLICATION))
    return (
        ({"by-hand-intents"} if intents is Phase.BY_HAND else set())
        | ({"by-hand-applications"} if dossiers is Phase.BY_HAND else set())
        | ({"window"} if dossiers in (Phase.BY_HAND, Phase.OPEN) else set())
    )


def _phase(step: Step, rules: RuleSet, at: datetime) -> Phase:
    return opening(step, rules, at).phase


def _interests(call: Call, at: datetime) -> set[str]:
    """Somebody sits, and everybody who sits declared."""
    declared = list(
        Juror.objects.filter(jury__call=call, left_on__isnull=True).values_list("declared_at", flat=True)
    )
    return {"interests"} if declared and None not in declared else set()


def _programme(call: Call, lines: Iterable[EnvelopeLine] | None) -> set[str]:
    held = list(JurySession.objects.filter(jury__call=call).values_list("state", flat=True))
    signed = bool(held) and all(state == State.SIGNED for state in held)
    over = any(line.over for line in (envelopes_of(call) if lines is None else lines))
    return ({"minutes"} if signed else set()) | (set() if over else {"envelopes"})


def _settled(call: Call, at: datetime) -> set[str]:
    waiting = Application.objects.filter(call=call).exclude(state__in=SETTLED).exists()
    return set() if waiting else {"settled"}

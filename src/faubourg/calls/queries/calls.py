"""Calls and their rules as they are read: the state is that of this second, whatever was last written."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from faubourg.rules.calls import RuleSet, Step, may_receive, read, state_at
from faubourg.rules.verdict import Verdict

from ..models import Call, RuleSetVersion
from .rights import rights_through

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What the clock may still move; the rest waits for somebody.
CLOCKED = ("published", "intents_open", "intents_closed", "applications_open")
DRAFTS = ("draft", "reviewed")
# From its publication to its examination, a call may still take something.
RECEIVING = (*CLOCKED, "applications_closed")


def call_by_code(code: str) -> Call | None:
    """A call with what its rights are read from, in the state of this second; three queries."""
    found = (
        Call.objects.select_related("lead", "territory", "rule_set")
        .prefetch_related(*rights_through())
        .filter(code=code)
        .first()
    )
    return found and as_of(found)


def as_of(call: Call, at: datetime | None = None) -> Call:
    """The same row, its state moved in memory by what the clock has made due; nothing is written."""
    if call.state in CLOCKED:
        call.state = state_at(call.state, rules_of(call), at or timezone.now())
    return call


def told_of(version: RuleSetVersion) -> dict[str, Any]:
    """What a version says, its code, number and status included: what a file of it holds."""
    row = {"id": version.code, "version": version.number, "status": version.status}
    return {**row, **version.told, **row}


def rules_in(version: RuleSetVersion) -> RuleSet:
    """The set that a version tells; ValueError when what was kept no longer reads."""
    found = read(told_of(version))
    if found.rule_set is None:
        raise ValueError(f"rule set {version.code} v{version.number} cannot be read")
    return found.rule_set


def rules_of(call: Call) -> RuleSet | None:
    """The rules of a call; None as long as none was chosen."""
    return rules_in(call.rule_set) if call.rule_set else None


def receives(call: Call, step: Step, at: datetime | None = None) -> Verdict:
    """Whether the call takes a summary sheet or a dossier at that second, with the reason to show."""
    return may_receive(step, as_of(call, at).state, rules_of(call), at or timezone.now())


def published_calls() -> "QuerySet[Call]":
    """What everybody may list."""
    found = Call.objects.exclude(state__in=DRAFTS).select_related("lead", "territory", "rule_set")
    return found.prefetch_related("contracts")


def taking(calls: Iterable[Call], at: datetime | None = None) -> set[int]:
    """The keys of those that take a summary sheet or a dossier at that second, late ones included."""
    moment = at or timezone.now()
    return {
        call.pk
        for call in calls
        if any(receives(call, step, moment).ok is not False for step in (Step.INTENT, Step.APPLICATION))
    }

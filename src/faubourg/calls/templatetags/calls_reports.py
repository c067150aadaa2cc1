"""`{% load calls_reports %}`: where a report stands, what a step of it did."""

from django import template
from django.utils.translation import gettext

from faubourg.rules.calls.circuits import RECOVERY, REPORT_CIRCUIT, Circuit

from ..models import RecoveryStep, Report, ReportStep

register = template.Library()

_TONES = {
    "reminded": "warn",
    "to_complete": "warn",
    "new_dates": "warn",
    "not_done": "bad",
    "validated": "good",
    "closed": "good",
}


@register.filter
def report_state(report: Report) -> str:
    """Where a report stands, in words."""
    return gettext(REPORT_CIRCUIT.states[report.state])


@register.filter
def report_tone(report: Report) -> str:
    """The tone of its badge."""
    return _TONES.get(report.state, "info")


@register.filter
def report_move(step: ReportStep) -> str:
    """What a step of a report did: « Valider »."""
    return _move(REPORT_CIRCUIT, step.move)


@register.filter
def recovery_move(step: RecoveryStep) -> str:
    """What a step of a recovery did."""
    return _move(RECOVERY, step.move)


def _move(circuit: Circuit, act: str) -> str:
    try:
        return gettext(circuit.by_act(act).name)
    except KeyError:
        return act

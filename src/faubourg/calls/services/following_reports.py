"""The dossier follows its reports: handed in, checked, settled, when all of them are."""

from collections.abc import Set as AbstractSet
from datetime import date

from faubourg.base.actor import Actor
from faubourg.rules.calls.circuits import APPLICATION

from ..models import Application, Report
from ..queries.reports import OPEN_RECOVERIES, is_settled
from .moving import locked, move

_AWAITED = ("", "awaited", "reminded", "to_complete", "new_dates")
# For each act of the dossier, the states of another report that keep it waiting.
_WAITS_FOR: dict[str, tuple[str, ...]] = {
    "report": _AWAITED,
    "check": (*_AWAITED, "handed_in", "not_done"),
    "settle": (*_AWAITED, "handed_in", "not_done", "validated"),
}


def follow(report: Report, act: str, *, by: Actor, on: date) -> None:
    """Move the dossier as its last report moves; nothing when another year is still owed."""
    application = locked(report.application)
    others = application.reports.exclude(pk=report.pk)
    if others.filter(state__in=_WAITS_FOR[act]).exists() or _has_later_money(application, report.year):
        return
    given = {"paid"} if act == "settle" and is_settled(application) else set[str]()
    _move_if_possible(application, act, by=by, on=on, given=given)


def follow_recovery(application: Application, act: str, *, by: Actor, on: date, note: str = "") -> None:
    """The dossier is being recovered, then settled once nothing is owed any more."""
    held = locked(application)
    if act == "settle-recovery" and held.recoveries.filter(state__in=OPEN_RECOVERIES).exists():
        return
    _move_if_possible(held, act, by=by, on=on, given={"heard", "repaid"}, note=note)


def _has_later_money(application: Application, year: int) -> bool:
    later = application.decisions.filter(year__gt=year).exclude(state__in=["refused", "cancelled"])
    return later.exists()


def _move_if_possible(
    application: Application, act: str, *, by: Actor, on: date, given: AbstractSet[str], note: str = ""
) -> None:
    if not APPLICATION.may_start(act, application.state).ok:
        return
    if act == "settle" and "paid" not in given:
        return
    move(application, APPLICATION, act, by=by, on=on, given=given, note=note)

"""What a funder's service thinks of a dossier; two people of one service never overwrite each other."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.calls.opinions import Opinion, judge_opinion
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, CallFunder, FunderOpinion, JuryItem
from .moving import locked, move


@transaction.atomic
def give_opinion(
    *,
    application: Application,
    funder: CallFunder,
    values: Mapping[str, Any],
    base_version: int,
    by: Actor,
    on_behalf: str | None = None,
    on: date | None = None,
) -> FunderOpinion:
    """Give or change it; the first opinion on a complete dossier begins its examination.

    `values`: sense, text, operating_cents, investment_cents. `base_version`: 0 when there was none; Conflict
    when somebody wrote in between. `on_behalf`: how the service said it (None: it writes itself).
    """
    held = locked(application)
    row = FunderOpinion.objects.select_for_update().filter(application=held, funder=funder).first()
    _judge(held, funder, row, values)
    refuse_unless(_explained(on_behalf))
    if (row.version if row else 0) != base_version:
        raise Conflict
    before = _told(row) if row else {}
    row = row or FunderOpinion(application=held, funder=funder, version=0)
    for name in ("sense", "text", "operating_cents", "investment_cents"):
        setattr(row, name, values[name])
    row.given_on, row.given_by, row.given_by_name = on or timezone.localdate(), by.ref, by.name
    row.on_behalf, row.version = (on_behalf or "").strip(), row.version + 1
    row.save()
    journal.record(
        by=by,
        act="calls.opinion_given",
        kind="application",
        ref=str(held.pk),
        before=before,
        after=_told(row),
        reason=row.on_behalf,
    )
    if held.state == "complete":
        move(held, APPLICATION, "examine", by=by)
    return row


def lock_opinions(*, application: Application, at: datetime) -> None:
    """The jury decided: what was thought before stays as it was. Inside the decision’s transaction."""
    application.opinions.filter(locked_at=None).update(locked_at=at)


def is_locked(application: Application, opinion: FunderOpinion | None = None) -> bool:
    """Whether a jury has decided of it; an adjourned dossier comes back to its services."""
    if application.state == "adjourned":
        return False
    if opinion is not None and opinion.locked_at is not None:
        return True
    decided = JuryItem.objects.filter(application=application).exclude(
        decision__in=["", JuryItem.Decision.ADJOURNED]
    )
    return decided.exists()


def _judge(
    application: Application, funder: CallFunder, row: FunderOpinion | None, values: Mapping[str, Any]
) -> None:
    asked: dict[str, int] = {}
    for request in application.requests.filter(funder=funder):
        asked[request.nature] = asked.get(request.nature, 0) + request.cents
    proposed = {
        "operating": values["operating_cents"],
        "investment": values["investment_cents"],
    }
    refuse_unless(
        judge_opinion(
            Opinion(values["sense"], values["text"], proposed),
            state=application.state,
            locked=is_locked(application, row),
            asked_cents=asked,
        )
    )


def _explained(on_behalf: str | None) -> Verdict:
    if on_behalf is None or on_behalf.strip():
        return Verdict.yes()
    return Verdict.no("on_behalf", mark("Dites comment ce financeur a donné son avis, et qui l’a donné."))


def _told(row: FunderOpinion) -> dict[str, Any]:
    return {
        "funder": row.funder.name,
        "sense": str(FunderOpinion.Sense(row.sense).label),
        "operating": row.operating_cents,
        "investment": row.investment_cents,
    }

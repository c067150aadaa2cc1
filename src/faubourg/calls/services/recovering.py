"""Money asked back: prepared, discussed with who received it, issued, given back or dropped."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import override

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.sentences import in_words
from faubourg.rules.calls.circuits import RECOVERY
from faubourg.rules.calls.surplus import judge_amount, judge_hearing
from faubourg.rules.verdict import Verdict, mark

from ..models import Payment, Recovery, Report
from ..queries.reports import accounts_of
from ..reminding import recovery_letter
from .following_reports import follow_recovery
from .moving import locked, move

EDITABLE = frozenset({"draft", "hearing"})


def open_recoveries(*, report: Report, by: Actor, on: date | None = None) -> list[Recovery]:
    """A draft for each funder that paid more than the cost justifies; one that stands is left as it is."""
    day = on or timezone.localdate()
    known = set(report.recoveries.exclude(state="dropped").values_list("funder", flat=True))
    found = []
    for account in accounts_of(report):
        if not account.settlement.back_cents or account.funder.pk in known:
            continue
        with override("fr"):
            reason = in_words(account.reason)
        recovery = Recovery.objects.create(
            application=report.application,
            report=report,
            funder=account.funder,
            cents=account.settlement.back_cents,
            reason=reason,
            state="",
            opened_on=day,
            by_name=by.name,
        )
        told = {"cents": recovery.cents}
        move(recovery, RECOVERY, "open", by=by, on=day, note=reason, told=told)
        found.append(recovery)
    return found


def edit(*, recovery: Recovery, cents: int, reason: str, base_version: int, by: Actor) -> Recovery:
    """Another amount or other words, before the title; never more than was paid, nor than was discussed."""
    with transaction.atomic():
        held = locked(recovery, base_version)
        refuse_unless(_editable(held))
        most = paid_by(held) if held.state == "draft" else held.cents
        refuse_unless(Verdict((judge_amount(cents, most),)))
        before = {"cents": held.cents, "reason": held.reason}
        held.cents, held.reason = cents, reason
        held.version += 1
        held.save(update_fields=["cents", "reason", "version"])
        journal.record(
            by=by, act="recovery.edited", kind="recovery", ref=str(held.pk),
            before=before, after={"cents": cents, "reason": reason},
        )  # fmt: skip
    return held


def paid_by(recovery: Recovery) -> int:
    """Cents that this funder paid to this dossier."""
    paid = Payment.objects.filter(
        decision__application=recovery.application_id, decision__funder=recovery.funder_id, state="paid"
    )
    return paid.aggregate(total=Sum("cents"))["total"] or 0


def _editable(recovery: Recovery) -> Verdict:
    if recovery.state in EDITABLE:
        return Verdict.yes()
    return Verdict.no(
        "recovery_is_issued", mark("Le titre est émis : le montant ne change plus. Abandonnez-le au besoin.")
    )


def hear(
    *, recovery: Recovery, answer_by: date, base_version: int, by: Actor, on: date | None = None
) -> Recovery:
    """Tell the beneficiary what is thought of, and until when it may answer; a letter waits to be sent."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(recovery, base_version)
        refuse_unless(Verdict((judge_hearing(answer_by, day),)))
        held.answer_by = answer_by
        told = {"until": answer_by.isoformat()}
        move(held, RECOVERY, "hear", by=by, on=day, given={"deadline"}, told=told)
        held.application.letters.create(funder=held.funder, **recovery_letter(held))
    return held


def answer(
    *, recovery: Recovery, text: str, base_version: int, by: Actor, on: date | None = None
) -> Recovery:
    """What the beneficiary has to say; it may say it again until the title."""
    with transaction.atomic():
        held = locked(recovery, base_version)
        held.answer = text
        move(held, RECOVERY, "answer", by=by, on=on, note=text)
    return held


def issue(*, recovery: Recovery, base_version: int, by: Actor, on: date | None = None) -> Recovery:
    """The title leaves: only once the beneficiary answered or had the time to."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(recovery, base_version)
        answered = held.answer.strip() != ""
        late = held.answer_by is not None and held.answer_by < day
        held.issued_on = day
        given = {"heard"} if answered or late else set[str]()
        move(held, RECOVERY, "issue", by=by, on=day, given=given, told={"cents": held.cents})
        follow_recovery(held.application, "recover", by=by, on=day, note=held.reason)
    return held


def pay(*, recovery: Recovery, base_version: int, by: Actor, on: date | None = None) -> Recovery:
    """The money came back."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(recovery, base_version)
        held.paid_on = day
        move(held, RECOVERY, "pay", by=by, on=day, told={"cents": held.cents})
        follow_recovery(held.application, "settle-recovery", by=by, on=day)
    return held


def drop(
    *, recovery: Recovery, reason: str, base_version: int, by: Actor, on: date | None = None
) -> Recovery:
    """It is given up, and one says why."""
    day = on or timezone.localdate()
    with transaction.atomic():
        held = locked(recovery, base_version)
        move(held, RECOVERY, "drop", by=by, on=day, note=reason, told={"cents": held.cents})
        follow_recovery(held.application, "settle-recovery", by=by, on=day)
    return held

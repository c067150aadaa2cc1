"""A micro-project from its request to its receipts; what the committee does is in `services.committees`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents
from faubourg.base.actor import Actor
from faubourg.base.cleaning import cleaned
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.models import Organisation, Person
from faubourg.rules.calls import fund as rules
from faubourg.rules.calls.circuits import MICROPROJECT
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import FundReceipt, Microproject, ResidentFund
from ..queries.funds import left_in, requests_without_account, sent_already
from .moving import keep, locked, move

# Beyond, requests without an account are a robot’s: a person is asked to come back or to sign in.
MOST_AN_HOUR = 30
MOST_RECEIPTS = 40
SENT_AGAIN_WITHIN = timedelta(minutes=10)
RECEIPT_KINDS = (".jpg", ".jpeg", ".png", ".pdf")
WITHOUT_ACCOUNT = Actor(ref=None, name="une demande sans compte")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a few residents ask; money in cents. `costs`: what will be bought, each with its price."""

    title: str
    collective: str
    what: str
    asked_cents: int
    who: str = ""
    on: date | None = None
    nature: str = "operating"
    costs: Sequence[tuple[str, int]] = ()
    territory: Territory | None = None
    contact_name: str = ""
    contact: str = ""
    organisation: Organisation | None = None


def judge_wish(fund: ResidentFund, wish: Wish) -> Verdict:
    """The limits of the fund, and nothing of the content."""
    places = {place.pk for place in fund.territories.all()}
    inside = not places or (wish.territory is not None and wish.territory.pk in places)
    asked = rules.Request(wish.asked_cents, tuple(cents for _, cents in wish.costs), wish.nature, inside)
    return rules.judge(asked, rules.Fund(left_in(fund), fund.ceiling_cents, fund.operating_only, fund.open))


def ask(*, fund: ResidentFund, wish: Wish, by: Actor, person: Person | None = None) -> Microproject:
    """Submit a request; Refused with each limit that it does not keep. Its key opens it again.

    The same one sent again within minutes (a second press, a page loaded again) is the first.
    """
    with transaction.atomic():
        held = locked(fund)
        costs = [{"label": label, "cents": cents} for label, cents in wish.costs]
        told = {name: getattr(wish, name) for name in wish.__slots__ if name != "costs"}
        since = timezone.now() - SENT_AGAIN_WITHIN
        if again := sent_already(held, person, told | {"costs": costs}, since):
            return again
        if person is None:
            refuse_unless(_not_a_robot(held))
        refuse_unless(judge_wish(held, wish))
        number = f"{held.kind.upper()}-{held.year}-{held.pk}-{held.microprojects.count() + 1:04d}"
        project = Microproject(fund=held, number=number, person=person, costs=costs, state="", **told)
        project.version = 0
        project.save()
        keep(project, MICROPROJECT, "request", by=by, on=timezone.localdate())
    return project


def _not_a_robot(fund: ResidentFund) -> Verdict:
    since = timezone.now() - timedelta(hours=1)
    if requests_without_account(fund, since) < MOST_AN_HOUR:
        return Verdict.yes()
    return Verdict.no(
        "too_many",
        mark("Beaucoup de demandes arrivent en ce moment : réessayez dans une heure, ou connectez-vous."),
    )


def accompany(*, project: Microproject, name: str, base_version: int, by: Actor) -> Microproject:
    """Somebody of the managing association takes it in hand."""
    with transaction.atomic():
        held = locked(project, base_version)
        held.accompanied_by_name = name
        move(held, MICROPROJECT, "accompany", by=by)
    return held


def withdraw(*, project: Microproject, by: Actor, reason: str = "") -> Microproject:
    """Whoever asked gives up before the advance."""
    with transaction.atomic():
        held = locked(project)
        held.closed_on = timezone.localdate()
        move(held, MICROPROJECT, "withdraw", by=by, note=reason)
    return held


def pay_advance(*, project: Microproject, cents: int, on: date, base_version: int, by: Actor) -> Microproject:
    """The advance was paid: at most what was granted, in cents."""
    with transaction.atomic():
        held = locked(project, base_version)
        if not 0 < cents <= (held.granted_cents or 0):
            refuse_unless(Verdict.no("advance", mark("L’avance va jusqu’à ce qui est accordé.")))
        held.advanced_cents, held.advanced_on = cents, on
        move(held, MICROPROJECT, "advance", by=by, on=on)
    return held


def add_receipt(
    *, project: Microproject, upload: "UploadedFile[Any]", label: str, cents: int, by: Actor,
    spent_on: date | None = None,
) -> FundReceipt:  # fmt: skip
    """A photographed receipt, kept by its hash; the same one sent twice is kept once."""
    with transaction.atomic():
        held = locked(project)
        refuse_unless(_takes_receipts(held, upload.name or "", cents))
        document = documents.keep(upload=cleaned(upload), purpose="fund-receipt", by=by)
        again = held.receipts.filter(document__sha256=document.sha256, cents=cents, label=label).first()
        if again is not None:
            return again
        return held.receipts.create(document=document, label=label, cents=cents, spent_on=spent_on)


def _takes_receipts(held: Microproject, name: str, cents: int) -> Verdict:
    if not name.lower().endswith(RECEIPT_KINDS):
        return Verdict.no(
            "receipt_kind", mark("« {name} » : une photo (JPEG, PNG) ou un PDF du ticket suffit."), name=name
        )
    if cents <= 0:
        return Verdict.no("receipt_cents", mark("Dites le montant payé, en euros."))
    if held.state not in ("granted", "advanced"):
        return Verdict.no(
            "receipt_state", mark("Les justificatifs se joignent entre l’accord et la remise du bilan.")
        )
    if held.receipts.count() >= MOST_RECEIPTS:
        return Verdict.no("receipts", mark("{most} justificatifs au plus par projet."), most=MOST_RECEIPTS)
    return Verdict.yes()


def hand_in(
    *, project: Microproject, story: str, people_count: int | None, nothing_spent: bool, by: Actor
) -> Microproject:
    """How it went, and the receipts: one at least, or the statement that nothing was spent."""
    with transaction.atomic():
        held = locked(project)
        held.story, held.people_count = story, people_count
        given = {"receipts"} if nothing_spent or held.receipts.exists() else set()
        move(held, MICROPROJECT, "report", by=by, given=given)
    return held


def check_receipt(*, receipt: FundReceipt, accepted: bool, remark: str, by: Actor) -> FundReceipt:
    """Accept a receipt, or refuse it with what is wrong."""
    with transaction.atomic():
        project = locked(receipt.microproject)
        if project.state != "reported":
            raise Conflict
        if not accepted and not remark.strip():
            refuse_unless(Verdict.no("receipt_reason", mark("Dites ce qui manque à ce justificatif.")))
        receipt.accepted, receipt.remark = accepted, remark.strip()
        receipt.save(update_fields=["accepted", "remark"])
    return receipt


def settlement_of(project: Microproject) -> rules.Settlement:
    """What the advance became, in cents; the receipts are read."""
    justified = sum(receipt.cents for receipt in project.receipts.all() if receipt.accepted)
    return rules.Settlement(project.advanced_cents or 0, justified, project.refund_cents or 0)


def ask_again(*, project: Microproject, reason: str, by: Actor) -> Microproject:
    """Something is missing: it goes back, with what."""
    with transaction.atomic():
        held = locked(project)
        move(held, MICROPROJECT, "ask-again", by=by, note=reason)
    return held


def close(*, project: Microproject, given_back_cents: int, base_version: int, by: Actor) -> Microproject:
    """Every receipt was checked and the advance is justified or given back."""
    with transaction.atomic():
        held = locked(project, base_version)
        held.refund_cents = given_back_cents
        checked = not held.receipts.filter(accepted=None).exists()
        given = ({"checked"} if checked else set()) | (set() if settlement_of(held).due else {"justified"})
        held.closed_on = timezone.localdate()
        move(held, MICROPROJECT, "close", by=by, given=given)
    return held


def claim(*, project: Microproject, reason: str, by: Actor) -> Microproject:
    """Ask the advance back, or what is left of it."""
    with transaction.atomic():
        held = locked(project)
        move(held, MICROPROJECT, "claim", by=by, note=reason)
    return held


def note_refund(*, project: Microproject, cents: int, by: Actor) -> Microproject:
    """What was to be given back came: at least what is due."""
    with transaction.atomic():
        held = locked(project)
        due = settlement_of(held).due
        if cents < due:
            refuse_unless(Verdict.no("refund", mark("Il manque encore une partie du remboursement.")))
        held.refund_cents, held.closed_on = (held.refund_cents or 0) + cents, timezone.localdate()
        move(held, MICROPROJECT, "refund", by=by)
    return held

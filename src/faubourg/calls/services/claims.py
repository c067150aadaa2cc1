"""The exception that an applicant invokes against an exclusion is decided, with its reason."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark

from ..models import ExclusionClaim
from .moving import locked

DECIDED_IN = frozenset(
    {"submitted", "to_complete", "complete", "examined", "ranked", "before_jury", "adjourned"}
)


@transaction.atomic
def decide_claim(
    *, claim: ExclusionClaim, accepted: bool, reason: str, by: Actor, on: date | None = None
) -> ExclusionClaim:
    """Accept or refuse the exception; it may be decided again until the jury decides of the dossier."""
    application = locked(claim.application)
    if application.state not in DECIDED_IN:
        raise Refused(
            Verdict.no("claim_closed", mark("Une exception se décide après le dépôt et avant le jury."))
        )
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Écrivez le motif : il est communiqué au porteur.")))
    held = locked(claim)
    before = held.accepted
    held.accepted, held.reason = accepted, reason.strip()
    held.decided_on, held.decided_by, held.decided_by_name = on or timezone.localdate(), by.ref, by.name
    held.save()
    journal.record(
        by=by,
        act="calls.claim_decided",
        kind="application",
        ref=str(application.pk),
        before={} if before is None else {"accepted": "oui" if before else "non"},
        after={"exclusion": held.exclusion, "accepted": "oui" if accepted else "non"},
        reason=held.reason,
    )
    return held

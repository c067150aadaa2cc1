"""Telling those who keep a contract what ends in it: once an end, a threshold and a person, whoever runs it.

What is to be told is claimed under the lock of its reader, sent after that transaction, then marked as told;
what the mail server refuses is released and told another day.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from faubourg.people.models import Person

from ..end_letter import letter
from ..models import EndTold
from ..queries.ends import PAST, VACANCY, End, every_end_of
from ..queries.kept import contracts_kept_by
from ..queries.told import key_of, notice_of, who_may_be_told

# A claim that nobody ended within it was left by a worker that died.
LEASE = timedelta(hours=1)
# A post that is still vacant after so long is told again.
VACANCY_KEPT = timedelta(days=365)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Claim:
    to: str
    ends: list[End]
    rows: list[EndTold]


def tell(now: datetime) -> int:
    """Write to each person what is due to them by now; how many messages left."""
    left = 0
    for pk in list(who_may_be_told(timezone.localdate(now)).values_list("pk", flat=True)):
        try:
            left += _tell(pk, now)
        except ConnectionError:
            _log.warning("ends ahead: the mail server does not answer, the others wait for the next round")
            break
        except Exception:
            # Whatever it is, others wait behind. No address in the log.
            _log.exception("ends ahead: person %s was not told", pk)
    return left


def forget(now: datetime) -> int:
    """Erase what no page shows any more: of what ended a year ago, of vacancies told a year ago."""
    gone = Q(ends_on__lt=timezone.localdate(now) - PAST)
    gone |= Q(ends_on=None, claimed_at__lt=now - VACANCY_KEPT)
    return EndTold.objects.filter(gone).delete()[0]


def erase(person_ref: UUID) -> None:
    """A closed account: nobody needs to know what they were told."""
    EndTold.objects.filter(person_ref=person_ref).delete()


def _tell(pk: int, now: datetime) -> int:
    claim = _claim(pk, now)
    if claim is None:
        return 0
    rows = EndTold.objects.filter(pk__in=[row.pk for row in claim.rows])
    try:
        _send(claim)
    except Exception as wrong:
        rows.delete()
        if isinstance(wrong, OSError) and not isinstance(wrong, SMTPException):
            raise ConnectionError from wrong
        raise
    rows.update(told_at=now)
    return 1


def _claim(pk: int, now: datetime) -> _Claim | None:
    """What is to be told to this person now, claimed; None when it is nothing, or somebody is telling it."""
    today = timezone.localdate(now)
    with transaction.atomic():
        # Two workers meet here: the second one reads what the first one claimed.
        person = Person.objects.select_for_update(no_key=True).filter(pk=pk, is_active=True).first()
        kept = contracts_kept_by(person, today) if person and person.email else None
        if person is None or kept is None:
            return None
        held = EndTold.objects.filter(person_ref=person.ref)
        held.filter(told_at=None, claimed_at__lte=now - LEASE).delete()
        if held.filter(Q(told_at=None) | Q(told_at__date=today)).exists():
            return None
        ends = _due(person.ref, every_end_of(kept, today))
        if not ends:
            return None
        rows = [_row(person.ref, end, now) for end in ends]
        return _Claim(person.email, ends, EndTold.objects.bulk_create(rows))


def _due(person_ref: UUID, ends: list[End]) -> list[End]:
    """Those that this person was not told of at their present threshold."""
    told = EndTold.objects.filter(person_ref=person_ref)
    # Filled since, and one day vacant again: that is another vacancy.
    vacant = [end.of for end in ends if end.kind == VACANCY]
    told.filter(kind=VACANCY).exclude(of__in=vacant).delete()
    known = {
        ((kind, of, ends_on), notice)
        for kind, of, ends_on, notice in told.values_list("kind", "of", "ends_on", "notice")
    }
    return [
        end for end in ends if (notice := notice_of(end)) is not None and (key_of(end), notice) not in known
    ]


def _row(person_ref: UUID, end: End, now: datetime) -> EndTold:
    kind, of, ends_on = key_of(end)
    notice = notice_of(end)
    assert notice is not None
    return EndTold(
        contract=end.contract, person_ref=person_ref, kind=kind, of=of, ends_on=ends_on, notice=notice,
        claimed_at=now,
    )  # fmt: skip


def _send(claim: _Claim) -> None:
    """In the language of the installation: an account does not say its own."""
    subject, text = letter(claim.ends, settings.LANGUAGE_CODE)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {
        # Sent again after a worker died, it is known for the same message.
        "Message-ID": f"<{_digest(claim.rows)}@{domain}>",
        "Content-Language": settings.LANGUAGE_CODE,
        "Auto-Submitted": "auto-generated",
    }
    EmailMessage(subject, text, None, [claim.to], headers=headers).send()


def _digest(rows: list[EndTold]) -> str:
    told = sorted(f"{row.person_ref}:{row.kind}:{row.of}:{row.ends_on}:{row.notice}" for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

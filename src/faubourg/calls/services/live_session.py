"""A session in its room: opened, who is here, the dossier at hand, closed with its minutes, signed."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls.circuits import SITTING
from faubourg.rules.verdict import Verdict, mark

from ..models import JuryItem, JuryPresence, JurySession
from ..queries.sittings import sitting_of
from .moving import locked
from .sittings import note, presence_noted, presence_of, save, turn

State = JurySession.State
MINUTES = "jury-minutes"


def arrive(*, session: JurySession, juror_pk: int, by: Actor) -> JuryPresence:
    """Somebody enters the room. A member with an account has declared interests first."""
    return _here(session, juror_pk, True, by)


def leave(*, session: JurySession, juror_pk: int, by: Actor) -> JuryPresence:
    """Somebody leaves, for good or for a while."""
    return _here(session, juror_pk, False, by)


def _here(session: JurySession, juror_pk: int, here: bool, by: Actor) -> JuryPresence:
    with transaction.atomic():
        held = locked(session)
        if held.state != State.OPEN:
            raise Refused(Verdict.no("state", mark("Les présences se notent pendant la séance ouverte.")))
        row = presence_of(held, juror_pk)
        if here and row.juror.person_id and row.juror.declared_at is None:
            raise Refused(
                Verdict.no(
                    "interests",
                    mark(
                        "{name} n’a pas encore déclaré ses intérêts : les dossiers ne lui sont pas montrés."
                    ),
                    name=row.juror.name,
                )
            )
        if row.present == here:
            return row
        now = timezone.now()
        row.present = here
        if here:
            row.arrived_at, row.left_at = row.arrived_at or now, None
        else:
            row.left_at = now
        row.save()
        save(held)
        presence_noted(by, held, row, "présent" if here else "parti")
    return row


def point_at(*, session: JurySession, item: JuryItem, by: Actor) -> JurySession:
    """The dossier that every screen shows."""
    with transaction.atomic():
        held = locked(session)
        if held.state != State.OPEN or item.session_id != held.pk:
            raise Refused(Verdict.no("state", mark("Un dossier s’appelle pendant sa séance ouverte.")))
        held.at_hand = item
        save(held)
    return held


def open_session(*, session: JurySession, by: Actor) -> JurySession:
    """Begin; the first dossier is at hand, presences are noted from now on."""
    with transaction.atomic():
        held = locked(session)
        silent = [
            place.juror
            for place in sitting_of(held).places
            if place.juror.votes and place.juror.declared_at is None and place.expected is not False
        ]
        given = {"interests"} if not silent else set()
        first = held.items.order_by("order", "pk").first()
        given |= {"dossiers"} if first else set()
        turn(held, "open", by=by, given=given)
        held.at_hand, held.opened_at = first, timezone.now()
        held.save(update_fields=["at_hand", "opened_at"])
    return held


def close_session(*, session: JurySession, minutes: Callable[[JurySession], bytes], by: Actor) -> JurySession:
    """End it and write its minutes: `minutes` makes the PDF of what was decided, kept as it is."""
    with transaction.atomic():
        held = locked(session)
        turn(held, "close", by=by)
        held.closed_at, held.at_hand = timezone.now(), None
        held.save(update_fields=["closed_at", "at_hand"])
        file = SimpleUploadedFile(f"proces-verbal-{held.pk}.pdf", minutes(held), "application/pdf")
        held.minutes = documents.keep(upload=file, purpose=MINUTES, by=by)
        held.save(update_fields=["minutes"])
    return held


def reopen_session(*, session: JurySession, reason: str, by: Actor) -> JurySession:
    """Take the closing back while nobody has signed: the minutes will be made again."""
    with transaction.atomic():
        held = locked(session)
        signed = held.presences.filter(signed_at__isnull=False).exists()
        given = ({"reason"} if reason.strip() else set()) | (set() if signed else {"unsigned"})
        turn(held, "reopen", by=by, given=given, reason=reason)
        held.minutes, held.closed_at = None, None
        held.save(update_fields=["minutes", "closed_at"])
    return held


def sign_minutes(*, session: JurySession, juror_pk: int, by: Actor) -> JurySession:
    """A member who came signs; the last signature of those who vote seals the minutes."""
    with transaction.atomic():
        held = locked(session)
        row = held.presences.select_related("juror").filter(juror=juror_pk, arrived_at__isnull=False).first()
        if row is None:
            raise Refused(Verdict.no("presence", mark("Le procès-verbal est signé par qui était là.")))
        if held.state != State.CLOSED or held.minutes is None:
            raise Refused(
                SITTING.may_start("sign", held.state) if held.state != State.CLOSED else _NO_MINUTES
            )
        if row.signed_at is None:
            row.signed_at = timezone.now()
            # Signing takes back what was stated in one's place.
            row.unsigned = row.unsigned_reason = row.unsigned_by_name = ""
            row.save()
            after = {"juror": row.juror.name, "sha256": held.minutes.sha256}
            note(by, "jury.minutes.signed", held, after=after, personal={"after.juror": row.juror.name})
        _seal(held, by)
    return held


def excuse_signature(
    *, session: JurySession, juror_pk: int, unsigned: str, reason: str, chair_pk: int, by: Actor
) -> JurySession:
    """State for the chair, a member who came, that another refuses or cannot sign, and why.

    The minutes are sealed once everybody who votes has signed or is so excused; one signature at least.
    """
    with transaction.atomic():
        held = locked(session)
        came = {row.juror_id: row for row in held.presences.select_related("juror") if row.arrived_at}
        row, chair = came.get(juror_pk), came.get(chair_pk)
        given = {"reason"} if reason.strip() else set()
        given |= {"unsigned-yet"} if row and row.signed_at is None and row.juror.votes else set()
        turn(held, "excuse", by=by, given=given, reason=reason)
        if row is None or chair is None or chair_pk == juror_pk or unsigned not in JuryPresence.Unsigned:
            raise Refused(Verdict.no("chair", _NO_CHAIR))
        row.unsigned = JuryPresence.Unsigned(unsigned)
        row.unsigned_reason, row.unsigned_by_name = reason.strip()[:300], chair.juror.name
        row.save()
        note(
            by,
            "jury.minutes.unsigned",
            held,
            after={
                "juror": row.juror.name,
                "unsigned": str(row.get_unsigned_display()),
                "chair": chair.juror.name,
            },
            personal={"after.juror": row.juror.name, "after.chair": chair.juror.name},
            reason=row.unsigned_reason,
        )
        if held.presences.filter(signed_at__isnull=False).exists():
            _seal(held, by)
    return held


def _seal(held: JurySession, by: Actor) -> None:
    """Seal the minutes when nobody is waited for any more."""
    voters = held.presences.filter(juror__votes=True, arrived_at__isnull=False)
    if voters.filter(signed_at__isnull=True, unsigned="").exists():
        return
    signed = held.presences.filter(signed_at__isnull=False).exists()
    turn(held, "sign", by=by, given={"signatures"} | ({"one-signature"} if signed else set()))


_NO_CHAIR = mark("Dites qui ne signe pas, et au nom de quel autre membre présent cela est noté.")
_NO_MINUTES = Verdict.no("minutes", mark("Le procès-verbal n’est pas encore écrit : rouvrez puis closez."))

"""What is personal in a report or a walk, how long it is kept and why; then it is purged, the rest stays.

Nothing here is ever public; what stays (place, category, dates, states) says nothing of anybody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..expiry import add_months
from ..verdict import LegalSource, Reason, mark

GDPR = LegalSource("règlement (UE) 2016/679", "article 5, 1, e)", date(2018, 5, 25))
PROOF = LegalSource("code civil", "article 2224", date(2008, 6, 19))


class What(StrEnum):
    """A kind of personal data."""

    CONTACT = "contact"
    DEVICE = "device"
    FREE_TEXT = "free_text"
    PRIVATE_PHOTO = "private_photo"
    UNREDACTED_PHOTO = "unredacted_photo"
    CONSENT = "consent"
    WALKERS = "walkers"


class Since(StrEnum):
    """What the months are counted from."""

    RECEIVED = "received"
    SETTLED = "settled"
    REDACTED = "redacted"
    REVIEWED = "reviewed"


WHAT_NAMES = {
    What.CONTACT: mark("nom, adresse électronique, téléphone et adresse de qui signale"),
    What.DEVICE: mark("identifiant de l’appareil ou du compte d’une application tierce"),
    What.FREE_TEXT: mark("texte libre tel qu’il fut écrit"),
    What.PRIVATE_PHOTO: mark("photo que personne n’a rendue publique"),
    What.UNREDACTED_PHOTO: mark("original d’une photo floutée"),
    What.CONSENT: mark("trace du consentement à une transmission"),
    What.WALKERS: mark("liste des personnes d’une marche"),
}


@dataclass(frozen=True, slots=True)
class Keeping:
    """So many months after a day; `longest` months after it was received, even if it never settles."""

    what: What
    months: int
    since: Since
    why: str
    longest: int | None = None
    source: LegalSource = GDPR


# Our own choices where no text gives a figure: as short as what it serves allows.
SCHEDULE = (
    Keeping(What.CONTACT, 3, Since.SETTLED,
            mark("Le temps de répondre et de rouvrir : {months} mois après la clôture."), longest=36),
    Keeping(What.DEVICE, 1, Since.RECEIVED,
            mark("Le temps d’écarter un envoi répété : {months} mois après la réception.")),
    Keeping(What.FREE_TEXT, 24, Since.SETTLED,
            mark("Le temps de reconnaître un problème qui revient : {months} mois après la clôture."),
            longest=60),
    Keeping(What.PRIVATE_PHOTO, 12, Since.SETTLED,
            mark("Le temps de comparer avant et après : {months} mois après la clôture."), longest=48),
    Keeping(What.UNREDACTED_PHOTO, 1, Since.REDACTED,
            mark("Le temps de corriger le floutage : {months} mois après celui-ci."), longest=48),
    Keeping(What.CONSENT, 60, Since.SETTLED,
            mark("Le temps de prouver le consentement : {months} mois après la transmission."),
            source=PROOF),
    Keeping(What.WALKERS, 12, Since.REVIEWED,
            mark("Le temps d’inviter à la suite : {months} mois après le bilan de la marche."), longest=36),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """The days that count; `settled_on` is None again when a report is reopened."""

    received_on: date
    settled_on: date | None = None
    redacted_on: date | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Purge:
    """What goes, from that day on, with the sentence that the register of processing prints."""

    what: What
    on: date
    reason: Reason


def purge_on(keeping: Keeping, life: Life) -> date | None:
    """The first day on which it may no longer be there; None while nothing has begun to count."""
    days = {
        Since.RECEIVED: life.received_on,
        Since.SETTLED: life.settled_on,
        Since.REDACTED: life.redacted_on,
        Since.REVIEWED: life.reviewed_on,
    }
    started = days[keeping.since]
    ends = [] if started is None else [add_months(started, keeping.months)]
    if keeping.longest is not None:
        ends.append(add_months(life.received_on, keeping.longest))
    return min(ends, default=None)


def purges(
    life: Life, on: date, held: Collection[What], schedule: Collection[Keeping] = SCHEDULE
) -> tuple[Purge, ...]:
    """What has to go that day among what is held, in the order of the schedule."""
    found = []
    for keeping in schedule:
        due = purge_on(keeping, life)
        if keeping.what in held and due is not None and due <= on:
            params = {"months": keeping.months}
            reason = Reason("purge", True, keeping.why, params, due, on, keeping.source)
            found.append(Purge(keeping.what, due, reason))
    return tuple(found)

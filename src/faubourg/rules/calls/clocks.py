"""The clocks of a grant, exact to the calendar's day: silence, payment, convention, report.

Each threshold is a dated value with its text. Days are those of Europe/Paris, counted by whoever gives them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .. import calendar
from ..expiry import add_months
from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, mark

SILENCE = LegalSource("code des relations entre le public et l’administration", "article L. 231-4, 3°")
SILENCE_MONTHS = 2
# Law n° 2021-875, and the day from which it is read that way.
PAYMENT = LegalSource("loi n° 2021-875 du 1er juillet 2021", "", date(2021, 7, 3))
PAYMENT_SINCE = date(2021, 7, 3)
PAYMENT_DAYS = 60
CONVENTION = LegalSource("décret n° 2001-495 du 6 juin 2001", "article 1er")
CONVENTION_CENTS = 2_300_000
REPORT = LegalSource("loi n° 2000-321 du 12 avril 2000", "article 10")
REPORT_MONTHS = 6
# Our own choice, no text: under it, one page and photographs.
SHORT_REPORT_CENTS = 500_000
REPORT_REMINDERS = (60, 30, 0)


def implicit_rejection(complete_on: date | None) -> date | None:
    """The day on which silence becomes a refusal: two months after a *complete* dossier was received.

    >>> implicit_rejection(date(2014, 12, 31))
    datetime.date(2015, 2, 28)
    """
    return None if complete_on is None else add_months(complete_on, SILENCE_MONTHS)


def judge_silence(complete_on: date | None, decided_on: date | None, on: date) -> Reason:
    """Whether the dossier is still being examined, decided, or refused by silence."""
    refused = implicit_rejection(complete_on)
    params = {"since": complete_on, "refused": refused, "decided": decided_on}
    met: bool | None = True
    if decided_on is not None and (refused is None or decided_on <= refused):
        code, sentence = "silence-decided", mark("Décidé le {decided}, avant que le silence ne vaille refus.")
    elif refused is None:
        code, met = "silence-waits", None
        sentence = mark("Le dossier n’est pas complet : le délai de deux mois ne court pas encore.")
    elif decided_on is not None:
        code = "silence-after"
        sentence = mark("Le silence valait refus depuis le {refused} ; la décision du {decided} le remplace.")
    elif on < refused:
        code = "silence-runs"
        sentence = mark("Complet le {since} ; sans décision, le silence vaudra refus le {refused}.")
    else:
        code, met = "silence-refused", False
        sentence = mark("Complet le {since}, sans décision : le silence vaut refus depuis le {refused}.")
    return Reason(code, met, sentence, params, refused, decided_on or on, SILENCE)


def payment_due(notified_on: date | None, agreed_on: date | None = None) -> date | None:
    """The last day to pay: sixty days after the notification, or after the day that the convention sets.

    None for what was notified before the law, unless a convention set its own day.
    """
    starts = agreed_on or notified_on
    if starts is None or (agreed_on is None and starts < PAYMENT_SINCE):
        return None
    return starts + timedelta(days=PAYMENT_DAYS)


def judge_payment(notified_on: date | None, paid_on: date | None, on: date) -> calendar.Judged:
    """Where the payment stands, in the words of what is owed."""
    return calendar.judge(payment_due(notified_on), paid_on, on)


@dataclass(frozen=True, slots=True)
class Grant:
    """Money of one authority to one private body, for one year, whatever the call."""

    beneficiary: str
    authority: str
    year: int
    cents: int
    call: str = ""


Key = tuple[str, str, int]


def totals(grants: Iterable[Grant]) -> Mapping[Key, int]:
    """Cents by beneficiary, authority and year, every call together."""
    counted: Counter[Key] = Counter()
    for grant in grants:
        counted[grant.beneficiary, grant.authority, grant.year] += grant.cents
    return counted


def judge_convention(key: Key, grants: Iterable[Grant], *, signed: bool) -> Reason:
    """Whether what this body receives that year may be paid: above 23 000 € a convention comes first."""
    mine = [grant for grant in grants if (grant.beneficiary, grant.authority, grant.year) == key]
    total = sum(grant.cents for grant in mine)
    beneficiary, authority, year = key
    params = {
        "total": Cents(total), "threshold": Cents(CONVENTION_CENTS), "beneficiary": beneficiary,
        "authority": authority, "year": str(year), "calls": len({grant.call for grant in mine}),
    }  # fmt: skip
    if total <= CONVENTION_CENTS:
        met, sentence = True, mark(
            "{beneficiary} reçoit {total} de {authority} en {year} ({calls} appel(s)) : pas de convention "
            "obligatoire jusqu’à {threshold}."
        )  # fmt: skip
    elif signed:
        met, sentence = True, mark(
            "{beneficiary} reçoit {total} de {authority} en {year} ({calls} appel(s)) : la convention est "
            "signée."
        )  # fmt: skip
    else:
        met, sentence = False, mark(
            "{beneficiary} reçoit {total} de {authority} en {year} ({calls} appel(s)), plus de {threshold} : "
            "signez une convention avant de payer."
        )  # fmt: skip
    return Reason("convention", met, sentence, params, CONVENTION_CENTS, total, CONVENTION)


class ReportForm(StrEnum):
    """How much a report asks for."""

    SHORT = "short"
    FULL = "full"


def report_due(exercise_ends_on: date) -> date:
    """The last day of the six months that follow the exercise; the end of a month answers the end of a month.

    >>> report_due(date(2015, 6, 30))
    datetime.date(2015, 12, 31)
    """
    return add_months(exercise_ends_on + timedelta(days=1), REPORT_MONTHS) - timedelta(days=1)


def report_form(granted_cents: int) -> ReportForm:
    """One page and photographs under 5 000 €; the whole form from there on."""
    return ReportForm.SHORT if granted_cents < SHORT_REPORT_CENTS else ReportForm.FULL


def reminders(exercise_ends_on: date) -> tuple[date, ...]:
    """When whoever owes a report is reminded: sixty days before, thirty, and the day itself."""
    due = report_due(exercise_ends_on)
    return tuple(due - timedelta(days=days) for days in REPORT_REMINDERS)


def judge_report(exercise_ends_on: date, handed_in_on: date | None, on: date) -> calendar.Judged:
    """Where the report stands, in the words of what is owed."""
    return calendar.judge(report_due(exercise_ends_on), handed_in_on, on)

"""A landlord's convention along its circuit: plan, signatures, review of each year, visit, opinions, end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.base.text import printable
from faubourg.contracts.models import Convention
from faubourg.contracts.services import signing
from faubourg.contracts.services.convention_moves import advance_convention
from faubourg.rules import convention_circuit
from faubourg.rules.proximity.circuits import TFPB
from faubourg.rules.proximity.guards import given_for_agreement
from faubourg.rules.verdict import Verdict, mark

from ..models import TfpbAgreement, TfpbYear
from ..queries.tfpb import facts_of, under_review
from ..queries.tfpb_review import reports_of
from .moving import locked, move

KIND = "tfpbagreement"


def _go(held: TfpbAgreement, act: str, by: Actor, *, reason: str = "", year: TfpbYear | None = None) -> None:
    today = timezone.localdate()
    given = given_for_agreement(facts_of(held, year, today, reason=reason))
    told = {"year": year.year} if year else None
    move(held, TFPB, act, by=by, given=given, note=reason, told=told)


def settle_plan(*, agreement: TfpbAgreement, base_version: int | None, by: Actor) -> TfpbAgreement:
    """The three-year plan is whole: parties may sign."""
    with transaction.atomic():
        held = locked(agreement, base_version)
        _go(held, "plan", by)
    return held


def rework_plan(
    *, agreement: TfpbAgreement, reason: str, base_version: int | None, by: Actor
) -> TfpbAgreement:
    """The plan is written again, before anybody signed."""
    with transaction.atomic():
        held = locked(agreement, base_version)
        if held.convention.parties.filter(signed_on__isnull=False).exists():
            raise Refused(Verdict.no("reason", mark("Une partie a signé ce plan : il ne se reprend plus.")))
        _go(held, "rework", by, reason=reason)
    return held


def record_signatures(
    *, agreement: TfpbAgreement, days: Mapping[str, date], base_version: int | None, by: Actor
) -> TfpbAgreement:
    """The days on which parties signed, by kind; with the last one the convention is signed.

    Refused before the three-year plan is settled: nobody signs without one.
    """
    with transaction.atomic():
        held = locked(agreement, base_version)
        refuse_unless(TFPB.may_start("sign", held.state))
        rows = {row.pk: row for row in held.convention.parties.all()}
        for kind, day in days.items():
            row = rows.get(held.parties.get(kind, 0))
            if row is not None and row.signed_on is None:
                signing.sign_party(party=row, on=day, by=by)
        held = locked(held)
        held.convention.refresh_from_db()
        if held.convention.state != Convention.State.DRAFT:
            _go(held, "sign", by)
    return held


def ascertain(*, agreement: TfpbAgreement, base_version: int | None, by: Actor) -> TfpbAgreement:
    """Every party signed elsewhere (the pages of the convention): it is signed here too."""
    with transaction.atomic():
        held = locked(agreement, base_version)
        _go(held, "sign", by)
    return held


def begin(*, agreement: TfpbAgreement, base_version: int | None, by: Actor) -> TfpbAgreement:
    """It is carried out; the convention itself becomes active."""
    with transaction.atomic():
        held = locked(agreement, base_version)
        _go(held, "run", by)
        if held.convention.state == Convention.State.SIGNED:
            act = convention_circuit.Act.ACTIVATE
            advance_convention(convention=held.convention, act=act, on=timezone.localdate(), by=by)
    return held


def hand_in(*, year: TfpbYear, base_version: int | None, by: Actor) -> TfpbYear:
    """The landlord's review of a year, whole: its figures are kept as they stand that day."""
    with transaction.atomic():
        agreement = locked(year.agreement)
        held = _current(agreement, year, base_version)
        _go(agreement, "report", by, year=held)
        held.reported_on = timezone.localdate()
        held.figures = reports_of(agreement, held.year)
        held.version += 1
        held.save()
    return held


def _current(agreement: TfpbAgreement, year: TfpbYear, base_version: int | None) -> TfpbYear:
    """The year that is reported on now, locked; another one is refused."""
    now = under_review(agreement)
    if now is None or now.pk != year.pk:
        shown = str(now.year) if now else "–"
        raise Refused(Verdict.no("year", mark("L’année à traiter maintenant est {year}."), year=shown))
    return locked(now, base_version)


def visit(
    *,
    year: TfpbYear,
    on: date | None,
    visitors: Sequence[str],
    words: str,
    base_version: int | None,
    by: Actor,
) -> TfpbYear:
    """The joint visit: landlord, town and residents saw the places together."""
    with transaction.atomic():
        agreement = locked(year.agreement)
        held = _current(agreement, year, base_version)
        refuse_unless(_may_visit(on))
        held.visited_on, held.visitors = on, sorted(set(visitors))
        held.visit_words = printable(words).strip()
        held.version += 1
        held.save()
        _go(agreement, "visit", by, year=held)
        after = {"year": held.year, "on": on.isoformat() if on else None}
        journal.record(by=by, act="tfpb.visited", kind=KIND, ref=str(agreement.pk), after=after)
    return held


def _may_visit(on: date | None) -> Verdict:
    if on is None:
        return Verdict.no("on", mark("Dites quel jour."))
    if on > timezone.localdate():
        return Verdict.no("on", mark("On note une visite qui a eu lieu."))
    return Verdict.yes()


SIDES = ("town", "state")


def sign_review(*, year: TfpbYear, side: str, reserves: str, base_version: int | None, by: Actor) -> TfpbYear:
    """The opinion of the town or of the State; with both, the review is approved, with reserves if any."""
    if side not in SIDES:
        raise ValueError(side)
    with transaction.atomic():
        agreement = locked(year.agreement)
        held = _current(agreement, year, base_version)
        refuse_unless(_may_cosign(agreement, held, side, by))
        today, words = timezone.localdate(), printable(reserves).strip()
        if side == "town":
            held.town_signed_on, held.town_signed_by, held.town_signed_by_name = today, by.ref, by.name
        else:
            held.state_signed_on, held.state_signed_by, held.state_signed_by_name = today, by.ref, by.name
        held.reserves = "\n\n".join(text for text in (held.reserves, words) if text)
        held.version += 1
        held.save()
        after = {"year": held.year, "side": side}
        journal.record(
            by=by, act="tfpb.review_signed", kind=KIND, ref=str(agreement.pk), after=after, reason=words
        )
        if held.town_signed_on and held.state_signed_on:
            act = "approve_with_reserves" if held.reserves else "approve"
            _go(agreement, act, by, year=held, reason=held.reserves[:1000])
    return held


def _may_cosign(agreement: TfpbAgreement, year: TfpbYear, side: str, by: Actor) -> Verdict:
    started = TFPB.may_start("approve", agreement.state)
    if not started.ok:
        return started
    if getattr(year, f"{side}_signed_on"):
        raise Conflict
    other = year.state_signed_by if side == "town" else year.town_signed_by
    return Verdict.no("reserves", _TWICE) if other == by.ref else Verdict.yes()


_TWICE = mark("Vous avez déjà signé pour l’autre partie : une même personne ne signe pas deux fois.")


def flag(*, year: TfpbYear, reason: str, base_version: int | None, by: Actor) -> TfpbYear:
    """The use of the rebate is questioned: the préfet is told, with why."""
    with transaction.atomic():
        agreement = locked(year.agreement)
        held = locked(year, base_version)
        _go(agreement, "flag", by, reason=reason, year=held)
        held.flagged_on = timezone.localdate()
        held.version += 1
        held.save()
    return held


def next_year(*, agreement: TfpbAgreement, base_version: int | None, by: Actor) -> TfpbAgreement:
    """After the opinion on a review, the next year begins."""
    with transaction.atomic():
        held = locked(agreement, base_version)
        _go(held, "next_year", by)
    return held


def ends(now: datetime) -> int:
    """What a day brings about: see `end_those_over`."""
    return end_those_over(on=timezone.localdate(now))


def end_those_over(*, on: date | None = None) -> int:
    """End what is past its last day once each of its years was settled; returns how many. Safe twice."""
    day = on or timezone.localdate()
    over = TfpbAgreement.objects.filter(
        convention__ends_on__lt=day, state__in=TFPB.by_act("end").sources
    ).exclude(years__in=TfpbYear.objects.filter(state_signed_on=None, flagged_on=None))
    return sum(_ended(agreement) for agreement in over.select_related("convention"))


def _ended(agreement: TfpbAgreement) -> int:
    with transaction.atomic():
        held = locked(agreement)
        if held.state not in TFPB.by_act("end").sources:
            return 0
        _go(held, "end", FAUBOURG)
        if held.convention.state == Convention.State.ACTIVE:
            act = convention_circuit.Act.END
            advance_convention(convention=held.convention, act=act, on=timezone.localdate(), by=FAUBOURG)
    return 1

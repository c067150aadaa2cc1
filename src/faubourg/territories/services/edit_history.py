"""Corrections of what a source printed, and who takes over from whom."""

from datetime import date

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Correction, Lineage, Source, Territory

from .edit_loaded import refuse_loaded
from .edit_noting import held, note


@transaction.atomic
def record_correction(
    *,
    territory: Territory,
    subject: str,
    printed: str,
    corrected: str,
    printed_in: Source,
    evidence: str,
    on: date,
    by: Actor,
) -> Correction:
    """The printed value, the one held true, on whose faith, decided by whom; one a subject and source."""
    place = held(territory)
    _refuse_idle(place, subject, printed, corrected, printed_in)
    correction = Correction.objects.create(
        territory=place,
        subject=subject,
        printed=printed,
        corrected=corrected,
        printed_in=printed_in,
        evidence=evidence,
        decided_by=by.name,
        decided_by_ref=by.ref,
        decided_on=on,
    )
    note(
        place,
        "correction_recorded",
        by=by,
        before={"subject": subject, "value": printed, "source": printed_in.pk},
        after={"subject": subject, "value": corrected},
        reason=evidence,
    )
    return correction


def _refuse_idle(place: Territory, subject: str, printed: str, corrected: str, printed_in: Source) -> None:
    """A correction that changes nothing, or a second one of the same subject in the same document."""
    if printed.strip() == corrected.strip():
        raise Refused(
            Verdict.no("correction_same", mark("La valeur retenue est la même que la valeur imprimée."))
        )
    if place.corrections.filter(subject=subject, printed_in=printed_in).exists():
        raise Refused(
            Verdict.no(
                "correction_known",
                mark("« {subject} » est déjà corrigé pour ce document : retirez d’abord cette correction."),
                subject=subject,
            )
        )


@transaction.atomic
def withdraw_correction(*, correction: Correction, reason: str, by: Actor) -> None:
    """The printed value stands again; the journal keeps what had been decided."""
    place = held(correction.territory)
    before = {
        "subject": correction.subject,
        "value": correction.corrected,
        "source": correction.printed_in_id,
    }
    if Correction.objects.filter(pk=correction.pk).delete()[0]:
        note(place, "correction_withdrawn", by=by, before=before, reason=reason)


@transaction.atomic
def link_places(
    *,
    predecessor: Territory,
    successor: Territory,
    since: date | None,
    source: Source | None,
    note_text: str,
    by: Actor,
) -> Lineage:
    """`successor` takes over from `predecessor`; told in the history of both sheets."""
    ends = _both_held(predecessor, successor)
    if predecessor.pk == successor.pk:
        raise Refused(Verdict.no("lineage_itself", mark("Un lieu ne peut pas se succéder à lui-même.")))
    if _follows(successor, predecessor):
        raise Refused(
            Verdict.no(
                "lineage_circle",
                mark("{one} vient déjà de {other} : la filiation tournerait en rond."),
                one=predecessor.name,
                other=successor.name,
            )
        )
    if Lineage.objects.filter(predecessor=predecessor, successor=successor).exists():
        raise Refused(Verdict.no("lineage_known", mark("Cette filiation est déjà enregistrée.")))
    basis = Lineage.Basis.DOCUMENT if source else Lineage.Basis.DECIDED
    link = Lineage.objects.create(
        predecessor=predecessor,
        successor=successor,
        since=since,
        basis=basis,
        source=source,
        note=note_text,
        added_by=by.ref,
    )
    for place in ends:
        note(place, "lineage_added", by=by, after=_facts(link))
    return link


@transaction.atomic
def withdraw_lineage(*, link: Lineage, reason: str, by: Actor) -> None:
    """The two places are no longer said to follow each other, on both sheets. Refused for a loaded link."""
    refuse_loaded(link)
    ends = _both_held(link.predecessor, link.successor)
    before = _facts(link)
    if Lineage.objects.filter(pk=link.pk).delete()[0]:
        for place in ends:
            note(place, "lineage_withdrawn", by=by, before=before, reason=reason)


def _both_held(predecessor: Territory, successor: Territory) -> list[Territory]:
    """The two ends locked, always in the same order so that nobody waits for each other."""
    ends = {place.pk: place for place in (predecessor, successor)}
    return [held(ends[pk]) for pk in sorted(ends)]


def _facts(link: Lineage) -> dict[str, str]:
    return {
        "predecessor": link.predecessor.code,
        "successor": link.successor.code,
        "since": link.since.isoformat() if link.since else "",
        "source": link.source_id or "",
        "note": link.note,
    }


def _follows(first: Territory, last: Territory) -> bool:
    """Whether `last` already comes, in any number of steps, from `first`."""
    seen, front = {first.pk}, {first.pk}
    while front:
        links = Lineage.objects.filter(predecessor__in=front).values_list("successor", flat=True)
        front = set(links) - seen
        seen |= front
    return last.pk in seen and first.pk != last.pk

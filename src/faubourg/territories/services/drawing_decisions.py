"""What every change of the local geography has in common: the decision, the version it meets, the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Perimeter, PerimeterChange, Source, Territory
from faubourg.territories.reading.contour import Contour

from .edit_loaded import refuse_loaded
from .edit_noting import refuse_deceiving
from .edit_perimeters import GivenPerimeter
from .edit_sources import create_source

Act = PerimeterChange.Act
Kind = Perimeter.Kind
# What is decided here; the national lists are decreed elsewhere and come with their source.
DRAWN_KINDS = (Kind.LOCAL_P1, Kind.LOCAL_P2, Kind.LOCAL_P3, Kind.LIVED, Kind.FORESEEN)
MOST_VERTICES = 20_000


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided (a body; empty: whoever writes it down), when, under which text, why. Text or why."""

    decided_on: date
    authority: str = ""
    reference: str = ""
    reason: str = ""


def write_decision(*, area: Territory, nature: str, decision: Decision, by: Actor) -> PerimeterChange:
    """The row of a decision; raises `Refused` when nothing justifies it or its day is to come."""
    reference, reason = (" ".join(text.split()) for text in (decision.reference, decision.reason))
    if not reference and not reason:
        raise Refused(
            Verdict.no(
                "decision_unjustified",
                mark("Citez le texte qui décide (délibération, contrat…), ou dites pourquoi."),
            )
        )
    if decision.decided_on > timezone.localdate():
        raise Refused(
            Verdict.no("decision_to_come", mark("Une décision se note une fois prise : ce jour est à venir."))
        )
    refuse_deceiving(decision.authority, reference)
    change = PerimeterChange(
        area=area,
        decided_on=decision.decided_on,
        authority=" ".join(decision.authority.split()),
        reference=reference,
        reason=reason,
        recorded_by=by.name,
        recorded_by_ref=by.ref,
    )
    change.act = nature
    change.save()
    return change


def standing_versions(*perimeters: Perimeter) -> list[Perimeter]:
    """These versions, locked in one order, still standing: raises `Conflict` when one was replaced since.

    A loaded one is refused: a decree is not redrawn here.
    """
    for perimeter in perimeters:
        refuse_loaded(perimeter)
    found = {
        row.pk: row
        for row in Perimeter.objects.select_for_update(of=("self",))
        .select_related("territory")
        .filter(pk__in=[perimeter.pk for perimeter in perimeters])
        .order_by("pk")
    }
    if len(found) < len(perimeters) or any(row.withdrawn_at for row in found.values()):
        raise Conflict
    return [found[perimeter.pk] for perimeter in perimeters]


def end_versions(perimeters: Sequence[Perimeter], change: PerimeterChange) -> None:
    """They stand no more; figures measured in them keep pointing to them."""
    for perimeter in perimeters:
        perimeter.withdrawn_at, perimeter.ended_in = timezone.now(), change
        perimeter.save(update_fields=["withdrawn_at", "ended_in"])


def refuse_heavy(contour: Contour) -> None:
    """Raises `Refused` for a contour with more points than a hand draws or a browser edits."""
    if contour.vertices > MOST_VERTICES:
        raise Refused(
            Verdict.no(
                "too-heavy",
                mark(
                    "Le contour compte {count} points ; la limite est de {most} pour ce qui se dessine ici. "
                    "Simplifiez-le d’abord."
                ),
                count=contour.vertices,
                most=MOST_VERTICES,
            )
        )


def refuse_second(place: Territory, kind: str) -> None:
    """A place has one standing outline of each kind: the next one is a change of it."""
    if kind not in DRAWN_KINDS:
        raise Refused(
            Verdict.no("kind_decreed", mark("Cette nature de périmètre est fixée par décret, pas ici."))
        )
    same = place.perimeters.filter(kind=kind, withdrawn_at__isnull=True).exclude(outline="")
    if same.exists():
        raise Refused(
            Verdict.no(
                "kind_stands",
                mark(
                    "{place} a déjà un périmètre de cette nature : modifiez-le, l’ancien contour restera "
                    "dans ses versions."
                ),
                place=place.name,
            )
        )


def bare_version(place: Territory, kind: str) -> Perimeter | None:
    """What somebody said of this place before it had an outline: the drawn version takes over from it."""
    bare = place.perimeters.select_for_update().filter(
        kind=kind, withdrawn_at__isnull=True, outline="", added_by__isnull=False
    )
    return bare.order_by("valid_from", "id").first()


def given_by(
    area: Territory, kind: str, decision: Decision, by: Actor, before: Perimeter | None = None
) -> GivenPerimeter:
    """What the decision says of the version; its source is the local geography of the area.

    A place is what it is since the version `before` said so: only its outline changes.
    """
    return GivenPerimeter(
        kind=kind,
        source=local_source(area, by),
        valid_from=(before and before.valid_from) or decision.decided_on,
        legal_reference=" ".join(decision.reference.split()) or (before.legal_reference if before else ""),
    )


def local_source(area: Territory, by: Actor) -> Source:
    """The source of what is drawn here: one for each intercommunalité, its licence still to be said."""
    return create_source(
        title=f"Géographie locale dessinée dans Faubourg – {area.name}",
        publisher=area.name,
        licence=_("à préciser par l’intercommunalité"),
        vintage="",
        origin=f"/geographie/{area.code}/",
        by=by,
    )

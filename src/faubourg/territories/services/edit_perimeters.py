"""Perimeter versions that a person draws or withdraws, and neighbourhoods that have no official code yet."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.text import fold
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Perimeter, PerimeterChange, Source, Territory
from faubourg.territories.reading.contour import Contour

from .edit_loaded import refuse_loaded, refuse_loaded_source
from .edit_noting import announce, held, note, refuse_deceiving
from .load_neighbourhoods import OWN_CONTOUR


@dataclass(frozen=True, slots=True)
class GivenPerimeter:
    """What somebody says of a perimeter; both days are included."""

    kind: str
    source: Source
    code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    legal_reference: str = ""
    note: str = ""


@transaction.atomic
def add_perimeter(*, territory: Territory, given: GivenPerimeter, contour: Contour, by: Actor) -> Perimeter:
    """A version with its contour; refused when the same kind, code and first day already stand."""
    refuse_loaded_source(given.source)
    place = held(territory)
    _refuse_doubtful(place, given)
    perimeter = write_version(place, given, contour, by)
    note(place, "perimeter_added", by=by, after=facts_of(perimeter, contour.area))
    announce(place)
    return perimeter


def write_version(
    place: Territory,
    given: GivenPerimeter,
    contour: Contour,
    by: Actor,
    made_in: PerimeterChange | None = None,
) -> Perimeter:
    """The row of a version with its contour, inside the transaction of whoever decided it."""
    west, south, east, north = contour.shape.bounds
    perimeter = Perimeter.objects.create(
        territory=place,
        kind=given.kind,
        code=given.code,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        legal_reference=given.legal_reference,
        source=given.source,
        note=given.note,
        wkb=contour.wkb,
        outline=contour.outline,
        west=west,
        south=south,
        east=east,
        north=north,
        repaired=contour.repaired,
        added_by=by.ref,
        made_in=made_in,
    )
    _place_point(place, contour)
    return perimeter


def _refuse_doubtful(place: Territory, given: GivenPerimeter) -> None:
    """Dates out of order, or a version of the same kind and day that already has its contour."""
    if given.valid_from and given.valid_to and given.valid_to < given.valid_from:
        raise Refused(
            Verdict.no("dates_in_order", mark("Le dernier jour précède le premier : vérifiez les dates."))
        )
    same = place.perimeters.filter(
        kind=given.kind, code=given.code, valid_from=given.valid_from, withdrawn_at__isnull=True
    ).exclude(outline="")
    if same.exists():
        raise Refused(
            Verdict.no(
                "perimeter_known",
                mark(
                    "Une version de même nature et de même date a déjà un contour : retirez-la d’abord, ou "
                    "changez la date de début."
                ),
            )
        )


def _place_point(place: Territory, contour: Contour) -> None:
    """A neighbourhood shown at its commune's point, or nowhere, now has its own."""
    if place.kind == Territory.Kind.NEIGHBOURHOOD and place.point_basis in {"", "commune"}:
        point = contour.shape.representative_point()
        place.lon, place.lat, place.point_basis = round(point.x, 5), round(point.y, 5), OWN_CONTOUR
        place.save(update_fields=["lon", "lat", "point_basis"])


@transaction.atomic
def withdraw_perimeter(*, perimeter: Perimeter, reason: str, by: Actor) -> Perimeter:
    """The version no longer stands; figures measured in it keep pointing to it. Refused for a loaded one."""
    refuse_loaded(perimeter)
    place = held(perimeter.territory)
    stands = Perimeter.objects.select_for_update().get(pk=perimeter.pk)
    if stands.withdrawn_at is None:
        stands.withdrawn_at = timezone.now()
        stands.save(update_fields=["withdrawn_at"])
        note(place, "perimeter_withdrawn", by=by, before=facts_of(stands, None), reason=reason)
        announce(place)
    return stands


def facts_of(perimeter: Perimeter, area: float | None) -> dict[str, object]:
    """What the journal keeps of a version; `area` in hectares."""
    return {
        "perimeter": perimeter.pk,
        "kind": perimeter.kind,
        "valid_from": perimeter.valid_from.isoformat() if perimeter.valid_from else "",
        "valid_to": perimeter.valid_to.isoformat() if perimeter.valid_to else "",
        "legal_reference": perimeter.legal_reference,
        "source": perimeter.source_id,
        "repaired": perimeter.repaired,
        "hectares": None if area is None else round(area, 2),
    }


@transaction.atomic
def create_neighbourhood(
    *,
    name: str,
    communes: Sequence[Territory],
    description: str,
    given: GivenPerimeter,
    bare: bool = True,
    by: Actor,
) -> Territory:
    """A neighbourhood with a code of ours (« LOC-63113-… »), and what it is, without contour yet.

    `bare` is False when its first version comes with its contour in the same transaction. Money, figures and
    perimeters may attach to it later; an official code arrives by filiation.
    """
    first = held(communes[0])
    tidy = " ".join(name.split())
    refuse_deceiving(tidy)
    _refuse_twin(tidy, communes)
    place = _local_place(tidy, description, first, given)
    place.communes.set(communes)
    if bare:
        Perimeter.objects.create(
            territory=place,
            kind=given.kind,
            valid_from=given.valid_from,
            legal_reference=given.legal_reference,
            source=given.source,
            added_by=by.ref,
        )
    after = {"name": tidy, "communes": [commune.code for commune in communes], "kind": given.kind}
    journal.record(by=by, act="neighbourhood_created", kind=place.kind, ref=place.code, after=after)
    announce(place)
    return place


def _refuse_twin(tidy: str, communes: Sequence[Territory]) -> None:
    """A neighbourhood of this name, whatever the spelling, is already in one of the communes."""
    beside = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, communes__in=communes)
    if twin := next((place for place in beside if fold(place.name) == fold(tidy)), None):
        raise Refused(
            Verdict.no(
                "neighbourhood_known",
                mark("{name} ({known}) existe déjà dans cette commune : complétez sa fiche plutôt."),
                name=twin.name,
                known=twin.code,
            )
        )


def _local_place(tidy: str, description: str, first: Territory, given: GivenPerimeter) -> Territory:
    """The row of a neighbourhood of ours: it lies where its first commune lies."""
    return Territory.objects.create(
        kind=Territory.Kind.NEIGHBOURHOOD,
        code=f"LOC-{first.code}-{secrets.token_hex(2).upper()}",
        code_origin=Territory.CodeOrigin.LOCAL,
        name=tidy,
        description=description.strip(),
        zone=first.zone,
        region_id=first.region_id,
        departement_id=first.departement_id,
        epci_id=first.epci_id,
        ept_id=first.ept_id,
        urban_unit_id=first.urban_unit_id,
        lon=first.lon,
        lat=first.lat,
        point_basis="commune" if first.lon is not None else "",
        valid_from=given.valid_from,
    )

"""The founding documents brought as rows: places of 2016, printed figures, corrections, resources.

A figure printed in 2016 hangs on the group of 2016, never on the one that took over; the lineage links
them and says how it is known.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from faubourg.base.text import sort_key
from faubourg.rules.verdict import mark
from faubourg.territories import seeds
from faubourg.territories.models import (
    Alias,
    Correction,
    Figure,
    Lineage,
    LocalResource,
    Perimeter,
    StatedPhase,
    Territory,
)

from .load_bulk import Written, bring
from .load_contours import bring_perimeters
from .load_country import pks
from .load_figures import PRINTED, Edition, bring_figures, figure
from .load_neighbourhoods import Quarter, bring_quarters
from .load_places import EDITED, bring_aliases
from .load_qpv_2015 import DECREE_2014, END, START
from .load_sources import bring_findings

Kind = Territory.Kind
GROUPS_END, GROUPS_NEXT = date(2016, 12, 31), date(2017, 1, 1)
BY_NAME = mark("Même nom, même commune.")
BY_COMMUNE = mark("Noms différents : seul quartier prioritaire de la commune en 2024 ; à confirmer.")
OF_THE_TOWN = mark(
    "L’intercommunalité d’aujourd’hui de la même ville centre ; "
    "son périmètre et ses compétences ont pu changer."
)
CENTRE_CODE = "QN06307N"
GROUP_FIELDS = (
    "name",
    "sort_key",
    "code_origin",
    "category",
    "zone",
    "valid_to",
    "headcount",
    "region_id",
    "departement_id",
    "lon",
    "lat",
    "point_basis",
)


def bring_auvergne() -> Written:
    """Seven groups, seven towns and sixteen quarters as printed in March 2016."""
    said = seeds.document(seeds.AUVERGNE)
    written = _bring_groups(said["epci"])
    written += bring_quarters(seeds.AUVERGNE, [_quarter(quarter) for quarter in said["quarter"]])
    places = pks(Kind.NEIGHBOURHOOD)
    perimeters = [
        Perimeter(
            territory_id=places[quarter["code"]],
            kind=Perimeter.Kind.QPV_2015,
            valid_from=START,
            valid_to=END,
            legal_reference=DECREE_2014,
            source_id=seeds.AUVERGNE,
            note=mark("Le document ne donne ni code officiel ni contour."),
        )
        for quarter in said["quarter"]
    ]
    written += bring_perimeters(seeds.AUVERGNE, Perimeter.Kind.QPV_2015, perimeters)
    written += bring_figures(seeds.AUVERGNE, _auvergne_figures(said, places))
    written += _bring_lineages(said, places)
    written += _bring_aliases(seeds.AUVERGNE, _names_for_2024(said, places))
    return written + _bring_corrections(seeds.AUVERGNE) + _findings(seeds.AUVERGNE)


def bring_centre() -> Written:
    """The fifth priority neighbourhood of Clermont-Ferrand, what it has and who acts there."""
    said = seeds.document(seeds.CENTRE)
    places = pks(Kind.NEIGHBOURHOOD)
    edition = Edition(seeds.CENTRE, **said["edition"])
    perimeters = dict(Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2024).values_list("code", "pk"))
    rows = (
        figure(places[one["place"]], PRINTED, one["value"], edition, perimeter=perimeters[one["place"]])
        for one in said["population"]
    )
    written = bring_figures(seeds.CENTRE, rows)
    written += _bring_resources(said["resource"], places[CENTRE_CODE])
    written += _bring_phases(said["phase"], places)
    aliases = ((places[one["place"]], one["name"]) for one in said["alias"])
    written += _bring_aliases(seeds.CENTRE, aliases)
    return written + _bring_corrections(seeds.CENTRE) + _findings(seeds.CENTRE)


# --- Auvergne -----------------------------------------------------------------------------------------


def _bring_groups(said: list[dict[str, Any]]) -> Written:
    seats = [group["town"] for group in said]
    towns = {place.code: place for place in Territory.objects.filter(kind=Kind.COMMUNE, code__in=seats)}
    rows = []
    for group in said:
        town = towns[group["town"]]
        rows.append(
            Territory(
                kind=Kind.EPCI,
                code=group["code"],
                code_origin=Territory.CodeOrigin.LOCAL,
                name=group["name"],
                sort_key=sort_key(group["name"]),
                category=group["category"],
                zone=town.zone,
                valid_to=GROUPS_END,
                headcount=group["population"],
                region_id=town.region_id,
                departement_id=town.departement_id,
                lon=town.lon,
                lat=town.lat,
                point_basis="commune" if town.lon is not None else "",
            )
        )
    existing = Territory.objects.filter(kind=Kind.EPCI, code_origin=Territory.CodeOrigin.LOCAL)
    return bring(existing, rows, key=("kind", "code"), fields=GROUP_FIELDS, frozen=EDITED)


def _quarter(said: dict[str, Any]) -> Quarter:
    return Quarter(
        code=said["code"],
        name=said.get("name", said["printed"]),
        communes=(said["commune"],),
        other_names=(said["printed"],),
        code_origin=Territory.CodeOrigin.LOCAL,
        valid_from=START,
        valid_to=END,
        headcount=said["population"],
    )


def _auvergne_figures(said: dict[str, Any], places: dict[str, int]) -> Iterator[Figure]:
    edition = Edition(seeds.AUVERGNE, **said["edition"])
    groups, towns = pks(Kind.EPCI), pks(Kind.COMMUNE)
    perimeters = dict(Perimeter.objects.filter(source_id=seeds.AUVERGNE).values_list("territory_id", "pk"))
    for group in said["epci"]:
        yield figure(groups[group["code"]], PRINTED, group["population"], edition)
        yield figure(towns[group["town"]], PRINTED, group["town_population"], edition)
    for quarter in said["quarter"]:
        place = places[quarter["code"]]
        cited = f"La page cite sa source : {quarter['cites']}." if "cites" in quarter else ""
        yield figure(place, PRINTED, quarter["population"], edition, perimeter=perimeters[place], note=cited)


def _bring_lineages(said: dict[str, Any], places: dict[str, int]) -> Written:
    groups = pks(Kind.EPCI)
    rows = [
        Lineage(
            predecessor_id=groups[group["code"]],
            successor_id=groups[group["successor"]],
            since=GROUPS_NEXT,
            basis=Lineage.Basis.NAME,
            source_id=seeds.AUVERGNE,
            note=OF_THE_TOWN,
        )
        for group in said["epci"]
    ]
    rows += [
        Lineage(
            predecessor_id=places[quarter["code"]],
            successor_id=places[quarter["successor"]],
            since=date(2024, 1, 1),
            basis=Lineage.Basis.NAME,
            source_id=seeds.AUVERGNE,
            note=BY_COMMUNE if quarter.get("basis") == "commune" else BY_NAME,
        )
        for quarter in said["quarter"]
    ]
    existing = Lineage.objects.filter(source_id=seeds.AUVERGNE)
    return bring(existing, rows, key=("predecessor_id", "successor_id"), fields=("since", "basis", "note"))


def _names_for_2024(said: dict[str, Any], places: dict[str, int]) -> Iterator[tuple[int, str]]:
    """The names of 2016 lead to the neighbourhoods of 2024: « La Gautière » finds La Gauthière."""
    for quarter in said["quarter"]:
        for name in {quarter["printed"], quarter.get("name", quarter["printed"])}:
            yield places[quarter["successor"]], name


# --- shared -------------------------------------------------------------------------------------------


def _bring_aliases(source: str, names: Iterator[tuple[int, str]]) -> Written:
    current = dict(Territory.objects.filter(kind=Kind.NEIGHBOURHOOD).values_list("pk", "name"))
    rows = [
        Alias(territory_id=place, name=name, source_id=source)
        for place, name in names
        if name != current[place]
    ]
    return bring_aliases(Kind.NEIGHBOURHOOD, rows)


def _bring_corrections(source: str) -> Written:
    places = {**pks(Kind.EPCI), **pks(Kind.NEIGHBOURHOOD)}
    rows = [
        Correction(
            territory_id=places[one["place"]],
            subject=one["subject"],
            printed=one["printed"],
            corrected=one["corrected"],
            printed_in_id=source,
            evidence=one["evidence"],
            decided_by="Faubourg",
            decided_on=one["decided_on"],
        )
        for one in seeds.document(source)["correction"]
    ]
    # Once brought, a correction may be taken over by a person: it is never written again.
    return bring(Correction.objects.all(), rows, key=("territory_id", "subject", "printed_in_id"))


def _bring_resources(said: list[dict[str, Any]], place: int) -> Written:
    if Territory.objects.filter(EDITED, pk=place).exists():
        return Written()
    rows = [
        LocalResource(
            territory_id=place,
            kind=one["kind"],
            name=one["name"],
            sort_key=sort_key(one["name"]),
            partner=one.get("partner", ""),
            place=one.get("place", LocalResource.Place.UNSTATED),
            note=one.get("note", ""),
            source_id=seeds.CENTRE,
        )
        for one in said
    ]
    existing = LocalResource.objects.filter(territory_id=place)
    return bring(existing, rows, key=("territory_id", "kind", "name"))


def _bring_phases(said: list[dict[str, Any]], places: dict[str, int]) -> Written:
    rows = [
        StatedPhase(
            territory_id=places[one["place"]],
            phase=one["phase"],
            plan_year=one["plan_year"],
            gradual=one["gradual"],
            said_on=one["said_on"],
            source_id=seeds.CENTRE,
        )
        for one in said
    ]
    existing = StatedPhase.objects.filter(source_id=seeds.CENTRE)
    fields = ("phase", "plan_year", "gradual", "said_on")
    return bring(existing, rows, key=("territory_id",), fields=fields)


def _findings(source: str) -> Written:
    said = seeds.document(source)["finding"]
    return bring_findings(source, [(one["code"], one["ref"], one["sentence"]) for one in said])

"""Open data of the territories: read only, public, each figure with all that makes it readable."""

import json
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema, Status

from faubourg.base.api import NOT_FOUND, NOT_READABLE, Code, CodeFilter, Page, PageNumber, PageSize, paged
from faubourg.rules.verdict import mark

from .models import Figure, Indicator, Perimeter, Source, Territory
from .queries import place_meant_by

router = Router(tags=["Territoires"])

Answer = Status[Any]


class TerritoryLine(Schema):
    """A place in a list."""

    code: str
    name: str
    kind: str
    category: str
    code_origin: str
    valid_from: str | None
    valid_to: str | None
    communes: list[str]
    epci: str | None
    departement: str | None
    region: str | None
    url: str


class PerimeterOut(Schema):
    """A perimeter version; `has_contour` is false when no contour is published."""

    kind: str
    code: str
    valid_from: str | None
    valid_to: str | None
    legal_reference: str
    has_contour: bool
    source: str


class TerritoryOut(TerritoryLine):
    """One place, its other names and its perimeters. `former_codes` also lead here."""

    aliases: list[str]
    former_codes: list[str]
    perimeters: list[PerimeterOut]
    predecessors: list[str]
    successors: list[str]


class TerritoryPage(Page):
    items: list[TerritoryLine]


class FigureOut(Schema):
    """A figure: `value` is null when it is secret or not published, and `secrecy` says which."""

    indicator: str
    name: str
    unit: str
    value: float | None
    secrecy: str
    vintage: str
    perimeter: str | None
    source: str
    licence: str
    note: str


class IndicatorOut(Schema):
    code: str
    name_fr: str
    name_en: str
    unit: str
    additive: bool


class SourceOut(Schema):
    slug: str
    title: str
    publisher: str
    licence: str
    vintage: str
    caution: str


class Feature(Schema):
    type: str
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class FeatureCollection(Schema):
    """GeoJSON (RFC 7946), WGS 84, simplified to about 20 m."""

    type: str
    features: list[Feature]


def _places(kind: str) -> QuerySet[Territory]:
    return (
        Territory.objects.filter(kind=kind)
        .select_related("epci", "departement", "region")
        .prefetch_related(Prefetch("communes", Territory.objects.only("id", "code")))
    )


def _line(place: Territory) -> dict[str, Any]:
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind,
        "category": place.category,
        "code_origin": place.code_origin,
        "valid_from": _iso(place.valid_from),
        "valid_to": _iso(place.valid_to),
        "communes": sorted(commune.code for commune in place.communes.all()),
        "epci": place.epci.code if place.epci else None,
        "departement": place.departement.code if place.departement else None,
        "region": place.region.code if place.region else None,
        "url": place.get_absolute_url(),
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _listed(kind: str, page: int, page_size: int, **filters: Any) -> dict[str, Any]:
    asked = {name: value for name, value in filters.items() if value}
    queryset = _places(kind).filter(**asked).order_by("sort_key", "code")
    if "communes__code" in asked:
        queryset = queryset.distinct()
    rows, where = paged(queryset, page, page_size)
    return where | {"items": [_line(place) for place in rows]}


def _one(kind: str, code: str) -> Answer:
    meant = place_meant_by(kind, code)
    if meant is None:
        return Status(404, {"detail": f"Aucun territoire de cette nature ne porte le code {code}."})
    place = (
        _places(kind)
        .prefetch_related("aliases", "perimeters", "origins__predecessor", "successions__successor")
        .get(pk=meant.pk)
    )
    standing = [perimeter for perimeter in place.perimeters.all() if perimeter.withdrawn_at is None]
    answer = _line(place) | {
        "former_codes": sorted({perimeter.code for perimeter in standing} - {"", place.code}),
        "aliases": [alias.name for alias in place.aliases.all()],
        "perimeters": [
            {
                "kind": perimeter.kind,
                "code": perimeter.code,
                "valid_from": _iso(perimeter.valid_from),
                "valid_to": _iso(perimeter.valid_to),
                "legal_reference": perimeter.legal_reference,
                "has_contour": perimeter.west is not None,
                "source": perimeter.source_id,
            }
            for perimeter in standing
        ],
        "predecessors": [link.predecessor.code for link in place.origins.all()],
        "successors": [link.successor.code for link in place.successions.all()],
    }
    return Status(200, answer)


@router.get("/quartiers", response={200: TerritoryPage, **NOT_READABLE}, summary=mark("Les quartiers"))
def neighbourhoods(
    request: HttpRequest,
    commune: CodeFilter = None,
    departement: CodeFilter = None,
    page: PageNumber = 1,
    page_size: PageSize = 50,
) -> Any:
    """Priority neighbourhoods and others, by name."""
    kind = Territory.Kind.NEIGHBOURHOOD
    return _listed(kind, page, page_size, communes__code=commune, departement__code=departement)


@router.get("/quartiers/{code}", response={200: TerritoryOut, **NOT_FOUND}, summary=mark("Un quartier"))
def neighbourhood(request: HttpRequest, code: Code) -> Answer:
    """One neighbourhood, its names, perimeters and filiations; a code of 2015 leads to it too."""
    return _one(Territory.Kind.NEIGHBOURHOOD, code)


@router.get(
    "/quartiers/{code}/contours",
    response={200: FeatureCollection, **NOT_FOUND},
    summary=mark("Les contours d’un quartier"),
)
def outlines(request: HttpRequest, code: Code) -> Answer:
    """The contours we hold; a version without published contour has a null geometry."""
    place = place_meant_by(Territory.Kind.NEIGHBOURHOOD, code)
    if place is None:
        return Status(404, {"detail": f"Aucun quartier ne porte le code {code}."})
    perimeters = Perimeter.objects.filter(territory=place, withdrawn_at__isnull=True).select_related("source")
    answer = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": json.loads(perimeter.outline) if perimeter.outline else None,
                "properties": {
                    "code": perimeter.code or place.code,
                    "name": place.name,
                    "kind": perimeter.kind,
                    "valid_from": _iso(perimeter.valid_from),
                    "valid_to": _iso(perimeter.valid_to),
                    "source": perimeter.source.title,
                    "licence": perimeter.source.licence,
                },
            }
            for perimeter in perimeters.defer("wkb")
        ],
    }
    return Status(200, answer)


@router.get("/communes", response={200: TerritoryPage, **NOT_READABLE}, summary=mark("Les communes"))
def communes(
    request: HttpRequest,
    epci: CodeFilter = None,
    departement: CodeFilter = None,
    page: PageNumber = 1,
    page_size: PageSize = 50,
) -> Any:
    """Communes by name."""
    return _listed(Territory.Kind.COMMUNE, page, page_size, epci__code=epci, departement__code=departement)


@router.get("/communes/{code}", response={200: TerritoryOut, **NOT_FOUND}, summary=mark("Une commune"))
def commune(request: HttpRequest, code: Code) -> Answer:
    """One commune, by INSEE code."""
    return _one(Territory.Kind.COMMUNE, code)


@router.get("/epci", response={200: TerritoryPage, **NOT_READABLE}, summary=mark("Les intercommunalités"))
def epcis(
    request: HttpRequest, departement: CodeFilter = None, page: PageNumber = 1, page_size: PageSize = 50
) -> Any:
    """Intercommunalités by name, those of 2016 included (`valid_to` is then set)."""
    return _listed(Territory.Kind.EPCI, page, page_size, departement__code=departement)


@router.get("/epci/{code}", response={200: TerritoryOut, **NOT_FOUND}, summary=mark("Une intercommunalité"))
def epci(request: HttpRequest, code: Code) -> Answer:
    """One intercommunalité, by SIREN."""
    return _one(Territory.Kind.EPCI, code)


@router.get(
    "/territoires/{kind}/{code}/chiffres",
    response={200: list[FigureOut], **NOT_FOUND},
    summary=mark("Les chiffres d’un lieu"),
)
def figures(request: HttpRequest, kind: Territory.Kind, code: Code) -> Answer:
    """Every figure we hold of one place, with source, vintage, perimeter version and secrecy."""
    place = place_meant_by(kind, code)
    if place is None:
        return Status(404, {"detail": f"Aucun territoire de cette nature ne porte le code {code}."})
    rows = Figure.objects.filter(territory=place, withdrawn_at__isnull=True)
    answer = [
        {
            "indicator": figure.indicator_id,
            "name": figure.indicator.name_fr,
            "unit": figure.indicator.unit,
            "value": None if figure.value is None else float(figure.value),
            "secrecy": figure.secrecy,
            "vintage": figure.vintage,
            "perimeter": figure.perimeter.kind if figure.perimeter else None,
            "source": figure.source_id,
            "licence": figure.source.licence,
            "note": figure.note,
        }
        for figure in rows.select_related("indicator", "source", "perimeter").defer("perimeter__wkb")
    ]
    return Status(200, answer)


@router.get("/indicateurs", response={200: list[IndicatorOut]}, summary=mark("Les indicateurs"))
def indicators(request: HttpRequest) -> Any:
    """What is measured, its unit, and whether it may be summed."""
    return list(Indicator.objects.values("code", "name_fr", "name_en", "unit", "additive"))


@router.get("/sources", response={200: list[SourceOut]}, summary=mark("Les sources"))
def sources(request: HttpRequest) -> Any:
    """Where everything comes from, with licence and vintage."""
    return list(Source.objects.values("slug", "title", "publisher", "licence", "vintage", "caution"))

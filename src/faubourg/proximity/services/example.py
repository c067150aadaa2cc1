"""« Territoire d’exemple »: the area of the demonstration, its partners and land invented and labelled so."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from faubourg.base.actor import FAUBOURG
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Territory

from ..land_outline import outline_of
from ..models import Area, Category, Land, Partner, Route, Spot
from ..queries.land import METRES_A_DEGREE
from .lands import write_land
from .opening import edit_area, open_area
from .partners import Post, name_referent, seat_person, write_partner
from .settings import write_route, write_spot

COMMUNE = "63113"
QUARTERS = ("gauthiere", "centre")
SINCE = date(2026, 1, 1)
SOURCE = "Exemple de démonstration : contours inventés"
Kind, Use, Theme = Partner.Kind, Land.Use, Category.Theme
# Name, kind, title of its referent (none: the post is empty), account of the demonstration.
PARTNERS = (
    ("Propreté (exemple)", Kind.EPCI, "Référente propreté d’exemple", "proprete@demo.faubourg"),
    ("Voirie (exemple)", Kind.EPCI, "Référent voirie d’exemple", ""),
    ("Éclairage (exemple)", Kind.EPCI, "Référent éclairage d’exemple", ""),
    ("Espaces verts (exemple)", Kind.TOWN, "Référente espaces verts d’exemple", ""),
    ("Police municipale (exemple)", Kind.TOWN, "Brigade d’exemple", ""),
    ("Bailleur A (exemple)", Kind.LANDLORD, "Gardien-chef d’exemple", "bailleur@demo.faubourg"),
    ("Bailleur B (exemple)", Kind.LANDLORD, "", ""),
)
# Name, use, partner; then the rectangle in metres east and north of the middle of the quarter.
LANDS = (
    ("Rue d’exemple", Use.STREET, "Voirie (exemple)", (-220, -12, 220, 12)),
    ("Square d’exemple", Use.GREEN, "Espaces verts (exemple)", (-120, 20, -20, 110)),
    ("Aire de jeux d’exemple", Use.PLAY, "Espaces verts (exemple)", (-20, 20, 20, 60)),
    ("Pieds d’immeubles, bailleur A", Use.FOOT, "Bailleur A (exemple)", (30, 20, 200, 120)),
    ("Tour d’exemple, bailleur A", Use.BUILDING, "Bailleur A (exemple)", (60, 45, 110, 90)),
    ("Pieds d’immeubles, bailleur B", Use.FOOT, "Bailleur B (exemple)", (-200, -120, -30, -20)),
    ("Parking d’exemple", Use.PARKING, "", (20, -90, 120, -20)),
)
# Themes, partner, helper, hours, why.
ROUTES = (
    (Theme.LIGHTING, "Éclairage (exemple)", "", None, "un seul service pour toutes les lampes"),
    (Theme.VEHICLES, "Police municipale (exemple)", "", None, ""),
    (Theme.TRANQUILLITY, "Police municipale (exemple)", "", (20, 6), "la nuit"),
    (Theme.BULKY, "Propreté (exemple)", "Bailleur A (exemple)", None, "le bailleur prévient ses locataires"),
    (Theme.CLEANLINESS, "Propreté (exemple)", "", None, ""),
)
SPOTS = (("Hall d’exemple, tour A", 85.0, 67.0, True), ("Square d’exemple, entrée", -70.0, 25.0, False))


@transaction.atomic
def make_example_area() -> Area | None:
    """The same one whenever it is asked for again; None when its commune is not loaded."""
    place = Territory.objects.filter(kind=Territory.Kind.COMMUNE, code=COMMUNE).first()
    if place is None:
        return None
    found = Area.objects.filter(territory=place).first()
    if found is not None:
        return found
    area = open_area(territory=place, name=f"{place.name} (exemple)", by=FAUBOURG)
    # Numbers of 04 65 71 are kept for fiction.
    told = {"hotline": "04 65 71 00 00", "hotline_hours": "Numéro d’exemple : personne ne répond."}
    area = edit_area(area=area, values=told, base_version=area.version, by=FAUBOURG)
    partners = _partners(area, place)
    for quarter, middle in middles_of(place):
        _lands(area, partners, quarter, middle)
        _spots(area, partners, quarter, middle)
    _routes(area, partners)
    _seats(area)
    return area


def _partners(area: Area, place: Territory) -> dict[str, Partner]:
    made = {}
    for name, kind, referent, email in PARTNERS:
        organisation = f"{place.name} (exemple)" if kind in (Kind.TOWN, Kind.EPCI) else name
        known = Organisation.objects.filter(name=organisation).first()
        values = {"name": name, "kind": kind, "organisation": known or organisation}
        made[name] = write_partner(partner=Partner(area=area), values=values, by=FAUBOURG)
        if referent:
            person = Person.objects.filter(email=email).first() if email else None
            post = Post(str(person or referent), referent, email, person=person)
            name_referent(partner=made[name], post=post, since=SINCE, by=FAUBOURG)
    return made


def middles_of(place: Territory) -> Iterator[tuple[str, tuple[float, float]]]:
    """Two quarters of the town, or its own middle when they are not loaded."""
    quarters = place.neighbourhoods.filter(lon__isnull=False, lat__isnull=False, valid_to__isnull=True)
    found = {
        word: quarter
        for quarter in quarters.order_by("code")
        for word in QUARTERS
        if word in quarter.sort_key.split(" ~")[0]
    }
    drawn: set[tuple[float, float]] = set()
    for quarter in found.values() or [place]:
        # Without an outline a quarter has the point of its town, like the others.
        if quarter.lon is None or quarter.lat is None or (quarter.lon, quarter.lat) in drawn:
            continue
        drawn.add((quarter.lon, quarter.lat))
        yield quarter.name, (quarter.lon, quarter.lat)


def point_at(middle: tuple[float, float], east: float, north: float) -> tuple[float, float]:
    """Degrees, from metres east and north of the middle of the quarter."""
    lon, lat = middle
    side = METRES_A_DEGREE * math.cos(math.radians(lat))
    return round(lon + east / side, 6), round(lat + north / METRES_A_DEGREE, 6)


def _lands(area: Area, partners: dict[str, Partner], quarter: str, middle: tuple[float, float]) -> None:
    for name, use, partner, (west, south, east, north) in LANDS:
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        ring = [point_at(middle, *corner) for corner in corners]
        values: dict[str, Any] = {
            "name": f"{name}, {quarter}", "use": use, "partner": partners.get(partner),
            "source_words": SOURCE, "since": SINCE,
        }  # fmt: skip
        outline = outline_of({"type": "Polygon", "coordinates": [ring]})
        write_land(land=Land(area=area), values=values, outline=outline, by=FAUBOURG)


def _spots(area: Area, partners: dict[str, Partner], quarter: str, middle: tuple[float, float]) -> None:
    for name, east, north, indoors in SPOTS:
        lon, lat = point_at(middle, east, north)
        partner = partners["Bailleur A (exemple)"] if indoors else partners["Espaces verts (exemple)"]
        values = {
            "name": f"{name}, {quarter}",
            "lon": lon,
            "lat": lat,
            "indoors": indoors,
            "partner": partner,
        }
        write_spot(spot=Spot(area=area), values=values, by=FAUBOURG)


def _routes(area: Area, partners: dict[str, Partner]) -> None:
    for theme, partner, helper, hours, words in ROUTES:
        values: dict[str, Any] = {"theme": theme, "partner": partners[partner], "words": words}
        if helper:
            values["also"] = [partners[helper]]
        if hours:
            values |= {"from_minute": hours[0] * 60, "to_minute": hours[1] * 60}
        write_route(route=Route(area=area), values=values, by=FAUBOURG)


def _seats(area: Area) -> None:
    """The demonstration's own accounts, when they were made before."""
    for email, task in (("numerovert@demo.faubourg", "agent"), ("habitante@demo.faubourg", "relay")):
        person = Person.objects.filter(email=email).first()
        if person is not None:
            seat_person(area=area, person=person, task=task, since=SINCE, by=FAUBOURG)

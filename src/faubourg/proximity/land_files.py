"""A GeoJSON file of land responsibility, read feature by feature: what each one says, and what is wrong.

Nothing is written here. Columns are recognised by their usual French names; what cannot be understood is
told beside its feature, and the others stay good.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely
from shapely.geometry import shape

from faubourg.base.refusal import Refused
from faubourg.base.text import fold, printable
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.reading import geojson
from faubourg.territories.reading.contour import kilometres_between
from faubourg.territories.reading.limits import check_size, unreadable
from faubourg.territories.reading.shapes import label_of

from .land_outline import Outline, outline_of
from .models import Area, Land, Partner

MOST_FEATURES = 10_000
# A piece of land of another town: the wrong file, or the wrong coordinates.
FARTHEST_KM = 60
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("nom", "name", "lieu", "libelle", "label", "designation"),
    "use": ("usage", "use", "type", "nature"),
    "partner": ("responsable", "gestionnaire", "partenaire", "service", "entretien", "partner"),
    "owner": ("proprietaire", "owner", "domanialite"),
    "since": ("depuis", "since", "debut", "date debut", "valide du"),
    "until": ("jusqu au", "until", "fin", "date fin", "valide au"),
}
Key = tuple[int | None, str, bytes]


@dataclass(frozen=True, slots=True)
class ReadLand:
    """One feature; `rank` from 1. `known`: the very same land already stands. Wrong when it has errors."""

    rank: int
    name: str
    use: str
    partner: Partner | None
    owner_name: str
    since: date | None
    until: date | None
    outline: Outline | None
    known: bool
    errors: tuple[Reason, ...]
    notes: tuple[Reason, ...]

    @property
    def use_name(self) -> str:
        """The use in words."""
        return str(dict(Land.Use.choices)[self.use])

    @property
    def good(self) -> bool:
        """Whether it would be written."""
        return not self.errors and not self.known


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file would do. `keys`: the lands that it tells of, known ones included."""

    lands: tuple[ReadLand, ...]
    keys: frozenset[Key]

    @property
    def good(self) -> list[ReadLand]:
        return [one for one in self.lands if one.good]

    @property
    def wrong(self) -> list[ReadLand]:
        return [one for one in self.lands if one.errors]

    @property
    def known(self) -> list[ReadLand]:
        return [one for one in self.lands if one.known and not one.errors]

    @property
    def noted(self) -> list[ReadLand]:
        return [one for one in self.lands if one.notes and one.good]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a feature is compared with. `partner` answers where the file names nobody."""

    area: Area
    partners: Mapping[str, Partner]
    standing: frozenset[Key]
    partner: Partner | None = None
    crs: str = ""
    seen: dict[Key, int] = field(default_factory=dict)

    def read(self, data: bytes) -> Trial:
        """Each feature of the file; raises `Refused` when it is no GeoJSON, empty, or far too large."""
        check_size(len(data))
        crs, members = _members(data)
        lands = tuple(self._land(member, rank, crs) for rank, member in enumerate(members, start=1))
        return Trial(lands, frozenset(self.seen))

    def _land(self, member: Any, rank: int, crs: str) -> ReadLand:
        said = member.get("properties") if isinstance(member, dict) else None
        told = _told(said if isinstance(said, dict) else {})
        errors: list[Reason] = []
        notes: list[Reason] = []
        partner = self._partner(told["partner"], errors)
        use = _use(told["use"], notes)
        days = [_day(told[name], errors) for name in ("since", "until")]
        if days[0] and days[1] and days[1] < days[0]:
            errors.append(_wrong("land-days", mark("La fin vient avant le début.")))
        outline = self._outline(member, crs, errors)
        key = key_of(partner.pk if partner else None, use, outline.geometry) if outline else None
        if key is not None and key in self.seen:
            twice = mark("C’est le même lieu que le n° {rank}.")
            errors.append(Reason("land-twice", False, twice, {"rank": self.seen[key]}))
        elif key is not None:
            self.seen[key] = rank
        return ReadLand(
            rank, told["name"] or label_of(said or {}, rank), use, partner, told["owner"], days[0], days[1],
            outline, key in self.standing, tuple(errors), (*notes, *(outline.notes if outline else ())),
        )  # fmt: skip

    def _partner(self, typed: str, errors: list[Reason]) -> Partner | None:
        if not typed:
            return self.partner
        found = self.partners.get(fold(typed))
        if found is None:
            unknown = mark(
                "Aucun partenaire ne s’appelle « {name} » : ajoutez-le d’abord, ou corrigez le nom."
            )
            errors.append(Reason("land-partner", False, unknown, {"name": typed}))
        return found

    def _outline(self, member: Any, crs: str, errors: list[Reason]) -> Outline | None:
        try:
            geometry = member.get("geometry") if isinstance(member, dict) else None
            if not geometry:
                raise unreadable("land-empty", mark("Ce lieu n’a pas de contour."))
            outline = outline_of(geometry, crs, self.crs)
        except Refused as refused:
            errors += refused.verdict.refusals()
            return None
        errors += self._far(outline)
        return outline

    def _far(self, outline: Outline) -> Iterator[Reason]:
        place, (west, south, east, north) = self.area.territory, outline.box
        if place.lon is None or place.lat is None:
            return
        away = kilometres_between((place.lon, place.lat), ((west + east) / 2, (south + north) / 2))
        if away > FARTHEST_KM:
            far = mark("Ce lieu est à {km} km de {place} : vérifiez le fichier et ses coordonnées.")
            yield Reason("land-far", False, far, {"km": round(away), "place": place.name})


def key_of(partner: int | None, use: str, geometry: Mapping[str, Any]) -> Key:
    """The same land has the same key, wherever its ring starts."""
    return partner, use, bytes(shapely.to_wkb(shapely.normalize(shape(geometry))))


def keys_of(lands: Iterable[Land]) -> frozenset[Key]:
    """The keys of lands as they are kept."""
    return frozenset(key_of(land.partner_id, land.use, land.geometry) for land in lands)


def partners_by_name(partners: Iterable[Partner]) -> dict[str, Partner]:
    """Folded name → partner, so that neither case nor accent matters."""
    return {fold(one.name): one for one in partners}


def _members(data: bytes) -> tuple[str, list[Any]]:
    # Only its envelope is judged whole: each feature tells of its own mistakes.
    found = _parsed(data)
    members = found.get("features") if found.get("type") == "FeatureCollection" else [found]
    if found.get("type") not in {"FeatureCollection", "Feature"} or not isinstance(members, list):
        raise unreadable(
            "land-file", mark("Ce fichier n’est pas une collection GeoJSON (« FeatureCollection »).")
        )
    if not members:
        raise unreadable("land-none", mark("Le fichier ne contient aucun lieu."))
    if len(members) > MOST_FEATURES:
        many = mark("Le fichier a plus de {most} lieux : découpez-le.")
        raise unreadable("land-many", many, most=MOST_FEATURES)
    return geojson.crs_of(found), members


def _parsed(data: bytes) -> dict[str, Any]:
    found = geojson.parsed(data)
    if not isinstance(found, dict):
        raise unreadable(
            "land-file", mark("Ce fichier n’est pas une collection GeoJSON (« FeatureCollection »).")
        )
    return found


def _told(said: Mapping[str, Any]) -> dict[str, str]:
    """Each column of ours → what the file says, tidied; empty when it does not."""
    folded = {fold(str(key)): value for key, value in said.items()}
    found = {}
    for name, keys in COLUMNS.items():
        value = next((folded[key] for key in keys if folded.get(key) not in (None, "")), "")
        found[name] = printable(str(value)).strip()[:150]
    return found


def _use(typed: str, notes: list[Reason]) -> str:
    if not typed:
        return Land.Use.OTHER
    for value, label in Land.Use.choices:
        if fold(typed) in {value, fold(str(label))}:
            return value
    unknown = mark("L’usage « {use} » n’est pas de la liste : noté « autre ».")
    notes.append(Reason("land-use", True, unknown, {"use": typed}, decides=False))
    return Land.Use.OTHER


def _day(typed: str, errors: list[Reason]) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed[:10])
    except ValueError:
        wrong = mark("« {day} » n’est pas une date : écrivez AAAA-MM-JJ, par exemple 2026-03-31.")
        errors.append(Reason("land-day", False, wrong, {"day": typed[:20]}))
        return None


def _wrong(code: str, template: str) -> Reason:
    return Reason(code, False, template)

"""What the words of a spreadsheet point to: places, perimeter versions, indicators, sources."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from faubourg.base.text import fold
from faubourg.rules.spreadsheet.written import wrong
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.models import Indicator, Perimeter, Source, Territory

from .import_columns import names_of

Kind = Territory.Kind
Editable = Callable[[Collection[Territory]], set[int]]
_KINDS = {
    "quartier": Kind.NEIGHBOURHOOD,
    "qpv": Kind.NEIGHBOURHOOD,
    "commune": Kind.COMMUNE,
    "epci": Kind.EPCI,
    "intercommunalite": Kind.EPCI,
    "ept": Kind.EPT,
    "departement": Kind.DEPARTEMENT,
    "region": Kind.REGION,
    "unite urbaine": Kind.URBAN_UNIT,
}
# In which version a figure of a neighbourhood is measured when nobody says: the newest official one.
_OFFICIAL = (Perimeter.Kind.QPV_2015, Perimeter.Kind.QPV_2024)


@dataclass(frozen=True, slots=True)
class Target:
    """A place, the perimeter version that its code names (if any), and what was understood to find it."""

    place: Territory
    perimeter: Perimeter | None = None
    restored: str = ""


def tidy_code(text: str) -> str:
    """« qn 06302i » → « QN06302I »."""
    return re.sub(r"\s", "", text).upper()


class Lookup:
    """Everything a sheet may point to, read in a few queries for thousands of rows."""

    def __init__(self, codes: Iterable[str], editable: Editable) -> None:
        wanted = {tidy_code(code) for code in codes} - {""}
        wanted |= {f"0{code}" for code in wanted if code.isdigit() and len(code) in {1, 4, 8}}
        self.indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
        self._indicator_names = names_of(self.indicators.values())
        self.sources = {source.slug: source for source in Source.objects.all()}
        self._source_names = {fold(source.title): source for source in self.sources.values()}
        self._source_names |= {fold(source.slug): source for source in self.sources.values()}
        self._places = self._read_places(wanted)
        self._perimeters = self._read_perimeters(wanted)
        everything = {place.pk: place for places in self._places.values() for place in places}
        everything |= {p.territory_id: p.territory for ps in self._perimeters.values() for p in ps}
        self._versions = self._read_versions(everything)
        self._editable = editable(list(everything.values()))
        self._all_codes: list[str] | None = None

    @staticmethod
    def _read_places(wanted: set[str]) -> dict[str, list[Territory]]:
        found: dict[str, list[Territory]] = {}
        for chunk in _chunks(wanted):
            for place in Territory.objects.filter(code__in=chunk).order_by("id"):
                found.setdefault(place.code, []).append(place)
        return found

    @staticmethod
    def _read_perimeters(wanted: set[str]) -> dict[str, list[Perimeter]]:
        found: dict[str, list[Perimeter]] = {}
        standing = Perimeter.objects.filter(withdrawn_at__isnull=True).defer("wkb", "outline")
        for chunk in _chunks(wanted):
            for perimeter in standing.filter(code__in=chunk).select_related("territory").order_by("id"):
                found.setdefault(perimeter.code, []).append(perimeter)
        return found

    @staticmethod
    def _read_versions(places: dict[int, Territory]) -> dict[int, list[Perimeter]]:
        """The standing versions of each neighbourhood, from the oldest to the newest."""
        found: dict[int, list[Perimeter]] = {}
        quarters = [pk for pk, place in places.items() if place.kind == Kind.NEIGHBOURHOOD]
        standing = Perimeter.objects.filter(withdrawn_at__isnull=True).defer("wkb", "outline")
        for start in range(0, len(quarters), 900):
            for perimeter in standing.filter(territory__in=quarters[start : start + 900]).order_by(
                "valid_from", "id"
            ):
                found.setdefault(perimeter.territory_id, []).append(perimeter)
        return found

    # --- what a cell means ------------------------------------------------------------------------

    def target(self, text: str, kind: str) -> Target | Reason:
        """The place of this code; a reason when unknown, doubtful or out of the person's scope."""
        code = tidy_code(text)
        found = self._target(code, _KINDS.get(fold(kind)))
        if isinstance(found, Reason):
            return found
        if found.place.pk not in self._editable:
            return wrong(
                "out-of-scope",
                mark(
                    "{place} n’est pas dans le périmètre de vos rôles : retirez cette ligne, ou "
                    "demandez ce rôle."
                ),
                place=found.place.name,
            )
        return found

    def _target(self, code: str, kind: str | None) -> Target | Reason:
        for tried in (code, f"0{code}" if code.isdigit() else code):
            places = [p for p in self._places.get(tried, ()) if kind in {None, p.kind}]
            # Urban units share codes with communes (63113): who means the unit says so in « Nature ».
            if kind is None and len(places) > 1:
                places = [p for p in places if p.kind != Kind.URBAN_UNIT]
            if len(places) > 1:
                kinds = ", ".join(str(Kind(place.kind).label) for place in places)
                return wrong(
                    "doubtful-code",
                    mark(
                        "Le code {text} est celui de plusieurs lieux ({kinds}) : ajoutez une colonne "
                        "« Nature »."
                    ),
                    text=code,
                    kinds=kinds,
                )
            if places:
                return Target(places[0], None, tried if tried != code else "")
            versions = self._perimeters.get(tried, [])
            if len({version.territory_id for version in versions}) == 1:
                return Target(versions[0].territory, versions[-1], tried if tried != code else "")
        return self._unknown(code)

    def _unknown(self, code: str) -> Reason:
        if self._all_codes is None:
            self._all_codes = list(
                Territory.objects.order_by("code").values_list("code", flat=True).distinct()
            )
        close = process.extract(code, self._all_codes, scorer=fuzz.ratio, limit=3, score_cutoff=75)
        if not close:
            return wrong(
                "unknown-code",
                mark(
                    "Le code « {text} » n’est celui d’aucun lieu. Écrivez un code INSEE, un SIREN ou "
                    "un code de QPV."
                ),
                text=code[:40],
            )
        return wrong(
            "unknown-code-near",
            mark("Le code « {text} » n’est celui d’aucun lieu. Les plus proches : {near}."),
            text=code[:40],
            near=", ".join(match[0] for match in close),
        )

    def version(self, target: Target, text: str) -> Perimeter | Reason | None:
        """The perimeter version of a figure: the one that is named, else the newest official one."""
        versions = self._versions.get(target.place.pk, [])
        if not text:
            official = [version for version in versions if version.kind in _OFFICIAL]
            return target.perimeter or next(iter((official or versions)[::-1]), None)
        words = fold(text)
        for version in reversed(versions):
            if words in {fold(version.kind), fold(str(version.get_kind_display())), fold(version.code)}:
                return version
        known = ", ".join(str(version.get_kind_display()) for version in versions)
        if not known:
            return wrong("no-version", mark("Ce lieu n’a pas de version de périmètre : videz la cellule."))
        return wrong(
            "unknown-version",
            mark("Ce lieu n’a pas de périmètre « {text} ». Écrivez : {known}."),
            text=text[:60],
            known=known,
        )

    def indicator(self, text: str) -> Indicator | Reason:
        """The indicator of this code or name."""
        if code := self._indicator_names.get(fold(text)):
            return self.indicators[code]
        near = process.extractOne(fold(text), list(self._indicator_names), scorer=fuzz.ratio, score_cutoff=60)
        if near is None:
            return wrong(
                "unknown-indicator",
                mark("L’indicateur « {text} » n’existe pas ici : voyez la liste du modèle."),
                text=text[:60],
            )
        indicator = self.indicators[self._indicator_names[near[0]]]
        return wrong(
            "unknown-indicator-near",
            mark("L’indicateur « {text} » n’existe pas ici. Écrivez « {near} » si c’est lui."),
            text=text[:60],
            near=indicator.name_fr,
        )

    def source(self, text: str) -> Source | Reason:
        """The source of this title or short name."""
        if source := self._source_names.get(fold(text)):
            return source
        near = process.extractOne(fold(text), list(self._source_names), scorer=fuzz.ratio, score_cutoff=60)
        if near is None:
            return wrong(
                "unknown-source",
                mark(
                    "La source « {text} » n’est pas connue : videz la cellule pour prendre celle du "
                    "fichier, ou créez-la d’abord."
                ),
                text=text[:80],
            )
        return wrong(
            "unknown-source-near",
            mark("La source « {text} » n’est pas connue. Écrivez « {near} » si c’est elle."),
            text=text[:80],
            near=self._source_names[near[0]].title,
        )


def _chunks(wanted: set[str], size: int = 900) -> Iterable[list[str]]:
    ordered = sorted(wanted)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]

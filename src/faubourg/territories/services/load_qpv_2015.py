"""The priority neighbourhoods of 2015 whose contour is known, brought beside those of 2024.

A contour of 2015 becomes another perimeter version of a neighbourhood of 2024 only when both lie in the
same commune under the same name. Otherwise it is a neighbourhood of its own, ended on 31 December 2023,
with a lineage when one name plainly contains the other.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shapely.geometry import shape

from faubourg.base.text import fold
from faubourg.rules.names import Likeness, likeness, readable
from faubourg.rules.verdict import mark
from faubourg.territories import pack, seeds
from faubourg.territories.data import records
from faubourg.territories.models import Figure, Lineage, Perimeter, Territory

from .load_bulk import Written, bring
from .load_contours import bring_perimeters, drawn, repair_finding
from .load_country import Country, pks
from .load_figures import Edition, bring_figures, figure
from .load_neighbourhoods import Quarter, bring_quarters
from .load_sources import Finding, bring_findings

Kind = Territory.Kind
START, END = date(2015, 1, 1), date(2023, 12, 31)
DECREE_2014 = "Décret n° 2014-1750 du 30 décembre 2014"
MATCHED = mark("Rapproché du quartier de 2024 par le nom et la commune.")
INDICATORS = Edition("qpv-2015-occitanie-indicateurs", mark("2016-2019, millésime précis non publié"), None)
# The Lille source gives names of communes and no code; all of them lie in the Nord.
LILLE_DEPARTEMENT = "59"


@dataclass(frozen=True, slots=True)
class Match:
    """A contour of 2015 and what it is in 2024: the same neighbourhood, a likely successor, or nothing."""

    contour: records.QpvContour
    communes: tuple[str, ...]
    same: str = ""
    successor: str = ""

    @property
    def code(self) -> str:
        """The neighbourhood that carries this perimeter."""
        return self.same or self.contour.code

    @property
    def point(self) -> tuple[float, float, str]:
        inside = shape(self.contour.geometry).representative_point()
        return round(inside.x, 5), round(inside.y, 5), "qpv_2015"


class Matches:
    """Every contour of 2015 with its match, worked out once for a load."""

    def __init__(self, country: Country) -> None:
        self._country = country

    @cached_property
    def all(self) -> list[Match]:
        in_2024: dict[str, list[records.Qpv2024]] = defaultdict(list)
        for qpv in pack.qpv_2024():
            for commune in qpv.communes:
                in_2024[commune].append(qpv)
        return [self._match(contour, in_2024) for contour in pack.qpv_2015_contours()]

    def points(self) -> dict[str, tuple[float, float, str]]:
        """A point inside the contour of 2015 for each neighbourhood of 2024 that has one."""
        return {match.same: match.point for match in self.all if match.same}

    def _match(self, contour: records.QpvContour, in_2024: dict[str, list[records.Qpv2024]]) -> Match:
        communes = self._communes(contour)
        there = {qpv.code: fold(qpv.name) for commune in communes for qpv in in_2024[commune]}
        name = fold(contour.name)
        same = [code for code, other in there.items() if likeness(name, other) is Likeness.SAME]
        if len(same) == 1:
            return Match(contour, communes, same=same[0])
        near = [code for code, other in there.items() if likeness(name, other) is Likeness.CONTAINED]
        return Match(contour, communes, successor=near[0] if len(near) == 1 else "")

    def _communes(self, contour: records.QpvContour) -> tuple[str, ...]:
        if contour.commune:
            return (contour.commune,)
        wanted = {fold(label) for label in contour.communes_label.split(",")}
        return tuple(
            commune.code
            for commune in self._country.communes.values()
            if commune.departement == LILLE_DEPARTEMENT and fold(commune.name) in wanted
        )


def bring_qpv_2015(matches: Matches, source: str) -> Written:
    """The contours of one source: own rows where needed, perimeters, lineages, repairs noted."""
    here = [match for match in matches.all if match.contour.source == source]
    written = bring_quarters(source, [_quarter(match) for match in here if not match.same])
    places = pks(Kind.NEIGHBOURHOOD)
    perimeters = [_perimeter(match, places[match.code]) for match in here]
    written += bring_perimeters(source, Perimeter.Kind.QPV_2015, perimeters)
    written += _bring_lineages(source, here, places)
    repairs = [
        repair_finding(m.contour.code, m.contour.name, m.contour.repair_reason)
        for m in here
        if m.contour.repaired
    ]
    return written + bring_findings(source, [*repairs, *_unmatched(here)])


def bring_qpv_2015_indicators(matches: Matches) -> Written:
    """41 indicators on the perimeter of 2015; an empty cell is statistical secrecy, never zero."""
    by_column = {said["column"]: said["code"] for said in seeds.indicators() if "column" in said}
    carriers = {match.contour.code: match.code for match in matches.all}
    places = pks(Kind.NEIGHBOURHOOD)
    perimeters = dict(
        Perimeter.objects.filter(kind=Perimeter.Kind.QPV_2015, source_id="qpv-2015-occitanie").values_list(
            "code", "pk"
        )
    )

    def rows() -> Iterator[Figure]:
        for said in pack.qpv_2015_indicators():
            for column, value in said.values.items():
                yield figure(
                    places[carriers[said.code]],
                    by_column[column],
                    value,
                    INDICATORS,
                    absent=Figure.Secrecy.SECRET,
                    perimeter=perimeters[said.code],
                )

    return bring_figures(INDICATORS.source, rows())


def _quarter(match: Match) -> Quarter:
    return Quarter(
        code=match.contour.code,
        name=readable(match.contour.name),
        communes=match.communes,
        other_names=(match.contour.name,),
        valid_from=START,
        valid_to=END,
        point=match.point,
    )


def _perimeter(match: Match, place: int) -> Perimeter:
    perimeter = Perimeter(
        territory_id=place,
        kind=Perimeter.Kind.QPV_2015,
        code=match.contour.code,
        valid_from=START,
        valid_to=END,
        legal_reference=DECREE_2014,
        source_id=match.contour.source,
        note=MATCHED if match.same else "",
    )
    return drawn(perimeter, match.contour.geometry, match.contour.repair_reason)


def _bring_lineages(source: str, here: list[Match], places: dict[str, int]) -> Written:
    rows = [
        Lineage(
            predecessor_id=places[match.contour.code],
            successor_id=places[match.successor],
            since=date(2024, 1, 1),
            basis=Lineage.Basis.NAME,
            source_id=source,
            note=mark("Un des deux noms contient l’autre, dans la même commune ; à confirmer."),
        )
        for match in here
        if match.successor
    ]
    existing = Lineage.objects.filter(source_id=source)
    return bring(existing, rows, key=("predecessor_id", "successor_id"), fields=("since", "basis", "note"))


def _unmatched(here: list[Match]) -> Iterator[Finding]:
    for match in here:
        if not match.same and not match.successor:
            text = f"{match.contour.name} : aucun quartier de 2024 de même nom dans la commune."
            yield "qpv-2015-sans-suite", match.contour.code, text

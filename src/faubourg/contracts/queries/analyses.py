"""An analyse transversale: the lines, the totals that rules allow, and what was announced beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from faubourg.contracts.models import Analysis, AnalysisRow, AnnouncedTotal
from faubourg.rules.announced import Discrepancy, set_beside
from faubourg.rules.figures import Total
from faubourg.rules.typology import CONTEXT_LABELS, Context, Quarter, only_central_town
from faubourg.rules.verdict import Verdict
from faubourg.territories.models import Correction, Figure, Territory

from .figures import figures_by_place, population_printed_in, populations, total_of

What = AnnouncedTotal.What


@dataclass(frozen=True, slots=True)
class AnalysedQuarter:
    """A neighbourhood of a line; `population` is None when not published."""

    place: Territory
    communes: tuple[Territory, ...]
    population: Figure | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """One contract. `contexts` are French sentences of `rules.typology`, or codes it does not know."""

    row: AnalysisRow
    population: Figure | None
    central_population: Figure | None
    quarters: tuple[AnalysedQuarter, ...]
    people: Total
    only_central: Verdict
    contexts: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the document adds on urban renewal and on engineering."""
        sheet = getattr(self.row.contract, "sheet", None)
        return tuple(filter(None, (self.row.renewal_note, sheet.etp_note if sheet else "")))


@dataclass(frozen=True, slots=True)
class Announced:
    """A total of the document beside the one its lines give."""

    total: AnnouncedTotal
    discrepancy: Discrepancy
    named: tuple[Territory, ...] = ()
    added_by_correction: tuple[Territory, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysisBoard:
    """Everything the page and its files show."""

    analysis: Analysis
    lines: tuple[AnalysisLine, ...]
    epci: Total
    central: Total
    people: Total
    quarter_count: int
    announced: tuple[Announced, ...]
    corrections: tuple[Correction, ...]

    @property
    def remarks(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each remark once, with the territories it is made of; no name when it is made of all."""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            for remark in line.remarks:
                found.setdefault(remark, []).append(line.row.territory.name)
        whole = len(self.lines)
        return [(remark, () if len(names) == whole else tuple(names)) for remark, names in found.items()]


def analyses() -> QuerySet[Analysis]:
    """Every analysis with how many contracts it compares (`row_count`)."""
    return Analysis.objects.select_related("source").annotate(row_count=Count("rows"))


def analysis_by_slug(slug: str) -> Analysis | None:
    """The analysis at this address."""
    return Analysis.objects.select_related("source").filter(slug=slug).first()


def board_of(analysis: Analysis) -> AnalysisBoard:
    """The whole comparison; seven queries, whatever the number of contracts."""
    rows = list(
        analysis.rows.select_related(
            "contract__sheet", "contract__source", "territory", "central_commune"
        ).prefetch_related("neighbourhoods__communes")
    )
    places = [place for row in rows for place in _places(row)]
    figures = figures_by_place(places)
    corrections = _corrections(places)
    lines = tuple(_line(row, figures, corrections, analysis.source_id) for row in rows)
    quarters = [quarter for line in lines for quarter in line.quarters]
    people = total_of([quarter.population for quarter in quarters])
    return AnalysisBoard(
        analysis=analysis,
        lines=lines,
        epci=total_of([line.population for line in lines]),
        central=total_of([line.central_population for line in lines]),
        people=people,
        quarter_count=len(quarters),
        announced=tuple(_announced(total, lines, people) for total in _ordered(analysis)),
        corrections=tuple(dict.fromkeys(c for found in corrections.values() for c in found)),
    )


def _places(row: AnalysisRow) -> Iterable[Territory]:
    yield row.territory
    if row.central_commune:
        yield row.central_commune
    yield from row.neighbourhoods.all()


def _corrections(places: list[Territory]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    wanted = {place.pk for place in places}
    for correction in Correction.objects.filter(territory__in=wanted).select_related(
        "printed_in", "territory"
    ):
        found.setdefault(correction.territory_id, []).append(correction)
    return found


def _population(figures: list[Figure], source_id: str | None) -> Figure | None:
    """What the document prints; without document, the additive population of the newest vintage."""
    if source_id:
        return population_printed_in(figures, source_id)
    known = populations(figures)
    return next((figure for figure in known if figure.indicator.additive), next(iter(known), None))


def _line(
    row: AnalysisRow,
    figures: dict[int, list[Figure]],
    corrections: dict[int, list[Correction]],
    source_id: str | None,
) -> AnalysisLine:
    quarters = tuple(
        AnalysedQuarter(
            place=place,
            communes=tuple(place.communes.all()),
            population=_population(figures.get(place.pk, []), source_id),
            corrections=tuple(corrections.get(place.pk, [])),
        )
        for place in sorted(row.neighbourhoods.all(), key=lambda place: place.sort_key)
    )
    central = row.central_commune
    facts = [
        Quarter(quarter.place.name, tuple((commune.code, commune.name) for commune in quarter.communes))
        for quarter in quarters
    ]
    return AnalysisLine(
        row=row,
        population=_population(figures.get(row.territory_id, []), source_id),
        central_population=_population(figures.get(central.pk, []), source_id) if central else None,
        quarters=quarters,
        people=total_of([quarter.population for quarter in quarters]),
        only_central=only_central_town(facts, central.code if central else None),
        contexts=tuple(_context(str(code)) for code in row.typology),
        corrections=tuple(corrections.get(row.territory_id, [])),
    )


def _context(code: str) -> str:
    return CONTEXT_LABELS[Context(code)] if code in set(Context) else code


def _ordered(analysis: Analysis) -> list[AnnouncedTotal]:
    rank = {what: order for order, what in enumerate(What.values)}
    return sorted(analysis.announced.all(), key=lambda total: rank.get(total.what, len(rank)))


def _announced(total: AnnouncedTotal, lines: tuple[AnalysisLine, ...], people: Total) -> Announced:
    if total.what == What.TOWNS:
        return _announced_towns(total, lines)
    counted: dict[str, int | None] = {
        What.EPCI: len(lines),
        What.NEIGHBOURHOODS: sum(len(line.quarters) for line in lines),
        What.PEOPLE: int(people.value) if people.value is not None else None,
        # The document says which sites are concerned, never which quarters.
        What.RENEWAL: None,
    }
    return Announced(total, set_beside(total.value, counted.get(total.what)))


def _announced_towns(total: AnnouncedTotal, lines: tuple[AnalysisLine, ...]) -> Announced:
    """Towns that the document names, and those that only a correction brings in."""
    named = {
        line.row.central_commune.pk: line.row.central_commune for line in lines if line.row.central_commune
    }
    others = {
        commune.pk: commune
        for line in lines
        for quarter in line.quarters
        for commune in quarter.communes
        if commune.pk not in named
    }
    return Announced(
        total,
        set_beside(total.value, len(named)),
        named=tuple(named.values()),
        added_by_correction=tuple(others.values()),
    )

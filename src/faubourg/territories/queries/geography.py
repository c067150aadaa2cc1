"""The geography of an intercommunalité: what stands, by kind; the grid's candidates; what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, Subquery

from faubourg.rules.grid.inside import Inside

from ..models import GridExtract, GridLevel, Perimeter, PerimeterChange, Territory
from .people_inside import people_of

Kind = Perimeter.Kind
# In the order of the board: the list in force, what is decided locally, what is foreseen, what was.
SHOWN = (
    Kind.QPV_2024,
    Kind.LOCAL_P1,
    Kind.LOCAL_P2,
    Kind.LOCAL_P3,
    Kind.LIVED,
    Kind.FORESEEN,
    Kind.QPV_2015,
    Kind.QVA,
)
DECREED = (Kind.QPV_2024, Kind.QPV_2015, Kind.QVA)
PAST = (Kind.QPV_2015, Kind.QVA)
MOST_CHANGES, MOST_BARE = 12, 40


@dataclass(frozen=True, slots=True)
class Standing:
    """A version that stands, and who lives in it; None without a grid or without a contour."""

    perimeter: Perimeter
    inside: Inside | None

    @property
    def has_contour(self) -> bool:
        """Its box says so (see `Perimeter`), without reading the contour."""
        return self.perimeter.west is not None

    @property
    def drawn(self) -> bool:
        """Whether it may be changed here: a decree and what was loaded are not redrawn."""
        row = self.perimeter
        return self.has_contour and not row.loaded and row.kind not in DECREED


@dataclass(frozen=True, slots=True)
class Group:
    """The versions of one kind, by the name of their place."""

    kind: str
    label: str
    rows: tuple[Standing, ...]
    # How many more stand without a contour, left to the list of neighbourhoods.
    left: int = 0

    @property
    def count(self) -> int:
        """Of all the versions of this kind that stand."""
        return len(self.rows) + self.left

    @property
    def past(self) -> bool:
        """A status that is over: the list of 2015, the watch list."""
        return self.kind in PAST


@dataclass(frozen=True, slots=True)
class Step:
    """One threshold of the grid, in thousandths, and how many candidates stand there."""

    threshold: int
    kept: int
    people: float
    components: int

    @property
    def percent(self) -> float:
        return self.threshold / 10


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows; without a grid, no step and no level."""

    area: Territory
    groups: tuple[Group, ...]
    extract: GridExtract | None
    waiting: GridExtract | None
    steps: tuple[Step, ...]
    level: GridLevel | None
    changes: tuple[PerimeterChange, ...]

    @property
    def mergeable(self) -> bool:
        """At least two outlines that may be joined."""
        return sum(row.drawn for group in self.groups for row in group.rows) > 1


def standing_in(area: Territory) -> QuerySet[Perimeter]:
    """The versions that stand of the neighbourhoods of an area, by kind then name; contours stay stored."""
    lies = Q(territory__epci=area) | Q(territory__communes__epci=area)
    return (
        Perimeter.objects.filter(lies, kind__in=SHOWN, withdrawn_at__isnull=True)
        .select_related("territory", "source", "made_in")
        .defer("wkb", "outline")
        .distinct()
        .order_by("territory__sort_key", "id")
    )


def board_of(area: Territory, threshold: int | None) -> Board:
    """`threshold` in thousandths: the nearest step that exists, the proposed one when None."""
    rows = list(standing_in(area))
    extracts = _extracts(area)
    extract = next((one for one in extracts if one.ready_at), None)
    people = people_of(extract, rows)
    by_kind: dict[str, list[Standing]] = {kind.value: [] for kind in SHOWN}
    for row in rows:
        by_kind[row.kind].append(Standing(row, people.get(row.pk)))
    steps = steps_of(extract)
    return Board(
        area=area,
        groups=tuple(_group(kind, by_kind[kind.value]) for kind in SHOWN),
        extract=extract,
        waiting=next((one for one in extracts if not one.ready_at), None),
        steps=steps,
        level=level_at(extract, steps, threshold),
        changes=tuple(changes_of(area)[:MOST_CHANGES]),
    )


def _group(kind: Perimeter.Kind, rows: list[Standing]) -> Group:
    """Every row that has a contour, and a screen or two of those that have none."""
    bare = [row for row in rows if not row.has_contour][MOST_BARE:]
    left = {row.perimeter.pk for row in bare}
    kept = tuple(row for row in rows if row.perimeter.pk not in left)
    return Group(kind.value, str(kind.label), kept, len(left))


def _extracts(area: Territory) -> list[GridExtract]:
    """The newest first, those not withdrawn."""
    return list(
        GridExtract.objects.filter(area=area, withdrawn_at__isnull=True)
        .select_related("source", "document")
        .defer("cells", "extent")
        .order_by("-added_at", "-id")[:5]
    )


def steps_of(extract: GridExtract | None) -> tuple[Step, ...]:
    """The thresholds of a grid, from the lowest."""
    if extract is None:
        return ()
    rows = extract.levels.order_by("threshold").values_list("threshold", "kept", "people", "components")
    return tuple(Step(*row) for row in rows)


def level_at(extract: GridExtract | None, steps: Sequence[Step], threshold: int | None) -> GridLevel | None:
    """The candidates at the step nearest to a threshold."""
    if extract is None or not steps:
        return None
    wanted = round(extract.cut * 1000) if threshold is None else threshold
    nearest = min(steps, key=lambda step: (abs(step.threshold - wanted), step.threshold))
    return extract.levels.get(threshold=nearest.threshold)


def changes_of(area: Territory) -> QuerySet[PerimeterChange]:
    """What was decided, the newest first, with the versions that each decision ended and made."""
    versions = Perimeter.objects.select_related("territory").defer("wkb", "outline").order_by("id")
    return PerimeterChange.objects.filter(area=area).prefetch_related(
        Prefetch("made", versions), Prefetch("ended", versions)
    )


def candidate_at(area: Territory, threshold: int, name: str) -> dict[str, object] | None:
    """One candidate of the grid that answers for an area, by its letter; one query."""
    answering = GridExtract.objects.filter(area=area, withdrawn_at__isnull=True, ready_at__isnull=False)
    newest = answering.order_by("-added_at", "-id").values("pk")[:1]
    level = GridLevel.objects.filter(extract=Subquery(newest), threshold=threshold).first()
    return next((one for one in level.candidates if one["name"] == name), None) if level else None

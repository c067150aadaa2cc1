"""The « ruche à projets »: what was funded, what became of it, and what resembles it. Nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from faubourg.territories.models import Territory

from ..access.calls import HIDDEN_STATES
from ..models import Application, FunderDecision, Report, ReportFile

# From the funders' decisions on; a project that was given up or paid back stays, with its reasons.
FUNDED = (
    *("notified", "agreed", "running", "report_due", "report_in", "checked", "settled"),
    *("cancelled", "recovered"),
)
FAILED = ("cancelled", "recovered")
BINDING = ("notified", "committed", "paid")
SIMILAR = 6


def funded() -> "QuerySet[Application]":
    """Every funded dossier of a published call."""
    return Application.objects.filter(state__in=FUNDED).exclude(call__state__in=HIDDEN_STATES)


def projects() -> "QuerySet[Application]":
    """The same, with what was granted in cents."""
    granted = Q(decisions__state__in=BINDING)
    return (
        funded()
        .select_related("organisation", "call", "contract")
        .annotate(granted_cents=Sum("decisions__amount_cents", filter=granted))
        .prefetch_related("territories")
    )


def project_by_pk(pk: int) -> Application | None:
    """One project, with its money by funder, its public reports and their public photographs."""
    public = Report.objects.filter(public=True).prefetch_related(
        Prefetch("files", ReportFile.objects.filter(public=True).select_related("document"))
    )
    money = FunderDecision.objects.filter(state__in=BINDING, amount_cents__gt=0).select_related("funder")
    return (
        projects()
        .prefetch_related(
            "objectives", Prefetch("reports", public.order_by("year")), Prefetch("decisions", money)
        )
        .filter(pk=pk)
        .first()
    )


@dataclass(frozen=True, slots=True)
class Alike:
    """A project that resembles another, and why."""

    project: Application
    places: tuple[str, ...]
    themes: int
    same_measure: bool


def alike(project: Application) -> list[Alike]:
    """Projects of the same places or themes, those that share most first; the other years of the same
    organisation are not news."""
    places = {place.pk: place.name for place in project.territories.all()}
    near = Q(territories__in=list(places)) if places else Q(pk__in=[])
    if project.measure:
        near |= Q(call=project.call_id, measure=project.measure)
    found = projects().filter(near).exclude(pk=project.pk).distinct().order_by("-submitted_at", "pk")[:60]
    lines = [_alike(project, each, places) for each in found]
    lines.sort(key=lambda line: (len(line.places), line.themes, line.same_measure), reverse=True)
    return lines[:SIMILAR]


def _alike(project: Application, other: Application, places: dict[int, str]) -> Alike:
    shared = tuple(places[place.pk] for place in other.territories.all() if place.pk in places)
    return Alike(other, shared, len({*project.themes} & {*other.themes}), other.measure == project.measure)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of the hive, and how many projects it has."""

    place: Territory
    projects: int


def cells(queryset: "QuerySet[Application]") -> Sequence[Cell]:
    """The places of these projects with how many each has, the most first; two queries."""
    counts = dict(
        queryset.order_by()
        .filter(territories__isnull=False)
        .values_list("territories")
        .annotate(n=Count("pk", distinct=True))
    )
    places = Territory.objects.filter(pk__in=counts).order_by("sort_key", "code")
    return sorted((Cell(place, counts[place.pk]) for place in places), key=lambda cell: -cell.projects)

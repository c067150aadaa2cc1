"""Sources and what was noticed while reading them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Figure, Perimeter, Source, SourceFinding


def all_sources() -> QuerySet[Source]:
    """Every source, with how many findings each has (`finding_count`)."""
    findings = (
        SourceFinding.objects.filter(source=OuterRef("pk"))
        .order_by()
        .values("source")
        .annotate(n=Count("pk"))
    )
    return Source.objects.annotate(finding_count=Coalesce(Subquery(findings.values("n")), 0))


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one code; `shown` is the beginning of a long list, `total` counts them all."""

    code: str
    shown: tuple[SourceFinding, ...]
    total: int


def findings_of(source: Source, *, shown: int = 50) -> list[FindingGroup]:
    """What was noticed in a source, by code."""
    findings: Iterable[SourceFinding] = source.findings.order_by("code", "ref")
    groups = [(code, tuple(same)) for code, same in groupby(findings, key=lambda finding: finding.code)]
    return [FindingGroup(code, same[:shown], len(same)) for code, same in groups]


def uses_of(source: Source) -> dict[str, int]:
    """How many figures, places with a figure, and perimeters rest on a source."""
    counted = Figure.objects.filter(source=source, withdrawn_at__isnull=True).aggregate(
        figures=Count("pk"),
        places=Count("territory", distinct=True),
        indicators=Count("indicator", distinct=True),
    )
    perimeters = Perimeter.objects.filter(source=source, withdrawn_at__isnull=True).count()
    return {**counted, "perimeters": perimeters}

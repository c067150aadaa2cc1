"""Annual reports: those of a contract, one of them, its opinions, and whom its project is sent to."""

from django.db.models import QuerySet

from faubourg.contracts.models import Body, Contract
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.rules.annual_report import Asked
from faubourg.territories.models import Territory


def reports_of(contract: Contract) -> QuerySet[AnnualReport]:
    """Every report of a contract, the latest year first, without its frozen facts."""
    return AnnualReport.objects.filter(contract=contract).defer("facts").order_by("-year")


def published_reports() -> QuerySet[AnnualReport]:
    """What everybody reads, of every contract; the latest year first."""
    return (
        AnnualReport.objects.filter(state=AnnualReport.State.PUBLISHED)
        .select_related("contract")
        .order_by("-year", "contract__sort_key", "pk")
    )


def report_of(contract: Contract, year: int) -> AnnualReport | None:
    """The report of that year; its contract is the one given, so that nothing is read twice."""
    found = (
        AnnualReport.objects.filter(contract=contract, year=year)
        .select_related("deliberation_document")
        .first()
    )
    if found is not None:
        found.contract = contract
    return found


def opinions_of(report: AnnualReport) -> list[Opinion]:
    """The opinions of the present consultation, councils first; none before the first one."""
    if not report.round:
        return []
    found = Opinion.objects.filter(report=report, round=report.round).select_related("territory", "document")
    opinions = list(found.order_by("order", "pk"))
    for opinion in opinions:
        opinion.report = report
    return opinions


def opinion_by_pk(report: AnnualReport, pk: int) -> Opinion | None:
    """One opinion of the present consultation."""
    return next((opinion for opinion in opinions_of(report) if opinion.pk == pk), None)


def asked_of(opinions: list[Opinion]) -> list[Asked]:
    """The opinions as the rules see them."""
    return [
        Asked(opinion.name, opinion.sent_on, opinion.reply_by, opinion.answered_on) for opinion in opinions
    ]


def communes_to_ask(contract: Contract) -> list[Territory]:
    """The communes concerned: those of the neighbourhoods of the contract, and a commune that bears it."""
    kept = contract.neighbourhood_links.filter(rejected=False)
    borne = contract.bearers.filter(territory__kind=Territory.Kind.COMMUNE)
    communes = Territory.objects.filter(neighbourhoods__in=kept.values("neighbourhood"))
    bearing = Territory.objects.filter(pk__in=borne.values("territory"))
    return list((communes | bearing).distinct().order_by("sort_key", "code"))


def bodies_to_propose(contract: Contract) -> list[Body]:
    """The communities of actors of the contract that sit: whom one thinks of first."""
    return list(
        Body.objects.filter(contract=contract, kind=Body.Kind.COMMUNITY, closed_on=None).order_by(
            "order", "pk"
        )
    )

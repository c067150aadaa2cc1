"""The dossiers that ask one funder, row by row: read a few at a time, never held in memory together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from faubourg.base import ordering
from faubourg.people.access import Visitor

from ..models import Applicant, Application, BudgetLine, Call, CallFunder, FundingRequest
from .applications import without_recused

# Dossiers read at once, each with its money and its places.
CHUNK = 200
# Funder, nature, year.
Asked = tuple[int, str, int]


def funder_of(call: Call, pk: int) -> CallFunder | None:
    """The funder of this number, of this call."""
    return call.funders.filter(pk=pk).first()


def years_asked(funder: CallFunder) -> range:
    """The year of the call and those after it for which money is asked of this funder; one query."""
    first: int = funder.call.year
    last: int | None = funder.requests.aggregate(last=Max("year"))["last"]
    return range(first, max(last or first, first) + 1)


def counts_by_funder(call: Call, person: Visitor) -> list[tuple[CallFunder, int]]:
    """Each funder of the call with how many dossiers its file holds for this person; two questions."""
    rows = without_recused(Application.objects.filter(call=call).exclude(state="draft"), person)
    asked = FundingRequest.objects.filter(application__in=rows.order_by().values("pk"))
    counted = dict(asked.order_by().values_list("funder").annotate(n=Count("application", distinct=True)))
    return [(funder, counted.get(funder.pk, 0)) for funder in call.funders.all()]


def asking(funder: CallFunder, person: Visitor) -> "QuerySet[Application]":
    """Submitted dossiers asking this funder, without those from which the person stands back."""
    asked = FundingRequest.objects.filter(application=OuterRef("pk"), funder=funder)
    rows = Application.objects.filter(Exists(asked), call=funder.call_id).exclude(state="draft")
    return without_recused(rows, person).order_by("number", "pk")


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier with what its line of the file says. `asked`: (funder, nature, year) → cents; `accounts`:
    account → cents; `places`: codes. Nothing here points back to the dossier, so that it goes once written.
    """

    application: Application
    applicant: Applicant | None
    asked: Mapping[Asked, int]
    accounts: Mapping[str, int]
    places: Sequence[str]


def read_by_chunks(rows: "QuerySet[Application]") -> Iterator[Row]:
    """Each dossier with its money and its places: four questions for each chunk."""
    found = ordering.in_lots(rows.select_related("organisation", "contract"), size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield from _rows(chunk)


def _rows(chunk: list[Application]) -> Iterator[Row]:
    keys = [application.pk for application in chunk]
    asks = {application.organisation_id for application in chunk}
    sheets = {sheet.organisation_id: sheet for sheet in Applicant.objects.filter(organisation__in=asks)}
    asked: dict[int, dict[Asked, int]] = defaultdict(dict)
    requests = FundingRequest.objects.filter(application__in=keys).order_by()
    said = requests.values_list("application", "funder", "nature", "year", "cents")
    for key, funder, nature, year, cents in said:
        asked[key][funder, nature, year] = cents
    accounts: dict[int, dict[str, int]] = defaultdict(dict)
    lines = BudgetLine.objects.filter(application__in=keys).order_by()
    for key, account, cents in lines.values_list("application", "account", "cents"):
        accounts[key][account] = accounts[key].get(account, 0) + cents
    places: dict[int, list[str]] = defaultdict(list)
    links = Application.territories.through.objects.filter(application__in=keys)
    for key, code in links.order_by("territory__code").values_list("application", "territory__code"):
        places[key].append(code)
    for application in chunk:
        key = application.pk
        yield Row(
            application, sheets.get(application.organisation_id), asked[key], accounts[key], places[key]
        )

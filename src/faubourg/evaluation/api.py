"""Open data of the annual reports: those that are published, with their facts, opinions and deliberation."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from faubourg.base.api import NOT_FOUND, NOT_READABLE, Code, CodeFilter, Page, PageNumber, PageSize, paged
from faubourg.contracts.models import Contract
from faubourg.rules.verdict import mark

from .models import AnnualReport
from .queries import opinions_of, published_reports

router = Router(tags=["Rapports annuels"])


class ReportLine(Schema):
    generation: str
    code: str
    contract: str
    year: int
    published_on: date


class ReportPage(Page):
    items: list[ReportLine]


class OpinionOut(Schema):
    """`sense` is `silent` when nobody answered in time: deemed favourable."""

    name: str
    kind: str
    sent_on: date
    reply_by: date
    sense: str
    answered_on: date | None
    text: str


class ReportOut(ReportLine):
    frozen_at: datetime
    words: dict[str, str] = Field(description="Ce qui est écrit, par partie du rapport.")
    facts: dict[str, Any] = Field(description="Les faits de l’année, chaque chiffre avec sa source.")
    opinions: list[OpinionOut]
    why_no_body: str
    deliberated_on: date
    deliberation: str
    follow_up: str


def _line(report: AnnualReport) -> dict[str, Any]:
    return {
        "generation": report.contract.generation,
        "code": report.contract.code,
        "contract": report.contract.name,
        "year": report.year,
        "published_on": report.published_on,
    }


@router.get("/rapports", response={200: ReportPage, **NOT_READABLE}, summary=mark("Les rapports annuels"))
def reports(
    request: HttpRequest, contrat: CodeFilter = None, page: PageNumber = 1, page_size: PageSize = 50
) -> Any:
    """Published reports, the latest year first."""
    found = published_reports().defer("facts")
    rows, where = paged(found.filter(contract__code=contrat) if contrat else found, page, page_size)
    return where | {"items": [_line(report) for report in rows]}


@router.get(
    "/contrats/{generation}/{code}/rapports/{year}",
    response={200: ReportOut, **NOT_FOUND},
    summary=mark("Un rapport annuel"),
)
def report(request: HttpRequest, generation: Contract.Generation, code: Code, year: int) -> Status[Any]:
    """One published report, whole. A project is not published: it is answered as unknown."""
    found = None
    if 0 < year < 10_000:
        asked = published_reports().filter(contract__generation=generation, contract__code=code.upper())
        found = asked.filter(year=year).first()
    if found is None:
        return Status(404, {"detail": f"Aucun rapport {year} n’est publié pour le contrat {code}."})
    told = {
        "frozen_at": found.frozen_at,
        "words": {
            name: getattr(found, name)
            for name in ("orientations", "situation", "actions", "articulation", "perspectives")
        },
        "facts": found.facts,
        "opinions": opinions_of(found),
        "why_no_body": found.why_no_body,
        "deliberated_on": found.deliberated_on,
        "deliberation": found.deliberation,
        "follow_up": found.follow_up,
    }
    return Status(200, _line(found) | told)

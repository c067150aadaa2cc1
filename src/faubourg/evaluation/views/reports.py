"""The reports of a contract, and one report: what it says, whom it was sent to, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words, said_or_quoted
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.views.finding import asked_contract, tidy_address
from faubourg.evaluation import access, queries
from faubourg.evaluation.forms import OpenForm
from faubourg.evaluation.models import AnnualReport
from faubourg.evaluation.services import writing
from faubourg.rules.annual_report import Act, State, may_close, may_start
from faubourg.rules.verdict import Verdict

from .finding import actor_of, asked_report
from .telling import sections_of, voices_of

PAGES = ("write", "send", "take_back", "close", "deliberate", "publish", "pdf", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of the list, its address."""

    report: AnnualReport
    url: str
    public: bool


@require_safe
def annual_reports(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/rapports/`: the published ones; those in preparation too for the partners."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    found = list(queries.reports_of(contract))
    inside = bool(found) and access.can_read_report(request.user, _any_project(found, contract)).ok
    lines = [
        ReportLine(
            report,
            contract_url(contract, "annual_report", report.year),
            report.state == AnnualReport.State.PUBLISHED,
        )
        for report in found
        if inside or report.state == AnnualReport.State.PUBLISHED
    ]
    told = {report.year for report in found}
    last = timezone.localdate().year - 1
    context = {
        "contract": contract,
        "lines": lines,
        "may_write": access.can_write_reports(request.user, contract),
        "next_year": next((year for year in range(last, last - 10, -1) if year not in told), None),
        "open_url": contract_url(contract, "annual_report_open"),
        "contract_url": contract_url(contract),
    }
    return render(request, "evaluation/reports.html", context)


def _any_project(reports: list[AnnualReport], contract: Contract) -> AnnualReport:
    """A report that is not published, to ask who reads those: the right is the contract's."""
    project = AnnualReport(contract=contract, year=reports[0].year)
    return project


@require_POST
def annual_report_open(request: HttpRequest, code: str) -> HttpResponse:
    """Open the report of a year, then write it."""
    contract = asked_contract(request, code)
    require(access.can_write_reports(request.user, contract))
    form = OpenForm(request.POST)
    back = contract_url(contract, "annual_reports")
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    try:
        report = writing.open_report(contract=contract, year=form.cleaned_data["year"], by=actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
        return redirect(back)
    return redirect(contract_url(contract, "annual_report_write", report.year))


@require_safe
def annual_report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """`/contrats/<code>/rapports/<année>/`: public once published, its partners' until then."""
    if moved := tidy_address(request, code):
        return moved
    report = asked_report(request, code, year)
    require(access.can_read_report(request.user, report))
    opinions = queries.opinions_of(report)
    contract, today = report.contract, timezone.localdate()
    consulted = report.state == AnnualReport.State.CONSULTED
    may_record = {
        opinion.pk: access.can_record_opinion(request.user, opinion) for opinion in opinions if consulted
    }
    facts = report.facts or queries.facts_of(contract, year)
    may_write = access.can_write_reports(request.user, contract)
    context = {
        "contract": contract,
        "report": report,
        "sections": sections_of(report, facts, said_or_quoted),
        "voices": voices_of(opinions, may_record, today),
        "steps": report.steps.all(),
        "may_write": may_write,
        "acts": _acts(report, queries.asked_of(opinions)),
        "history": may_write.ok
        and history_of("annual_report", f"{contract.generation}/{contract.code}/{year}"),
        "urls": {name: contract_url(contract, f"annual_report_{name}", year) for name in PAGES}
        | {
            "reports": contract_url(contract, "annual_reports"),
            "contract": contract_url(contract),
            "deliberation_file": contract_url(contract, "annual_report_deliberation_file", year),
        },
        "api_url": f"/api/contrats/{contract.generation}/{contract.code}/rapports/{year}",
    }
    return render(request, "evaluation/report.html", context)


def _acts(report: AnnualReport, asked: list[Any]) -> dict[str, Verdict]:
    """What can be done next from this state; each refusal is what its greyed button says."""
    state = State(report.state)
    acts = {act.value.replace("-", "_"): may_start(act, state) for act in Act}
    return acts | {"close": may_close(state, asked, on=timezone.localdate())}


@require_safe
def opinion_file(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """The document annexed to an opinion: as public as the report."""
    report = asked_report(request, code, year)
    require(access.can_read_report(request.user, report))
    opinion = queries.opinion_by_pk(report, pk)
    return file_answer(opinion.document if opinion else None)


@require_safe
def deliberation_file(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The deliberation itself, if it was given."""
    report = asked_report(request, code, year)
    require(access.can_read_report(request.user, report))
    return file_answer(report.deliberation_document)


def file_answer(document: Any) -> HttpResponse:
    """A kept document as a download; never run in the page, whatever it holds."""
    if document is None:
        raise Http404(_("Aucun document n’est annexé ici."))
    name = f"annexe-{document.sha256[:12]}{_suffix(document.name)}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    with document.file.open("rb") as kept:
        return HttpResponse(kept.read(), content_type=document.media_type, headers=headers)


def _suffix(name: str) -> str:
    dot = name.rpartition(".")
    return f".{dot[2].lower()}" if dot[1] and dot[2].isascii() and dot[2].isalnum() else ""

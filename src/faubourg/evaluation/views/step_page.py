"""What the step forms of a report share: who may write, the page, the way back, a document kept."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from faubourg.base import documents
from faubourg.base.models import Document
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words
from faubourg.contracts.listings import contract_url
from faubourg.evaluation import access
from faubourg.evaluation.models import AnnualReport

from .finding import actor_of, asked_report


def writable(request: HttpRequest, code: str, year: int) -> AnnualReport:
    """The report, for who may write it; 403 with the reason otherwise."""
    report = asked_report(request, code, year)
    require(access.can_write_reports(request.user, report.contract))
    return report


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: texts and files of a POST, even empty; nothing of a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def home(report: AnnualReport, anchor: str = "") -> HttpResponse:
    """Back to the report."""
    return redirect(contract_url(report.contract, "annual_report", report.year) + anchor)


def step_page(request: HttpRequest, report: AnnualReport, form: forms.Form, **more: Any) -> HttpResponse:
    """A step form; 422 when it came back with errors."""
    status = more.pop("status", 422 if form.is_bound and form.errors else 200)
    context = {
        "contract": report.contract,
        "report": report,
        "form": form,
        "cancel_url": contract_url(report.contract, "annual_report", report.year),
        "contract_url": contract_url(report.contract),
        **more,
    }
    return render(request, "evaluation/step.html", context, status=status)


def kept(request: HttpRequest, upload: Any, purpose: str) -> Document | None:
    """The document given with a form, kept before the act that names it; Refused when unreadable."""
    return documents.keep(upload=upload, purpose=purpose, by=actor_of(request)) if upload else None


def act(
    request: HttpRequest, report: AnnualReport, service: Callable[..., object], done: str
) -> HttpResponse:
    """Call a service that asks nothing more, say what came of it, and go back."""
    try:
        service(report=report, by=actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, done)
    return home(report)

"""A report as files: a tagged PDF of the whole, and its figures as a table."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from faubourg.base import pdf, tables
from faubourg.base.refusal import require
from faubourg.contracts.listings import contract_url
from faubourg.contracts.views.finding import tidy_address
from faubourg.contracts.views.not_compiled import not_compiled
from faubourg.evaluation import access, queries
from faubourg.evaluation.models import AnnualReport

from .finding import asked_report
from .telling import Section, Voice, sections_of, voices_of
from .telling.rows import HEADERS, rows

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "annual_report.typ"


def _readable(request: HttpRequest, code: str, year: int) -> AnnualReport:
    report = asked_report(request, code, year)
    require(access.can_read_report(request.user, report))
    return report


@require_safe
def annual_report_pdf(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """`…/rapport.pdf`: the same words as the page, PDF/A-3a and PDF/UA-1."""
    if moved := tidy_address(request, code):
        return moved
    report = _readable(request, code, year)
    contract = report.contract
    title = title_of(report)
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, pdf_data(report), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=contract_url(contract, "annual_report", year))
    name = f"rapport-{contract.code}-{contract.generation}-{year}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": lang}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def annual_report_table(request: HttpRequest, code: str, year: int, fmt: tables.Format) -> HttpResponse:
    """`…/rapport.csv`, `…/rapport.xlsx`: every fact on its line, secret cells left empty."""
    if moved := tidy_address(request, code):
        return moved
    report = _readable(request, code, year)
    contract = report.contract
    facts = report.facts or queries.facts_of(contract, year)
    content = tables.write(
        fmt,
        title=title_of(report),
        headers=[str(header) for header in HEADERS],
        rows=rows(facts),
        caption_lines=[
            standing(report),
            gettext("Un chiffre couvert par le secret statistique n’est pas exporté : sa cellule est vide."),
            gettext("Des montants d’origines ou de niveaux différents ne s’additionnent pas."),
        ],
    )
    name = f"rapport-{contract.code}-{contract.generation}-{year}.{fmt}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt], headers=headers)


def title_of(report: AnnualReport) -> str:
    """« Rapport annuel 2023, Saint-Étienne Métropole »."""
    return gettext("Rapport annuel %(year)s, %(contract)s") % {
        "year": report.year,
        "contract": report.contract.name,
    }


def standing(report: AnnualReport) -> str:
    """Where the report stands, with the day: a copy of a project says that it is one."""
    if report.published_on:
        return gettext("Publié le %(day)s.") % {"day": date_format(report.published_on, "DATE_FORMAT")}
    return gettext("Projet, %(state)s : ce n’est pas le rapport définitif.") % {
        "state": report.get_state_display()
    }


def pdf_data(report: AnnualReport) -> dict[str, Any]:
    """What the template receives: only texts and lists, in the reader's language."""
    facts = report.facts or queries.facts_of(report.contract, report.year)
    taken = date_format(report.frozen_at, "DATE_FORMAT") if report.frozen_at else ""
    voices = voices_of(queries.opinions_of(report), {}, timezone.localdate())
    return {
        "overline": gettext("Politique de la ville · rapport annuel"),
        "code": f"{report.contract.code} · {report.contract.get_generation_display()}",
        "title": report.contract.name,
        "year": str(report.year),
        "standing": standing(report),
        "draft": report.published_on is None,
        "taken": gettext("Faits arrêtés le %(day)s.") % {"day": taken} if taken else "",
        "sections": [_section(section) for section in sections_of(report, facts)],
        "opinions_title": gettext("Les avis annexés"),
        "opinions": [_opinion(voice) for voice in voices],
        "no_opinion": gettext("Le projet n’a pas encore été soumis pour avis."),
        "why_no_body": report.why_no_body,
        "deliberation_title": gettext("La délibération et ses suites"),
        "deliberation": _deliberation(report),
        "follow_up": report.follow_up.splitlines(),
    }


def _section(section: Section) -> dict[str, Any]:
    tables = [asdict(table) | {"numeric": list(table.numeric)} for table in section.tables]
    return {
        "title": section.title,
        "words": section.words.splitlines(),
        "lines": section.lines,
        "tables": tables,
    }


def _opinion(voice: Voice) -> dict[str, Any]:
    document = voice.opinion.document
    annexed = gettext("Document annexé : empreinte %(hash)s.")
    return {
        "name": voice.name,
        "sense": voice.opinion.get_sense_display(),
        "days": voice.days,
        "text": voice.opinion.text.splitlines(),
        "document": annexed % {"hash": document.sha256[:16]} if document else "",
    }


def _deliberation(report: AnnualReport) -> str:
    if report.deliberated_on is None:
        return gettext("L’assemblée n’a pas encore délibéré.")
    return gettext("%(act)s, le %(day)s.") % {
        "act": report.deliberation,
        "day": date_format(report.deliberated_on, "DATE_FORMAT"),
    }

"""The account on the layout of the form CERFA 15059*02: as a PDF to sign, as a table to paste."""

from pathlib import Path
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf, tables
from faubourg.base.numbers import cents, percent
from faubourg.contracts.views.not_compiled import not_compiled
from faubourg.rules.calls.accounts import ACCOUNTS, Side
from faubourg.rules.calls.report import FORM, SOURCE

from ..listings_reports import report_state, report_url
from ..models import Applicant, Report
from ..queries.reports import accounts_of
from ..report_rows import sides_of
from .report_finding import asked_report

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "report.typ"


@require_safe
def report_pdf(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/15059.pdf`: PDF/A-3a and PDF/UA-1, for who may read the dossier."""
    _reader, report = asked_report(request, pk, year)
    title = _("Compte rendu financier %(year)s – %(title)s") % {
        "year": year,
        "title": report.application.title,
    }
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, report_data(report), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=report_url(report))
    headers = {
        "Content-Disposition": f'inline; filename="15059-{pk}-{year}.pdf"',
        "Content-Language": lang,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def report_table(request: HttpRequest, pk: int, year: int, fmt: str) -> HttpResponse:
    """`/dossiers/<pk>/bilan/<year>/15059.<csv|xlsx|ods>`: one row an account, in euros."""
    _reader, report = asked_report(request, pk, year)
    if fmt not in ("csv", "xlsx", "ods"):
        raise Http404(_("Formats possibles : csv, xlsx, ods."))
    content = tables.write(
        cast(tables.Format, fmt),
        title=_("Compte rendu financier %(year)s") % {"year": year},
        headers=[_("Partie"), _("Compte"), _("Intitulé"), _("Prévision"), _("Réalisation"), _("%")],
        rows=_rows(report),
        caption_lines=[
            str(SOURCE),
            f"{report.application.organisation.name} – {report.application.title}",
            report_state(report),
            *_shares(report),
            *([report.gaps] if report.gaps else []),
            *([report.indirect_costs] if report.indirect_costs else []),
        ],
    )
    name = f'attachment; filename="15059-{pk}-{year}.{fmt}"'
    return HttpResponse(
        content, content_type=tables.MEDIA_TYPES[fmt], headers={"Content-Disposition": name}
    )  # fmt: skip


def _rows(report: Report) -> list[list[Any]]:
    found = []
    for side in sides_of(report):
        for row in side.rows:
            found.append([str(side.label), _code(row.line.account), row.name, *_figures(row.compared)])
        found.append([str(side.label), "", _("Total"), *_figures(side.total)])
    return found


def _figures(compared: Any) -> list[Any]:
    actual = compared.actual_cents
    share = compared.share_bp
    return [
        compared.planned_cents / 100,
        None if actual is None else actual / 100,
        None if share is None else share / 100,
    ]


def _code(account: str) -> str:
    """The number that the form prints: the codes with letters are ours."""
    return account if account.isdecimal() else ACCOUNTS[account].chapter


def _shares(report: Report) -> list[str]:
    """« La subvention de X € représente Y % du total des produits » : the sentence of the form."""
    products = next((side.total for side in sides_of(report) if side.side is Side.PRODUCTS), None)
    if products is None or not products.actual_cents:
        return []
    return [
        _("La subvention de %(sum)s (%(funder)s) représente %(share)s du total des produits.")
        % {
            "sum": cents(account.settlement.granted_cents),
            "funder": account.funder.name,
            "share": percent(account.settlement.granted_cents * 100 / products.actual_cents),
        }
        for account in accounts_of(report)
    ]


def report_data(report: Report) -> dict[str, Any]:
    """Everything `typst/report.typ` shows."""
    application = report.application
    sheet = Applicant.objects.filter(organisation=application.organisation_id).first()
    return {
        "overline": _("Compte rendu financier · CERFA n° %(form)s") % {"form": FORM},
        "title": application.title,
        "keywords": ["compte rendu financier", str(report.year)],
        "facts": _facts(report, sheet),
        "exit": _exit(report),
        "texts": [[str(label), text] for label, text in _texts(report) if text],
        "public": {
            "title": _("Public par quartier"),
            "headers": [_("Quartier"), _("Personnes touchées")],
            "rows": [
                [place.territory.name, "–" if place.people is None else str(place.people)]
                for place in report.places.all()
            ],
        },
        "indicators": {
            "title": _("Indicateurs"),
            "headers": [_("Indicateur"), _("Promis"), _("Résultat")],
            "rows": [
                [
                    each.promised.name,
                    f"{each.promised.target} {each.promised.unit}".strip(),
                    each.value or "–",
                ]
                for each in report.indicators.all()
            ],
        },
        "money_title": _("Tableau de synthèse"),
        "money_headers": [_("Compte"), _("Prévision"), _("Réalisation"), _("%")],
        "sides": [_side(side) for side in sides_of(report)],
        "shares": _shares(report),
        "signature": _signature(report, sheet),
        "foot": _("Édité le %(day)s par Faubourg")
        % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
    }


def _facts(report: Report, sheet: Applicant | None) -> list[list[str]]:
    application = report.application
    days = [
        date_format(day, "DATE_FORMAT") if day else "–"
        for day in (application.starts_on, application.ends_on)
    ]
    return [
        [_("Organisme"), application.organisation.name],
        [_("SIRET ou RNA"), application.organisation.siret or application.organisation.rna or "–"],
        [_("Représentant·e légal·e"), (sheet.head_name if sheet else "") or "–"],
        [_("Dossier"), application.number or "–"],
        [_("Exercice"), str(report.year)],
        [_("Dates"), " – ".join(days)],
        [_("Lieux"), ", ".join(place.territory.name for place in report.places.all()) or "–"],
        [_("Personnes touchées"), "–" if report.audience_count is None else str(report.audience_count)],
        [_("État"), report_state(report)],
    ]


def _exit(report: Report) -> list[str]:
    """The three ways out that the form offers, the chosen one marked."""
    return [
        f"{'[x]' if (report.exit or Report.Exit.ACCOUNT) == value else '[  ]'} {label}"
        for value, label in Report.Exit.choices
    ]


def _texts(report: Report) -> list[tuple[str, str]]:
    return [
        (_("Mise en œuvre"), report.story),
        (_("Résultats"), report.results),
        (_("Ce qui a marché"), report.successes),
        (_("Ce qui n’a pas marché"), report.failures),
        (_("Pourquoi l’action n’a pas eu lieu"), report.why_not_done),
        (_("Règles de répartition des charges indirectes"), report.indirect_costs),
        (_("Écarts significatifs entre prévu et réalisé"), report.gaps),
    ]


def _side(side: Any) -> dict[str, Any]:
    rows = [
        [
            f"{_code(row.line.account)} {row.name}",
            cents(row.compared.planned_cents),
            _told(row.compared),
            row.share,
        ]
        for row in side.rows
    ]
    return {
        "label": str(side.label),
        "rows": rows,
        "total": [_("Total"), cents(side.total.planned_cents), _told(side.total), side.share],
    }


def _told(compared: Any) -> str:
    return "–" if compared.actual_cents is None else cents(compared.actual_cents)


def _signature(report: Report, sheet: Applicant | None) -> list[str]:
    if report.handed_in_at is None:
        return [_("Ce compte rendu n’est pas encore certifié.")]
    day = date_format(timezone.localdate(report.handed_in_at), "DATE_FORMAT")
    place = f"{sheet.city}, " if sheet and sheet.city else ""
    return [
        _("Certifié exact par %(name)s.") % {"name": report.certified_by_name},
        f"{place}{day}",
    ]

"""The form CERFA 12156*06 of a dossier, as a PDF and as a spreadsheet: what is in is not typed again."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf, tables
from faubourg.contracts.views.not_compiled import not_compiled
from faubourg.rules.calls.accounts import FORM

from ..models import Application
from ..queries.cerfa import form_of
from .cerfa_document import cerfa_data, cerfa_rows
from .finding import asked_application

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "cerfa.typ"


@require_safe
def application_cerfa_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/cerfa.pdf`"""
    application = asked_application(request, pk)
    data, lang = cerfa_data(form_of(application)), (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, data, lang=lang, title=f"{data['title']} – {application.title}")
    except pdf.NotCompiled:
        return not_compiled(request, title=data["title"], back=reverse("application", args=[pk]))
    return _sent(application, content, "pdf", "inline")


@require_safe
def application_cerfa_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/cerfa.xlsx`: the same answers and amounts, numbers as numbers."""
    application = asked_application(request, pk)
    form = form_of(application)
    content = tables.write(
        "xlsx",
        title=f"CERFA {application.number or application.pk}",
        headers=[_("Partie"), _("Rubrique ou charge"), _("Réponse ou montant"), _("Produit"), _("Montant")],
        rows=cerfa_rows(form),
        caption_lines=[
            _("Présentation du formulaire CERFA n° %(form)s") % {"form": FORM},
            _("Appel « %(call)s », demande de %(who)s. Montants en euros.")
            % {"call": application.call.title, "who": application.organisation.name},
        ],
    )
    return _sent(application, content, "xlsx", "attachment")


def _sent(application: Application, content: bytes, fmt: str, how: str) -> HttpResponse:
    name = f"cerfa-{application.number or f'brouillon-{application.pk}'}.{fmt}"
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in name)
    headers = {"Content-Disposition": f'{how}; filename="{safe}"', "Content-Language": get_language() or "fr"}
    return HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt], headers=headers)

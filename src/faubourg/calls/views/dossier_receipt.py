"""The receipt of a dossier, on the page and in PDF, with what the law asks of it (CRPA, art. R. 112-5)."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import numbers, pdf
from faubourg.contracts.views.not_compiled import not_compiled
from faubourg.rules.calls.clocks import SILENCE, SILENCE_MONTHS, implicit_rejection

from ..models import Application
from ..queries.kept_verdicts import kept_verdict
from .finding import asked_application

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "receipt.typ"


@require_safe
def application_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/recepisse/`"""
    application = asked_application(request, pk)
    if not application.number:
        return redirect("application_write", pk)
    context = {
        "application": application,
        "receipt": receipt_data(application),
        "verdict": kept_verdict(application),
    }
    return render(request, "calls/dossier/receipt.html", context)


@require_safe
def application_receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/recepisse.pdf`: the same words."""
    application = asked_application(request, pk)
    if not application.number:
        return redirect("application_write", pk)
    data, lang = receipt_data(application), (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, data, lang=lang, title=data["title"])
    except pdf.NotCompiled:
        return not_compiled(request, title=data["title"], back=reverse("application_receipt", args=[pk]))
    name = f"recepisse-{application.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": lang}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def receipt_data(application: Application) -> dict[str, Any]:
    """Every word of the receipt, in the reader's language."""
    call, at = application.call, timezone.localtime(application.submitted_at)
    facts = [
        (_("Numéro"), application.number or ""),
        (_("Reçu le"), _("%(day)s à %(hour)s, heure de Paris") % {
            "day": date_format(at, "DATE_FORMAT"), "hour": at.strftime("%H:%M:%S"),
        }),
        (_("Action"), application.title),
        (_("Demandeur"), application.organisation.name),
        (_("Signé par"), application.signed_by_name),
        (_("Service chargé du dossier"), call.lead.name),
        (_("Contact"), call.contact or _("auprès de %(lead)s") % {"lead": call.lead.name}),
    ]  # fmt: skip
    if application.late:
        facts.insert(2, (_("Délai"), _("reçu après la date limite, et signalé comme tel")))
    return {
        "title": _("Récépissé de dépôt"),
        "overline": call.title,
        "foot": f"{call.title} · {application.number}",
        "facts": [list(fact) for fact in facts],
        "asked": [
            [row.funder.name, f"{row.get_nature_display()}, {row.year}", numbers.cents(row.cents)]
            for row in application.requests.select_related("funder")
        ],
        "asked_headers": [_("Financeur"), _("Nature et année"), _("Demandé")],
        "asked_title": _("Ce qui est demandé"),
        "sections": _sections(application),
    }


def _sections(application: Application) -> list[dict[str, str]]:
    complete = implicit_rejection(application.complete_on)
    silence = _(
        "Ce récépissé ne vaut pas décision. Sans réponse dans les %(months)s mois qui suivent la réception "
        "d’un dossier complet, la demande est réputée rejetée (%(source)s)."
    ) % {"months": SILENCE_MONTHS, "source": SILENCE}
    if complete is not None:
        day = date_format(complete, "DATE_FORMAT")
        silence += " " + _("Ce dossier étant complet, ce sera le %(day)s.") % {"day": day}
    appeal = application.call.appeal_route or _(
        "Une décision, ou un rejet né du silence, peut être contestée dans les deux mois : par un recours "
        "gracieux devant le service, puis devant le tribunal administratif du ressort (code de justice "
        "administrative, article R. 421-1)."
    )
    missing = _(
        "Si une pièce manque, le service vous l’indique avec un délai pour la fournir ; le délai de deux "
        "mois ne court qu’à partir du dossier complet."
    )
    return [
        {"title": _("Ce que vaut le silence"), "text": silence},
        {"title": _("Si le dossier est incomplet"), "text": missing},
        {"title": _("Voies et délais de recours"), "text": appeal},
    ]

"""The receipt of a summary sheet: its number, its moment, until when the opinion is awaited."""

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf
from faubourg.base.numbers import cents
from faubourg.contracts.views.not_compiled import not_compiled

from ..models import Intent
from ..queries.calls import rules_of
from .intent_finding import asked_intent

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "intent.typ"


@require_safe
def intent_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """`/fiches/<pk>/recepisse.pdf`: PDF/A-3a and PDF/UA-1, for who may read the sheet."""
    intent = asked_intent(request, pk)
    if intent.submitted_at is None:
        raise Http404(_("Cette fiche n’est pas déposée : elle n’a pas encore de récépissé."))
    title = _("Récépissé %(number)s") % {"number": intent.number}
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, receipt_data(intent, title), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=reverse("intent", args=[intent.pk]))
    headers = {
        "Content-Disposition": f'inline; filename="recepisse-{intent.number}.pdf"',
        "Content-Language": lang,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def receipt_data(intent: Intent, title: str) -> dict[str, Any]:
    """Everything `typst/intent.typ` shows."""
    assert intent.submitted_at is not None
    at = timezone.localtime(intent.submitted_at)
    due = date_format(intent.opinion_due_on, "DATE_FORMAT") if intent.opinion_due_on else "–"
    said = [
        _("La fiche synthétique de %(organisation)s a été reçue le %(at)s (heure de Paris).")
        % {"organisation": intent.organisation.name, "at": f"{at:%d/%m/%Y %H:%M:%S}"},
        _("Hors délai : la date limite était passée ; c’est signalé à l’intercommunalité.")
        if intent.late
        else _("Elle est dans les temps."),
        _("L’intercommunalité donne son avis au plus tard le %(due)s.") % {"due": due},
        _("Ce récépissé ne vaut ni avis favorable ni promesse de subvention."),
    ]
    rules = rules_of(intent.call)
    measure = rules.measure(intent.measure) if rules else None
    return {
        "overline": _("Fiche synthétique"),
        "title": title,
        "call": intent.call.title,
        "number": intent.number or "",
        "said": said,
        "facts": [
            [_("Projet"), intent.title],
            [_("Porteur"), intent.organisation.name],
            [_("Mesure"), measure.name if measure else intent.measure or "–"],
            [_("Quartiers"), ", ".join(place.name for place in intent.territories.all()) or "–"],
            [_("Budget envisagé"), _money(intent.budget_cents)],
            [_("Demande envisagée"), _money(intent.requested_cents)],
            [_("Contact"), intent.call.contact or intent.call.lead.name],
        ],
        "summary_title": _("Le projet en quelques phrases"),
        "summary": [line for line in intent.summary.splitlines() if line.strip()],
        "foot": _("Édité le %(day)s par Faubourg")
        % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
    }


def _money(amount: int | None) -> str:
    return "–" if amount is None else cents(amount)

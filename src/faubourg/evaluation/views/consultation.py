"""A project sent for opinion, taken back, answered, closed. Each act checks who asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.evaluation import access, queries
from faubourg.evaluation.forms import OpinionForm, SendForm, TakeBackForm
from faubourg.evaluation.models import Opinion
from faubourg.evaluation.services import consultation, opinions
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from .finding import actor_of, asked_opinion, asked_report
from .step_page import act, home, kept, sent, step_page, writable
from .telling.opinions import name_of

OPINION_FIELDS = {"report_day": "answered_on", "sense": "sense", "text": "text"}
SEND_FIELDS = {
    "report_sent": "sent_on",
    "report_proof": "proof",
    "report_delay": "reply_by",
    "report_bodies": "bodies",
}


@require_http_methods(["GET", "HEAD", "POST"])
def annual_report_send(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Whom the project goes to, and until when they may answer."""
    report = writable(request, code, year)
    form = SendForm(*sent(request), initial=SendForm.values_of(report, timezone.localdate()))
    more = {
        "title": _("Soumettre pour avis le rapport %(year)s") % {"year": year},
        "lead": _(
            "Les faits sont arrêtés à cet instant, le texte ne bouge plus. Chaque conseil municipal et "
            "chaque instance citoyenne a un mois au moins ; son silence vaut avis favorable."
        ),
        "communes": queries.communes_to_ask(report.contract),
        "submit_label": _("Soumettre pour avis"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            consultation.send_for_opinion(
                report=report,
                sending=form.sending(report.contract),
                base_version=form.cleaned_data["version"],
                by=actor_of(request),
            )
        except Conflict:
            form.add_error(None, _("Le rapport a changé entre-temps : relisez-le avant de l’envoyer."))
            return step_page(request, report, form, status=409, **more)
        except Refused as refused:
            show_refusal(form, refused, SEND_FIELDS)
        else:
            messages.success(request, _("Le projet est soumis pour avis."))
            return home(report, "#avis")
    return step_page(request, report, form, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def annual_report_take_back(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The project goes back to its authors, with the reason."""
    report = writable(request, code, year)
    form = TakeBackForm(*sent(request))
    more = {
        "title": _("Reprendre le projet de rapport %(year)s") % {"year": year},
        "lead": _(
            "Il faudra le soumettre de nouveau, et le délai d’un mois repartira. Les avis reçus sont gardés."
        ),
        "submit_label": _("Reprendre le projet"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            consultation.take_back(report=report, reason=form.cleaned_data["reason"], by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, {"reason": "reason"})
        else:
            messages.success(request, _("Le projet est de nouveau en préparation."))
            return home(report)
    return step_page(request, report, form, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def annual_report_opinion(request: HttpRequest, code: str, year: int, pk: int) -> HttpResponse:
    """What a council or a body answered, annexed to the report."""
    report = asked_report(request, code, year)
    opinion = asked_opinion(report, pk)
    require(access.can_record_opinion(request.user, opinion))
    today = timezone.localdate()
    form = OpinionForm(*sent(request), initial=OpinionForm.values_of(opinion, today))
    key = f"report-opinion:{opinion.pk}"
    more = {
        "title": name_of(opinion),
        "lead": _("Son avis sur le rapport %(year)s, rendu public avec lui.") % {"year": year},
        "draft_key": key,
        "draft_version": opinion.version,
        "kept": opinion.document,
    }
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, opinion, form)
        except Refused as refused:
            show_refusal(form, refused, OPINION_FIELDS)
        else:
            forget_draft(request, key)
            messages.success(request, _("L’avis est enregistré et annexé."))
            return home(report, "#avis")
    return step_page(request, report, form, **more)


def _record(request: HttpRequest, opinion: Opinion, form: OpinionForm) -> None:
    data = form.cleaned_data
    answer = opinions.Answer(
        sense=data["sense"],
        answered_on=data["answered_on"],
        text=data["text"].replace("\r\n", "\n"),
        document=kept(request, data["document"], "report-opinion"),
    )
    opinions.record_opinion(
        opinion=opinion, answer=answer, base_version=data["version"], by=actor_of(request)
    )


@require_POST
def annual_report_close(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Close the consultation: refused before a month unless everybody answered."""
    done = _("La consultation est close. Qui a gardé le silence est réputé favorable.")
    return act(request, writable(request, code, year), consultation.close_consultation, done)

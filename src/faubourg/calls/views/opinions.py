"""Several funders examine one dossier: each writes its own opinion, all the services read them all."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.views.conflict import again, both_of
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft

from ..access.dossiers import may_speak_for
from ..access.readers import Reader
from ..forms.examination import OpinionForm
from ..models import CallFunder, FunderOpinion
from ..queries.sheet import asked_of
from ..services.opinions import give_opinion, is_locked
from .checking import form_of
from .finding import actor_of, asked_reader
from .sheet import sheet_page

FIELDS = {
    "opinion-reason": "text",
    "opinion-operating": "operating_cents",
    "opinion-investment": "investment_cents",
    "on_behalf": "on_behalf",
}


@require_safe
def application_opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/avis/`: what each funder's service thinks; for services and jury."""
    reader = asked_reader(request, pk)
    require(reader.may_read_workings)
    found = reader.application
    opinions = list(found.opinions.select_related("funder"))
    asked = asked_of(found, opinions)
    known = {each.funder_pk for each in asked}
    return sheet_page(
        request,
        reader,
        "application_opinions",
        asked=asked,
        others=[opinion for opinion in opinions if opinion.funder_id not in known],
        locked=is_locked(found),
        writes=reader.may_examine.ok,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def application_opinion(request: HttpRequest, pk: int, funder: int) -> HttpResponse:
    """`/dossiers/<pk>/avis/<funder>/`: its own service writes it; who runs the call may, on its behalf."""
    reader = asked_reader(request, pk)
    row = CallFunder.objects.filter(call=reader.application.call_id, pk=funder).first()
    if row is None:
        raise Http404(_("Ce financeur n’est pas de cet appel."))
    speech = may_speak_for(reader, row)
    require(speech.allowed)
    opinion = reader.application.opinions.filter(funder=row).first()
    start = OpinionForm.values_of(opinion)
    told: dict[str, Any] = {"natures": _natures(reader, row), "on_behalf": speech.on_behalf}
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=start, **told)
    key = f"opinion:{reader.application.pk}:{row.pk}"
    more: dict[str, Any] = {"draft_key": key, "draft_version": start["version"]}
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, reader, row, form)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            opinion = reader.application.opinions.get(funder=row)
            more |= {"status": 409, "both": both_of(form, OpinionForm.values_of(opinion))}
            form = OpinionForm(again(form, opinion.version), **told)
        else:
            forget_draft(request, key)
            messages.success(request, _("L’avis est enregistré."))
            return redirect("application_opinions", pk)
    return form_of(
        request,
        reader,
        form,
        heading=_("Avis de %(funder)s") % {"funder": row.name},
        lead=_asked_words(reader, row),
        cancel=reverse("application_opinions", args=[pk]),
        **more,
    )


def _give(request: HttpRequest, reader: Reader, funder: CallFunder, form: OpinionForm) -> FunderOpinion:
    return give_opinion(
        application=reader.application,
        funder=funder,
        values=form.values(),
        base_version=form.cleaned_data["version"],
        on_behalf=form.cleaned_data.get("on_behalf"),
        by=actor_of(request),
    )


def _natures(reader: Reader, funder: CallFunder) -> list[str]:
    asked = reader.application.requests.filter(funder=funder)
    return sorted(set(asked.values_list("nature", flat=True)))


def _asked_words(reader: Reader, funder: CallFunder) -> str:
    if not _natures(reader, funder):
        return _("Rien n’est demandé à ce financeur : son avis est possible, sans montant.")
    return _("Vous proposez au plus ce qui est demandé, nature par nature.")

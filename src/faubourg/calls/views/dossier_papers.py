"""The papers of a dossier: taken from the vault in one act, handed in, taken back, read again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.base.views.kept import handed

from ..models import Piece, VaultPiece
from ..queries.facts import pieces_asked
from ..services import dossier_pieces
from .dossier_finding import LABELS, Writing, asked_writing
from .finding import actor_of, asked_application


class PaperForm(forms.Form):
    """One file, for one of the pieces that are asked for or besides."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    label = forms.CharField(label=gettext_lazy("Intitulé"), required=False, max_length=200)
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        help_text=gettext_lazy("PDF, photo, traitement de texte ou tableur ; 20 Mo au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(sorted(dossier_pieces.PAPERS))}),
    )


def papers_page(
    request: HttpRequest, writing: Writing, *, form: PaperForm | None = None, status: int = 200
) -> HttpResponse:
    """The pieces that the rules ask for, each with what answers it, then the others."""
    application = writing.application
    given: dict[str, list[Piece]] = {}
    for piece in application.pieces.all():
        given.setdefault(piece.code, []).append(piece)
    vault = _vault(writing)
    asked = [
        {
            "code": code,
            "name": name,
            "pieces": given.pop(code, []),
            "vault": [kept for kept in vault if kept.kind == code],
            "beside": [kept for kept in vault if kept.kind != code],
        }
        for code, name in pieces_asked(writing.judged.rule_set, application.measure)
    ]
    completion = None
    if application.state == "to_complete":
        completion = application.completion_requests.filter(answered_on=None).first()
    context: dict[str, Any] = {
        "writing": writing,
        "application": application,
        "step": "pieces",
        "steps": writing.steps("pieces") if application.state == "draft" else [],
        "label": LABELS["pieces"],
        "reasons": [(reason, in_words(reason)) for reason in writing.judged.of("pieces")],
        "asked": asked,
        "others": [piece for pieces in given.values() for piece in pieces],
        "vault": vault,
        "completion": completion,
        "form": form or PaperForm(),
    }
    return render(request, "calls/dossier/pieces.html", context, status=status)


@require_POST
def application_piece_add(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/pieces/ajouter/`: a file, or one of the vault; refused with a sentence."""
    writing = asked_writing(request, pk)
    by, code = actor_of(request), request.POST.get("code", "")[:40]
    if taken := request.POST.get("vault", ""):
        try:
            kept = next(each for each in _vault(writing) if str(each.pk) == taken)
            dossier_pieces.take_from_vault(application=writing.application, vault=kept, code=code, by=by)
        except StopIteration:
            messages.error(request, _("Cette pièce n’est plus au coffre."))
        except Refused as refused:
            messages.error(request, _told(refused))
        else:
            messages.success(request, _("La pièce est reprise du coffre."))
        return redirect(writing.url("pieces"))
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            dossier_pieces.add_upload(
                application=writing.application, upload=said["file"], code=code, label=said["label"], by=by
            )
        except Refused as refused:
            form.add_error("file", _told(refused))
        else:
            messages.success(request, _("La pièce est ajoutée."))
            return redirect(writing.url("pieces"))
    return papers_page(request, writing, form=form, status=422)


@require_POST
def application_piece_remove(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """`/dossiers/<pk>/pieces/<piece>/retirer/`"""
    writing = asked_writing(request, pk)
    found = writing.application.pieces.filter(pk=piece).first()
    if found is not None:
        try:
            dossier_pieces.remove_piece(application=writing.application, piece=found, by=actor_of(request))
        except Refused as refused:
            messages.error(request, _told(refused))
        else:
            messages.success(
                request, _("La pièce est retirée du dossier ; le coffre la garde si elle en vient.")
            )
    return redirect(writing.url("pieces"))


@require_POST
def answer_pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/pieces/repondre/`: the pieces that were asked for are in."""
    writing = asked_writing(request, pk)
    try:
        dossier_pieces.answer_completion(application=writing.application, by=actor_of(request))
    except Refused as refused:
        messages.error(request, _told(refused))
        return redirect(writing.url("pieces"))
    messages.success(request, _("Le service est prévenu : vos pièces sont dans le dossier."))
    return redirect("my_applications")


@require_safe
def application_piece(request: HttpRequest, pk: int, piece: int) -> HttpResponseBase:
    """`/dossiers/<pk>/pieces/<piece>/`: a paper, for whoever reads the dossier."""
    application = asked_application(request, pk)
    found = application.pieces.select_related("document").filter(pk=piece).first()
    if found is None:
        raise Http404(_("Ce dossier n’a pas cette pièce."))
    return handed(found.document)


def _vault(writing: Writing) -> list[VaultPiece]:
    """What of the vault still holds, newest first."""
    today = timezone.localdate()
    kept = VaultPiece.objects.filter(organisation=writing.application.organisation_id, replaced_by=None)
    found = kept.select_related("document").order_by("-added_at")[:100]
    return [each for each in found if each.valid_until is None or each.valid_until >= today]


def _told(refused: Refused) -> str:
    return refusals_in_words(refused.verdict)

"""Is a dossier complete: its pieces, the missing ones asked for, the clock started, or the door closed."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words
from faubourg.base.views.kept import handed
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.calls.circuits import APPLICATION

from ..access.readers import Reader
from ..forms.examination import AskPiecesForm, CompleteForm, PieceForm, ReasonForm
from ..models import Piece
from ..queries.checking import completeness_of, pieces_of
from ..services import checking
from .finding import actor_of, asked_reader
from .sheet import sheet_page

USUAL_DELAY = timedelta(days=15)


@require_safe
def application_pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/pieces/`: what the rules ask for against what is there."""
    return pieces_page(request, asked_reader(request, pk))


def pieces_page(
    request: HttpRequest, reader: Reader, *, status: int = 200, wrong: Any = None
) -> HttpResponse:
    """`wrong`: the form of the paper that was refused, with its key."""
    found = reader.application
    papers = pieces_of(found)
    asked = completeness_of(found, papers)
    known = {piece.code for piece in asked}
    others = [paper for code, inside in papers.items() if code not in known for paper in inside]
    return sheet_page(
        request,
        reader,
        "application_pieces",
        status=status,
        asked=asked,
        others=others,
        requests=list(found.completion_requests.all()),
        checks=reader.may_examine.ok and found.state in checking.CHECKED_IN,
        acts=[
            {"act": act, "verdict": APPLICATION.may_start(act, found.state)}
            for act in ("complete", "ask-pieces", "refuse")
        ]
        if reader.may_run.ok
        else [],
        complete_form=CompleteForm(),
        wrong=wrong,
    )


@require_safe
def application_piece_file(request: HttpRequest, pk: int, piece: int) -> HttpResponseBase:
    """`/dossiers/<pk>/pieces/<piece>/fichier/`: the paper itself."""
    return handed(_asked_piece(asked_reader(request, pk), piece).document)


@require_POST
def application_piece_check(request: HttpRequest, pk: int, piece: int) -> HttpResponse:
    """`/dossiers/<pk>/pieces/<piece>/verifier/`: accepted, or refused with a remark."""
    reader = asked_reader(request, pk)
    require(reader.may_examine)
    row = _asked_piece(reader, piece)
    form = PieceForm(request.POST)
    if form.is_valid():
        try:
            checking.check_piece(
                piece=row,
                accepted=form.cleaned_data["accepted"] == "yes",
                remark=form.cleaned_data["remark"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"remark": "remark"})
        else:
            messages.success(request, _("La vérification est enregistrée."))
            return redirect("application_pieces", pk)
    return pieces_page(request, reader, status=422, wrong={"piece": row, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def application_ask_pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/completer/`: which pieces, until when; a letter is drafted."""
    reader = asked_reader(request, pk)
    require(reader.may_run)
    found = reader.application
    asked = completeness_of(found)
    start = {
        "missing": [piece.code for piece in asked if piece.reason.met is False],
        "due_on": timezone.localdate() + USUAL_DELAY,
    }
    form = AskPiecesForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        pieces=[(piece.code, in_words(piece.reason)) for piece in asked],
    )
    if request.method == "POST" and form.is_valid():
        try:
            checking.ask_pieces(application=found, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            show_refusal(form, refused, {"due_on": "due_on", "application_missing": "missing"})
        else:
            messages.success(request, _("Les pièces sont demandées ; la lettre attend d’être relue."))
            return redirect("application_pieces", pk)
    return form_of(
        request,
        reader,
        form,
        heading=_("Demander des pièces"),
        lead=_("Le dossier revient à son porteur, qui peut le compléter jusqu’au délai."),
        submit=_("Demander"),
    )


@require_POST
def application_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/complet/`: the two months begin."""
    reader = asked_reader(request, pk)
    require(reader.may_run)
    form = CompleteForm(request.POST)
    if form.is_valid():
        try:
            checking.declare_complete(
                application=reader.application,
                received_on=form.cleaned_data["received_on"],
                by=actor_of(request),
            )
        except Refused as refused:
            for reason in refused.verdict.refusals():
                messages.error(request, in_words(reason))
        else:
            messages.success(request, _("Le dossier est complet : le délai de deux mois court."))
    else:
        messages.error(request, _("Cette date n’a pas été comprise : écrivez-la comme 23/01/2015."))
    return redirect("application_pieces", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def application_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/irrecevable/`: with its reason; a letter is drafted."""
    reader = asked_reader(request, pk)
    require(reader.may_run)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            checking.declare_inadmissible(
                application=reader.application, reason=form.cleaned_data["reason"], by=actor_of(request)
            )
        except Refused as refused:
            show_refusal(form, refused, {"application_reason": "reason"})
        else:
            messages.success(request, _("Le dossier est irrecevable ; la lettre attend d’être relue."))
            return redirect("application", pk)
    return form_of(
        request,
        reader,
        form,
        heading=_("Déclarer irrecevable"),
        lead=_("Le dossier ne va pas plus loin. Le porteur reçoit le motif et les voies de recours."),
        submit=_("Déclarer irrecevable"),
    )


def form_of(request: HttpRequest, reader: Reader, form: Any, **told: Any) -> HttpResponse:
    """One form about a dossier: 422 when what was sent is refused."""
    status = told.pop("status", 422 if form.is_bound and form.errors else 200)
    return sheet_page(
        request,
        reader,
        "application_form",
        status=status,
        form=form,
        cancel_url=told.pop("cancel", "") or reader.application.get_absolute_url(),
        submit_label=told.pop("submit", ""),
        **told,
    )


def _asked_piece(reader: Reader, piece: int) -> Piece:
    found = reader.application.pieces.select_related("document", "application").filter(pk=piece).first()
    if found is None:
        raise Http404(_("Cette pièce n’est pas, ou plus, dans ce dossier."))
    return found

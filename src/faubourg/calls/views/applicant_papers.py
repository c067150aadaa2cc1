"""The charter and the vault of an organisation that applies."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.views.kept import handed
from faubourg.people.views.refusals import show_refusal

from ..access import can_sign_for, can_write_for
from ..access.vault import can_open_piece
from ..commitments import COMMITMENTS, SOURCE
from ..forms.applicant_people import PieceForm, ReasonForm, SignCharterForm
from ..queries.applicants import charter_of, piece_by_pk, vault_of
from ..services.charters import sign_charter, withdraw_charter
from ..services.vault import keep_piece, remove_piece
from .applicant_finding import actor_for, asked_applicant, frame, say_meanwhile, say_refused

FIELDS = {
    "quality": "quality",
    **{f"upload-{why}": "file" for why in ("too-large", "empty", "kind", "content", "active")},
}


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_charter(request: HttpRequest, pk: int) -> HttpResponse:
    """The seven commitments; the signatory signs them."""
    organisation = asked_applicant(request, pk)
    may_sign = can_sign_for(request.user, organisation)
    form = SignCharterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(may_sign)
        if form.is_valid():
            sign_charter(
                organisation=organisation,
                quality=form.cleaned_data["quality"],
                by=actor_for(request, organisation),
            )
            messages.success(request, _("Le contrat d’engagement républicain est signé."))
            return redirect("applicant_charter", pk)
    standing = charter_of(organisation)
    context = {
        **frame(request, organisation, "applicant_charter"),
        "form": form,
        "charter": standing,
        "past": organisation.charters.filter(withdrawn_on__isnull=False),
        "commitments": COMMITMENTS,
        "source": SOURCE,
        "may_sign": may_sign,
    }
    return render(request, "calls/applicants/charter.html", context, status=422 if form.is_bound else 200)


@require_POST
def charter_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The signatory withdraws it, with the reason."""
    organisation = asked_applicant(request, pk)
    require(can_sign_for(request.user, organisation))
    standing = charter_of(organisation)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if standing is None:
        say_meanwhile(request)
        return redirect("applicant_charter", pk)
    try:
        withdraw_charter(charter=standing, reason=reason, by=actor_for(request, organisation))
    except Refused as refused:
        say_refused(request, refused)
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("Le contrat d’engagement républicain est retiré."))
    return redirect("applicant_charter", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_vault(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers, and the form that adds one."""
    organisation = asked_applicant(request, pk)
    require(can_write_for(request.user, organisation))
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PieceForm(*sent, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            keep_piece(
                organisation=organisation,
                paper=form.paper(),
                upload=form.cleaned_data["file"],
                replaces=form.cleaned_data["replaces"],
                by=actor_for(request, organisation),
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            say_meanwhile(request)
            return redirect("applicant_vault", pk)
        else:
            messages.success(request, _("La pièce est au coffre."))
            return redirect("applicant_vault", pk)
    pieces = list(vault_of(organisation))
    context = {
        **frame(request, organisation, "applicant_vault"),
        "form": form,
        "pieces": [piece for piece in pieces if piece.replaced_by is None],
        "replaced": [piece for piece in pieces if piece.replaced_by is not None],
        "today": localdate(),
    }
    return render(request, "calls/applicants/vault.html", context, status=422 if form.is_bound else 200)


@require_safe
def vault_piece(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, never shown in place: what somebody sent is downloaded."""
    piece = piece_by_pk(pk)
    if piece is None:
        raise Http404(_("Cette pièce n’existe plus."))
    require(can_open_piece(request.user, piece))
    return handed(piece.document)


@require_POST
def vault_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the vault, as long as no dossier uses it."""
    piece = piece_by_pk(pk)
    if piece is None:
        raise Http404(_("Cette pièce n’existe plus."))
    organisation = piece.organisation
    require(can_write_for(request.user, organisation))
    try:
        remove_piece(piece=piece, by=actor_for(request, organisation))
    except Refused as refused:
        say_refused(request, refused)
    except Conflict:
        say_meanwhile(request)
    else:
        messages.success(request, _("La pièce est retirée du coffre."))
    return redirect("applicant_vault", organisation.pk)

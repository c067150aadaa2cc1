"""Parties to a contract or a convention: named, signing, refusing, corrected, removed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import documents
from faubourg.base.refusal import require
from faubourg.base.views.kept import handed
from faubourg.contracts import access
from faubourg.contracts.agreements import Agreement, agreement_url, of
from faubourg.contracts.forms.agreement import PartyForm, ReasonForm, SignForm
from faubourg.contracts.models import Contract, Signatory
from faubourg.contracts.services import signing

from .agreement_pages import asked_agreement, attempt, form_page, written_agreement
from .people import actor_of

FIELDS = {
    "circuit_day": "on",
    "circuit_state": "said",
    "reason": "reason",
    "name": "name",
    "mandatory": "mandatory",
    "upload-too-large": "document",
    "upload-empty": "document",
    "upload-kind": "document",
    "upload-content": "document",
}


@require_http_methods(["GET", "HEAD", "POST"])
def party_add(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/parties/ajouter/`: an institution that signs."""
    found = written_agreement(request, code, convention)
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: signing.add_party(agreement=found, by=actor_of(request), **form.party()),
            done=_("%(party)s est partie à ce texte.") % {"party": form.cleaned_data["name"]},
            to=_back(found),
            fields=FIELDS,
        )
        if gone:
            return gone
    return form_page(
        request, found, form, heading=_("Nommer une partie"), back=_back(found), submit=_("Nommer la partie")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def party_sign(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/parties/<pk>/signer/`: a signature or a written refusal."""
    found = written_agreement(request, code, convention)
    party = _asked(found, pk)
    form = SignForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: _say(request, party, form),
            done=_("Ce qu’a dit %(party)s est enregistré.") % {"party": party.name},
            to=_back(found),
            fields=FIELDS,
        )
        if gone:
            return gone
    return form_page(request, found, form, heading=party.name, lead=party.quality, back=_back(found))


@require_http_methods(["GET", "HEAD", "POST"])
def party_correct(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/parties/<pk>/corriger/`: what was recorded by mistake is taken back, or the party removed."""
    found = written_agreement(request, code, convention)
    party = _asked(found, pk)
    spoke = bool(party.signed_on or party.refused_on)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write = signing.correct_party if spoke else signing.remove_party
        done = _("La correction est enregistrée.") if spoke else _("%(party)s n’est plus partie à ce texte.")
        gone = attempt(
            request,
            form,
            lambda: write(party=party, reason=form.cleaned_data["reason"], by=actor_of(request)),
            done=done % {"party": party.name},
            to=_back(found),
            fields=FIELDS,
        )
        if gone:
            return gone
    told = _("Corriger ce qui est enregistré pour %(party)s") if spoke else _("Retirer %(party)s")
    return form_page(
        request,
        found,
        form,
        heading=told % {"party": party.name},
        back=_back(found),
        submit=_("Corriger") if spoke else _("Retirer"),
    )


@require_safe
def party_document(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponseBase:
    """`…/parties/<pk>/piece/`: the signed page or the letter of refusal, for who reads the workings."""
    found = asked_agreement(request, code, convention)
    require(access.can_read_agreement_workings(request.user, found))
    kept = _asked(found, pk).document
    if kept is None:
        raise Http404(_("Aucune pièce n’a été déposée pour cette partie."))
    return handed(kept)


def _say(request: HttpRequest, party: Signatory, form: SignForm) -> object:
    """The piece is kept first, then what it proves."""
    told, by = form.cleaned_data, actor_of(request)
    upload = told["document"]
    kept = documents.keep(upload=upload, purpose="signature", by=by) if upload else None
    if told["said"] == SignForm.Said.REFUSED:
        return signing.refuse_party(party=party, on=told["on"], reason=told["reason"], by=by, document=kept)
    return signing.sign_party(party=party, on=told["on"], by=by, document=kept)


def _asked(agreement: Agreement, pk: int) -> Signatory:
    found = of(Signatory.objects.all(), agreement).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cette partie n’est pas, ou plus, à ce texte."))
    return found


def _back(agreement: Agreement) -> str:
    page = agreement_url(agreement, "circuit" if isinstance(agreement, Contract) else "")
    return f"{page}#parties"

"""Writing a body, its seats and who holds them."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.access.governance import can_add_body
from faubourg.contracts.forms.governance import BodyForm, MandateEndForm, MandateForm, SeatForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, Mandate, Seat
from faubourg.contracts.queries.governance import communes_of_contract, organisations_to_suggest
from faubourg.contracts.services import bodies, mandates

from .finding import asked_contract
from .people import actor_of
from .steering import Rights, asked_body, rights_over, sent, shown_in, told

READ_AND_SEND = ["GET", "HEAD", "POST"]
STALE = gettext_lazy(
    "Quelqu’un a enregistré entre-temps. Rien n’est écrasé : votre saisie est gardée, la leur est dite sous "
    "chaque champ. Enregistrer de nouveau remplace la leur."
)


@require_http_methods(READ_AND_SEND)
def body_add(request: HttpRequest, code: str) -> HttpResponse:
    """A body of one's own, beside the usual ones."""
    contract = asked_contract(request, code)
    require(can_add_body(request.user, contract, communes_of_contract(contract)))
    form = BodyForm(contract, None, sent(request))
    back = contract_url(contract, "contract_governance")
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["territory"]
        communes = [] if place is None else [place, *place.communes.all()]
        require(can_add_body(request.user, contract, communes))
        try:
            made = bodies.add_body(contract=contract, values=form.values(), by=actor_of(request))
        except Refused as refused:
            shown_in(form, refused)
        else:
            messages.success(request, _("« %(name)s » est créée.") % {"name": made.name})
            return redirect(contract_url(contract, "body", made.pk))
    return _page(request, contract, form, _("Ajouter une instance"), back)


@require_http_methods(READ_AND_SEND)
def body_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Its name, its place in the chart, its quorum."""
    body = asked_body(code, pk)
    require(rights_over(request, body).write)
    start = BodyForm.values_of(body)
    form = BodyForm(body.contract, body, sent(request), initial=start)
    back = contract_url(body.contract, "body", body.pk)

    def save() -> None:
        place = form.cleaned_data["territory"]
        if place != body.territory:
            require(can_add_body(request.user, body.contract, [place] if place else []))
        version = form.cleaned_data["version"] or 0
        bodies.edit_body(body=body, values=form.values(), base_version=version, by=actor_of(request))

    if _saved(request, form, save, body.version):
        messages.success(request, _("L’instance est enregistrée."))
        return redirect(back)
    return _page(request, body.contract, form, _("Modifier %(name)s") % {"name": body.name}, back)


@require_http_methods(READ_AND_SEND)
def seat_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One more seat."""
    body = asked_body(code, pk)
    require(rights_over(request, body).write)
    form = SeatForm(sent(request))
    if request.method == "POST" and form.is_valid():
        seat = bodies.add_seat(body=body, values=form.values(), by=actor_of(request))
        messages.success(request, _("Le siège « %(title)s » est ajouté.") % {"title": seat.title})
        if request.POST.get("again"):
            return redirect(contract_url(body.contract, "seat_add", body.pk))
        return redirect(contract_url(body.contract, "seat", seat.pk))
    back = contract_url(body.contract, "body", body.pk)
    return _page(request, body.contract, form, _("Ajouter un siège"), back, again=True)


@require_http_methods(READ_AND_SEND)
def seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One seat: what it is for, who held it, who holds it now."""
    found, rights = _asked_seat(request, code, pk)
    form = SeatForm(sent(request), initial=SeatForm.values_of(found))

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        bodies.edit_seat(seat=found, values=form.values(), base_version=version, by=actor_of(request))

    if _saved(request, form, save, found.version):
        messages.success(request, _("Le siège est enregistré."))
        return redirect(contract_url(found.body.contract, "body", found.body_id))
    return _seat_page(request, found, rights, form, MandateForm(rights.people))


@require_POST
def mandate_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody takes the seat."""
    found, rights = _asked_seat(request, code, pk)
    form = MandateForm(rights.people, request.POST)
    if form.is_valid():
        data, person = form.cleaned_data, form.cleaned_data["person"]
        try:
            mandates.begin_mandate(
                seat=found,
                rank=data["rank"],
                name=person.name,
                ref=person.ref,
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                by=actor_of(request),
            )
        except Refused as refused:
            shown_in(form, refused)
        else:
            messages.success(request, _("Le mandat est ouvert."))
            return redirect(contract_url(found.body.contract, "seat", found.pk))
    seat_form = SeatForm(initial=SeatForm.values_of(found))
    return _seat_page(request, found, rights, seat_form, form, status=422)


@require_POST
def mandate_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The last day of a mandate."""
    mandate = Mandate.objects.select_related("seat").filter(pk=pk).first()
    if mandate is None:
        raise Http404(_("Ce mandat n’existe pas."))
    found, _rights = _asked_seat(request, code, mandate.seat_id)
    form = MandateEndForm(request.POST)
    if form.is_valid():
        try:
            mandates.end_mandate(mandate=mandate, ends_on=form.cleaned_data["ends_on"], by=actor_of(request))
        except Refused as refused:
            told(request, refused)
        else:
            messages.success(request, _("Le dernier jour du mandat est noté."))
    else:
        messages.error(request, _("Donnez le dernier jour du mandat."))
    return redirect(contract_url(found.body.contract, "seat", found.pk))


@require_POST
def seat_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a seat away that nobody used."""
    found, _rights = _asked_seat(request, code, pk)
    back = contract_url(found.body.contract, "body", found.body_id)
    try:
        bodies.remove_seat(seat=found, by=actor_of(request))
    except Refused as refused:
        told(request, refused)
        return redirect(contract_url(found.body.contract, "seat", found.pk))
    messages.success(request, _("Le siège est retiré."))
    return redirect(back)


def _asked_seat(request: HttpRequest, code: str, pk: int) -> tuple[Seat, Rights]:
    found = Seat.objects.select_related("organisation").prefetch_related("mandates").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Ce siège n’existe pas ou a été retiré."))
    body = asked_body(code, found.body_id)
    found.body = body
    rights = rights_over(request, body)
    require(rights.write)
    return found, rights


def _saved(request: HttpRequest, form: forms.Form, save: Callable[[], None], version: int) -> bool:
    """Whether what was sent is written; otherwise the form says why, and keeps what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except Refused as refused:
        shown_in(form, refused)
    except Conflict:
        _show_both(form, version)
    else:
        return True
    return False


def _show_both(form: forms.Form, version: int) -> None:
    """What was typed stays in the form; what stands is said beside each field that differs."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(version)  # type: ignore[index]
    for field in form.visible_fields():
        theirs = field.field.prepare_value(form.initial.get(field.name))
        theirs = "" if theirs is None else str(theirs)
        if field.value() != theirs:
            choices = dict(getattr(field.field, "choices", ()))
            said = choices.get(theirs, theirs) or _("vide")
            form.add_error(field.name, _("Enregistré entre-temps : %(theirs)s") % {"theirs": said})
    form.add_error(None, str(STALE))


def _page(
    request: HttpRequest, contract: Contract, form: forms.Form, title: str, back: str, *, again: bool = False
) -> HttpResponse:
    context = {
        "contract": contract,
        "form": form,
        "title": title,
        "cancel_url": back,
        "again": again,
        "organisations": organisations_to_suggest() if "organisation" in form.fields else (),
        "urls": {name: contract_url(contract, name) for name in ("contract", "contract_governance")},
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "contracts/governance_form.html", context, status=status)


def _seat_page(
    request: HttpRequest,
    found: Seat,
    rights: Rights,
    form: SeatForm,
    mandate_form: MandateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    contract, body = found.body.contract, found.body
    context = {
        "contract": contract,
        "body": body,
        "seat": found,
        "form": form,
        "mandate_form": mandate_form,
        "end_form": MandateEndForm(),
        "mandates": [
            (mandate, contract_url(contract, "mandate_end", mandate.pk)) for mandate in found.mandates.all()
        ],
        "organisations": organisations_to_suggest(),
        "people": rights.people,
        "urls": {
            "contract": contract_url(contract),
            "contract_governance": contract_url(contract, "contract_governance"),
            "body": contract_url(contract, "body", body.pk),
            "mandate_add": contract_url(contract, "mandate_add", found.pk),
            "seat_remove": contract_url(contract, "seat_remove", found.pk),
            "seat": contract_url(contract, "seat", found.pk),
        },
    }
    return render(
        request, "contracts/seat.html", context, status=422 if form.errors and form.is_bound else status
    )

"""« Mes dossiers »: each with its state in plain words; a new one, last year’s again, one taken back."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.people.access import can_use_account
from faubourg.people.models import Organisation, Person

from ..models import ApplicantRole, Application, Call, Intent
from ..queries.intents import convertible
from ..queries.mine import applications_of, organisations_of, reusable, told
from ..queries.writing import contracts_for
from ..services.reusing import reuse_application
from ..services.submitting import withdraw_application
from ..services.writing import start_application
from .dossier_finding import asked_writing
from .finding import actor_of, asked_call

A_PAGE = 30
Mine = dict[Organisation, frozenset[str]]


class NewForm(forms.Form):
    """Who applies, under which contract, with what."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("Pour quel organisme ?"), coerce=int)
    title = forms.CharField(label=gettext_lazy("Titre de l’action"), max_length=200)
    contract = forms.TypedChoiceField(
        label=gettext_lazy("Contrat de ville"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, mine: list[Organisation], call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(each.pk, each.name) for each in mine]  # type: ignore[attr-defined]
        self.contracts = {contract.pk: contract for contract in contracts_for(call)[:300]}
        choices = [(pk, contract.name) for pk, contract in self.contracts.items()]
        if len(choices) > 1:
            choices.insert(0, ("", _("à choisir")))  # type: ignore[arg-type]
        if choices:
            self.fields["contract"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["contract"]


class WithdrawForm(forms.Form):
    """Why, if one wishes to say it."""

    note = forms.CharField(label=gettext_lazy("Pourquoi (facultatif)"), required=False, max_length=1000)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@require_safe
def my_applications(request: HttpRequest) -> HttpResponse:
    """`/mes-dossiers/`"""
    require(can_use_account(request.user))
    person, today = cast(Person, request.user), timezone.localdate()
    page = Paginator(applications_of(person, today), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "mine": told(page.object_list, timezone.now()),  # type: ignore[arg-type]
        "organisations": organisations_of(person, today),
    }
    return render(request, "calls/dossier/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/deposer/?organisme=<pk>&fiche=<pk>`: a blank dossier, or last year's again."""
    require(can_use_account(request.user))
    call = asked_call(request, code)
    person, today = cast(Person, request.user), timezone.localdate()
    mine = organisations_of(person, today)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and (again := _asked_again(posted.get("previous", ""), call, mine)):
        return _reuse(request, again, call, mine)
    intent = _asked_intent((posted or request.GET).get("fiche", ""), call, mine)
    form = NewForm(posted, initial=_start(request, intent), mine=list(mine), call=call)
    if posted is not None and form.is_valid() and (made := _start_dossier(form, call, intent, mine, person)):
        return redirect("application_step", made.pk, "projet")
    context = {
        "call": call,
        "form": form,
        "intent": intent,
        "organisations": mine,
        "fiches": [] if intent else convertible(call, person),
        "past": [(organisation, list(reusable(organisation, call))) for organisation in list(mine)[:5]],
    }
    return render(request, "calls/dossier/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/retirer/`: taken back by its applicant; the number stays its own."""
    writing = asked_writing(request, pk, to_write=False)
    application = writing.application
    form = WithdrawForm(
        request.POST if request.method == "POST" else None, initial={"version": application.version}
    )
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_application(
                application=application,
                by=actor_of(request),
                note=form.cleaned_data["note"],
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            form.add_error(None, refusals_in_words(refused.verdict))
        except Conflict:
            form.add_error(None, _("Le dossier a changé entre-temps : relisez-le, puis décidez."))
        else:
            messages.success(request, _("Le dossier est retiré."))
            return redirect("my_applications")
    context = {"application": application, "writing": writing, "form": form}
    return render(request, "calls/dossier/withdraw.html", context, status=422 if form.errors else 200)


def _asked_intent(pk: str, call: Call, mine: Mine) -> Intent | None:
    """The fiche of this call, of one of my organisations, of which a dossier is to be made."""
    found = Intent.objects.filter(call=call, organisation__in=list(mine))
    return found.filter(pk=whole_number(pk)).first() if pk else None


def _start(request: HttpRequest, intent: Intent | None) -> dict[str, str]:
    if intent is None:
        return {"organisation": request.GET.get("organisme", "")}
    organisation, contract = str(intent.organisation_id), str(intent.contract_id or "")
    return {"organisation": organisation, "contract": contract, "title": intent.title}


def _start_dossier(
    form: NewForm, call: Call, intent: Intent | None, mine: Mine, person: Person
) -> Application | None:
    """The draft, or None with the refusal in the form."""
    said = form.cleaned_data
    organisation = next(each for each in mine if each.pk == said["organisation"])
    try:
        return start_application(
            call=call,
            organisation=organisation,
            title=said["title"],
            contract=form.contracts.get(said.get("contract") or 0),
            intent=intent if intent and intent.organisation_id == organisation.pk else None,
            by=person.actor,
            assisting=_assists(mine, organisation),
        )
    except Refused as refused:
        form.add_error(None, refusals_in_words(refused.verdict))
        return None


def _reuse(request: HttpRequest, previous: Application, call: Call, mine: Mine) -> HttpResponse:
    try:
        reused = reuse_application(
            previous=previous,
            call=call,
            by=actor_of(request),
            assisting=_assists(mine, previous.organisation),
        )
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
        return redirect("application_new", call.code)
    for reason in reused.told:
        messages.info(request, in_words(reason))
    return redirect("application_step", reused.application.pk, "projet")


def _asked_again(pk: str, call: Call, mine: Mine) -> Application | None:
    """A dossier of an earlier call, of one of my organisations."""
    found = Application.objects.filter(call__year__lt=call.year)
    found = found.select_related("organisation", "call", "contract")
    return found.filter(pk=whole_number(pk), organisation__in=list(mine)).first() if pk else None


def _assists(mine: Mine, organisation: Organisation) -> bool:
    return mine.get(organisation) == frozenset({ApplicantRole.Role.ASSISTANT.value})

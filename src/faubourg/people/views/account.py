"""My account: what is held about me, in a file; my name; closing for good."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.people import access, scopes
from faubourg.people.forms import CloseAccountForm, NameForm
from faubourg.people.models import Person
from faubourg.people.portability import everything_about
from faubourg.people.services import accounts as services

from .refusals import show_refusal


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """`/compte/mes-donnees/`: roles, memberships, and what I can do about them."""
    require(access.can_use_account(request.user))
    return _page(
        request, NameForm(initial={"name": _me(request).name}), CloseAccountForm(person=_me(request))
    )


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything we hold about me, as JSON."""
    require(access.can_use_account(request.user))
    response = JsonResponse(
        everything_about(_me(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees-faubourg.json"'
    return response


@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    """My name, from now on; the journal keeps the name of each day until it is erased."""
    require(access.can_use_account(request.user))
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form, CloseAccountForm(person=_me(request)))
    services.rename(person=_me(request), name=form.cleaned_data["name"], by=_me(request).actor)
    messages.success(request, _("Votre nom est enregistré."))
    return redirect("my_data")


@require_http_methods(["POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close for good, then home."""
    require(access.can_use_account(request.user))
    me = _me(request)
    form = CloseAccountForm(request.POST, person=me)
    if form.is_valid():
        try:
            services.close_account(person=me, by=me.actor)
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            logout(request)
            messages.success(request, _("Votre compte est fermé et votre nom effacé."))
            return redirect("home")
    return _page(request, NameForm(initial={"name": me.name}), form)


def _me(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _page(request: HttpRequest, name_form: NameForm, close_form: CloseAccountForm) -> HttpResponse:
    me = _me(request)
    grants = list(me.role_grants.all())
    words = scopes.described((grant.scope_kind, grant.scope_code) for grant in grants)
    context = {
        "name_form": name_form,
        "close_form": close_form,
        "grants": [(grant, words[grant.scope_kind, grant.scope_code]) for grant in grants],
        "memberships": me.memberships.select_related("organisation").order_by("-since"),
    }
    return render(request, "people/my_data.html", context)

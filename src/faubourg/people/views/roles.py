"""Roles: who holds what, granting and ending."""

from collections.abc import Mapping
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.listing import Column, Listing
from faubourg.base.refusal import Refused, require
from faubourg.people import access, queries, scopes
from faubourg.people.forms import EndForm, GrantFilter, GrantForm
from faubourg.people.models import Person, RoleGrant
from faubourg.people.services import roles as services

from .refusals import show_refusal

FIELDS = {
    "account_closed": "person",
    "already_granted": "role",
    "administrator_everywhere": "scope_kind",
    "already_over": "until",
    "dates_in_order": "until",
    "ends_sooner": "until",
    "scope_code_empty": "scope_code",
    "scope_kind_unknown": "scope_kind",
    "scope_unknown": "scope_code",
}


def _listing(words: Mapping[scopes.Scope, str], *, may_end: bool) -> Listing:
    """Person, role, scope in words, first and last day; the way to end a role for who may."""
    columns = [
        Column(name="personne", label=_("Personne"), value=lambda g: str(g.person), sort=("person__name",)),
        Column(name="role", label=_("Rôle"), value=lambda g: g.get_role_display(), sort=("role",)),
        Column(
            name="perimetre",
            label=_("Périmètre"),
            value=lambda g: words.get((g.scope_kind, g.scope_code), g.scope_code),
            sort=("scope_kind", "scope_code"),
        ),
        Column(name="depuis", label=_("Depuis le"), value="since", sort=("since",)),
        Column(name="jusquau", label=_("Jusqu’au"), value="until", sort=("until",)),
    ]
    if may_end:
        columns.append(
            Column(
                name="action",
                label=_("Agir"),
                value=lambda g: "" if _is_over(g) else _("Terminer"),
                url=lambda g: "" if _is_over(g) else reverse("role_end", args=[g.pk]),
            )
        )
    return Listing(title=_("Rôles"), columns=columns, default_sort="-depuis", filter_form=GrantFilter)


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """`/roles/`"""
    require(access.can_read_roles(request.user))
    may_manage = access.can_manage_roles(request.user)
    asked = queries.scopes_in_use()
    return _listing(scopes.described(asked), may_end=bool(may_manage.ok)).respond(
        request, queries.role_grants(), template="people/roles.html", context={"may_manage": may_manage}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """`/roles/accorder/`"""
    require(access.can_manage_roles(request.user))
    by = cast(Person, request.user)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(access.can_grant_to(by, given["person"]))
        try:
            services.grant_role(
                to=given["person"],
                role=given["role"],
                scope=(given["scope_kind"], given["scope_code"]),
                since=given["since"],
                until=given["until"],
                by=by.actor,
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("Le rôle est accordé à %(person)s.") % {"person": given["person"]})
            return redirect("roles")
    return render(request, "people/role_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """`/roles/<id>/terminer/`"""
    found = get_object_or_404(RoleGrant.objects.select_related("person"), pk=pk)
    require(access.can_end_role(request.user, found))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(
                grant=found, until=form.cleaned_data["until"], by=cast(Person, request.user).actor
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("Le rôle prend fin."))
            return redirect("roles")
    scope = (found.scope_kind, found.scope_code)
    context = {"form": form, "grant": found, "scope": scopes.described([scope])[scope]}
    return render(request, "people/role_end.html", context)


def _is_over(grant: RoleGrant) -> bool:
    return grant.until is not None and grant.until < timezone.localdate()

"""Organisations: the list, a sheet with its members, and what is written about them."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import journal
from faubourg.base.listing import Column, Listing
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people import access, queries
from faubourg.people.forms import EndForm, MembershipForm, OrganisationFilter, OrganisationForm
from faubourg.people.models import Membership, Organisation, Person
from faubourg.people.services import organisations as services

from .refusals import show_refusal

FIELDS = {
    "siret_taken": "siret",
    "rna_taken": "rna",
    "already_member": "person",
    "dates_in_order": "until",
    "ends_sooner": "until",
}


LISTING = Listing(
    title=gettext_lazy("Organisations"),
    columns=[
        Column(
            name="nom",
            label=gettext_lazy("Nom"),
            value="name",
            sort=("sort_key",),
            url=Organisation.get_absolute_url,
        ),
        Column(
            name="nature",
            label=gettext_lazy("Nature"),
            value=lambda o: o.get_kind_display(),
            sort=("kind", "sort_key"),
        ),
        Column(name="siret", label=gettext_lazy("SIRET"), value=lambda o: o.siret or "", sort=("siret",)),
        Column(name="rna", label=gettext_lazy("RNA"), value=lambda o: o.rna or "", sort=("rna",)),
    ],
    default_sort="nom",
    filter_form=OrganisationFilter,
)


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """`/organisations/`: public, names of legal persons only."""
    return LISTING.respond(
        request,
        queries.organisations(),
        template="people/organisations.html",
        context={"may_create": access.can_create_organisation(request.user)},
    )


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/organisations/<id>/`: the sheet; members and history for those who may read names."""
    found = get_object_or_404(Organisation, pk=pk)
    may_read_members = access.can_view_member_list(request.user, found)
    context: dict[str, Any] = {
        "organisation": found,
        "may_edit": access.can_edit_organisation(request.user, found),
        "may_manage_members": access.can_manage_members(request.user, found),
        "may_read_members": may_read_members,
    }
    if may_read_members.ok:
        context["members"] = queries.members_of(found)
        context["history"] = journal.entries_for("organisation", str(found.pk))[:20]
    return render(request, "people/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """`/organisations/nouvelle/`"""
    require(access.can_create_organisation(request.user))
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_organisation(**_facts(form), by=_person(request).actor)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("« %(name)s » est enregistrée.") % {"name": made.name})
            return redirect(made)
    return render(request, "people/organisation_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/organisations/<id>/modifier/`"""
    found = get_object_or_404(Organisation, pk=pk)
    require(access.can_edit_organisation(request.user, found))
    form = OrganisationForm(request.POST or None, instance=found, initial={"version": found.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_organisation(
                organisation=found,
                version=form.cleaned_data["version"] or 0,
                **_facts(form),
                by=_person(request).actor,
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        except Conflict:
            conflict = Organisation.objects.get(pk=pk)
        else:
            messages.success(request, _("La fiche est enregistrée."))
            return redirect(found)
    return render(
        request,
        "people/organisation_form.html",
        {"form": form, "organisation": Organisation.objects.get(pk=pk), "conflict": conflict},
        status=409 if conflict else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """`/organisations/<id>/membres/ajouter/`"""
    found = get_object_or_404(Organisation, pk=pk)
    require(access.can_manage_members(request.user, found))
    form = MembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require(access.can_add_member(request.user, found, form.cleaned_data["person"]))
        try:
            services.add_membership(organisation=found, **form.cleaned_data, by=_person(request).actor)
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("Le membre est ajouté."))
            return redirect(found)
    return render(request, "people/membership_form.html", {"form": form, "organisation": found})


@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """`/appartenances/<id>/terminer/`"""
    found = get_object_or_404(Membership.objects.select_related("organisation", "person"), pk=pk)
    require(access.can_manage_members(request.user, found.organisation))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_membership(
                membership=found, until=form.cleaned_data["until"], by=_person(request).actor
            )
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
        else:
            messages.success(request, _("L’appartenance prend fin."))
            return redirect(found.organisation)
    return render(request, "people/membership_end.html", {"form": form, "membership": found})


def _person(request: HttpRequest) -> Person:
    """The signed-in person: `require` has let nobody else through."""
    return cast(Person, request.user)


def _facts(form: OrganisationForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "kind", "siret", "rna")}

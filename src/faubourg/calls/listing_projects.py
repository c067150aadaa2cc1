"""The gallery of funded projects: what, by whom, where, how much, what became of it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.base.text import fold

from .models import Application
from .queries.projects import FAILED

OUTCOMES = {
    "running": _("en cours"),
    "done": _("terminé"),
    "failed": _("n’a pas abouti"),
}
_DONE = ("report_in", "checked", "settled")


def outcome(project: Any) -> str:
    """What became of it, in words."""
    if project.state in FAILED:
        return str(OUTCOMES["failed"])
    return str(OUTCOMES["done" if project.state in _DONE else "running"])


class ProjectFilter(forms.Form):
    """Words, a place, a year, a call, what became of it."""

    q = forms.CharField(label=_("Projet ou association"), required=False, max_length=80)
    lieu = forms.CharField(label=_("Quartier ou commune (nom ou code)"), required=False, max_length=80)
    annee = forms.IntegerField(label=_("Année"), required=False, min_value=1990, max_value=2100)
    appel = forms.CharField(label=_("Appel à projets (code)"), required=False, max_length=60)
    issue = forms.ChoiceField(
        label=_("Issue"), required=False, choices=[("", _("Toutes")), *OUTCOMES.items()]
    )

    def apply(self, queryset: "QuerySet[Application]") -> "QuerySet[Application]":
        """The projects that answer each filter that was given."""
        said = self.cleaned_data
        for word in said["q"].split()[:5]:
            queryset = queryset.filter(
                Q(title__icontains=word) | Q(organisation__sort_key__contains=fold(word))
            )
        if said["lieu"].strip():
            asked = said["lieu"].strip()
            named = Q(territories__sort_key__contains=fold(asked)) | Q(territories__code__iexact=asked)
            queryset = queryset.filter(pk__in=Application.objects.filter(named).values("pk"))
        if said["annee"]:
            queryset = queryset.filter(call__year=said["annee"])
        if said["appel"].strip():
            queryset = queryset.filter(call__code=said["appel"].strip())
        match said["issue"]:
            case "failed":
                queryset = queryset.filter(state__in=FAILED)
            case "done":
                queryset = queryset.filter(state__in=_DONE)
            case "running":
                queryset = queryset.exclude(state__in=(*FAILED, *_DONE))
        return queryset


def project_url(project: Application) -> str:
    """Its public page."""
    return reverse("project", args=[project.pk])


PROJECTS = Listing(
    title=_("La ruche à projets"),
    columns=[
        Column(name="projet", label=_("Projet"), value="title", sort=("title",), url=project_url),
        Column(
            name="porteur", label=_("Porteur"), value="organisation.name", sort=("organisation__sort_key",)
        ),
        Column(
            name="lieux",
            label=_("Lieux"),
            value=lambda project: ", ".join(place.name for place in project.territories.all()),
        ),
        Column(
            name="annee", label=_("Année"), value=lambda project: str(project.call.year), sort=("call__year",)
        ),
        Column(
            name="accorde",
            label=_("Accordé"),
            value=lambda project: (project.granted_cents or 0) / 100,
            show=lambda project: cents(project.granted_cents or 0),
            sort=("granted_cents", "pk"),
            numeric=True,
        ),
        Column(name="issue", label=_("Issue"), value=outcome, sort=("state", "pk")),
    ],
    default_sort="-annee",
    filter_form=ProjectFilter,
    caption_lines=lambda: [gettext("Projets financés, tous financeurs ; aucun nom de personne.")],
)

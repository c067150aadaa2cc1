"""The lists of reports: those of a call, late first; mine."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.text import fold
from faubourg.rules.calls.circuits import REPORT_CIRCUIT

from .models import Report

LATE, TO_CHECK, AWAITED, DONE = 0, 1, 2, 3


def report_url(report: Report, name: str = "report", *args: Any) -> str:
    """The address of a page of a report."""
    return reverse(name, args=[report.application_id, report.year, *args])


def report_state(report: Report) -> str:
    """Where it stands, in words; « en retard » is said beside."""
    state = gettext(REPORT_CIRCUIT.states[report.state])
    late = getattr(report, "urgency", None) == LATE
    return gettext("%(state)s, en retard") % {"state": state} if late else state


class ReportFilter(forms.Form):
    """Words of the title or of the organisation, where it stands, the form, the year."""

    q = forms.CharField(label=_("Titre, porteur ou numéro"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=_("Où il en est"),
        required=False,
        choices=[
            ("", _("Tous")),
            ("0", _("en retard")),
            ("1", _("à contrôler")),
            ("2", _("attendus")),
            ("3", _("validés")),
        ],
    )
    forme = forms.ChoiceField(
        label=_("Forme"), required=False, choices=[("", _("Toutes")), *Report.Form.choices]
    )
    annee = forms.IntegerField(label=_("Exercice"), required=False, min_value=1990, max_value=2100)

    def apply(self, queryset: "QuerySet[Report]") -> "QuerySet[Report]":
        """The reports that answer every filter that was given."""
        said = self.cleaned_data
        if said["q"]:
            queryset = queryset.filter(_words(said["q"]))
        if said["etat"]:
            wanted: dict[str, Any] = {"urgency": int(said["etat"])}
            queryset = queryset.filter(**wanted)
        if said["forme"]:
            queryset = queryset.filter(form=said["forme"])
        return queryset.filter(year=said["annee"]) if said["annee"] else queryset


def _words(text: str) -> Q:
    titled, named = Q(), Q()
    for word in text.split()[:5]:
        titled &= Q(application__title__icontains=word)
    for word in fold(text).split()[:5]:
        named &= Q(application__organisation__sort_key__contains=word)
    found = titled | Q(application__number__istartswith=text.strip())
    return found | named if named else found


_COLUMNS = [
    Column(
        name="dossier",
        label=_("Action"),
        value="application.title",
        sort=("application__title",),
        url=report_url,
    ),
    Column(
        name="porteur",
        label=_("Porteur"),
        value="application.organisation.name",
        sort=("application__organisation__sort_key",),
    ),
    Column(name="exercice", label=_("Exercice"), value=lambda report: str(report.year), sort=("year", "pk")),
    Column(name="forme", label=_("Forme"), value=Report.get_form_display, sort=("form", "pk")),
    Column(name="etat", label=_("Où il en est"), value=report_state, sort=("urgency", "due_on")),
    Column(name="attendu", label=_("Attendu le"), value="due_on", sort=("due_on", "pk")),
    Column(name="remis", label=_("Remis le"), value="handed_in_at", sort=("handed_in_at", "pk")),
]
_SOURCE = _("Un bilan est attendu six mois après l’exercice (loi n° 2000-321, article 10).")

CALL_REPORTS = Listing(
    title=_("Bilans"),
    columns=[
        Column(
            name="numero",
            label=_("Numéro"),
            value="application.number",
            sort=("application__number",),
        ),
        *_COLUMNS,
    ],
    default_sort="etat",
    filter_form=ReportFilter,
    caption_lines=lambda: [
        str(_SOURCE),
        gettext("Les dossiers dont la personne s’est déportée n’y sont pas."),
    ],
)

MY_REPORTS = Listing(
    title=_("Mes bilans"),
    columns=_COLUMNS,
    default_sort="etat",
    filter_form=ReportFilter,
    caption_lines=lambda: [str(_SOURCE)],
)

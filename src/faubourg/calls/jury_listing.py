"""The programming table of a call: each dossier that a jury saw, what it decided, the money by funder."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents as in_euros

from .models import Call, CallFunder, JuryItem

GRANTED = ("retained", "retained_with_reserves")


class ProgrammingFilter(forms.Form):
    """By decision, jury, session or words."""

    decision = forms.ChoiceField(
        label=_("Décision"), required=False, choices=[("", _("toutes")), *JuryItem.Decision.choices]
    )
    jury = forms.IntegerField(label=_("Jury"), required=False, widget=forms.Select)
    seance = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Titre, organisme ou numéro"), required=False, max_length=80)

    def apply(self, queryset: QuerySet[JuryItem]) -> QuerySet[JuryItem]:
        """The items that answer."""
        said = self.cleaned_data
        if said["decision"]:
            queryset = queryset.filter(decision=said["decision"])
        if said["jury"]:
            queryset = queryset.filter(session__jury=said["jury"])
        if said["seance"]:
            queryset = queryset.filter(session=said["seance"])
        if words := said["q"]:
            queryset = queryset.filter(
                Q(application__title__icontains=words)
                | Q(application__organisation__name__icontains=words)
                | Q(application__number__icontains=words)
            )
        return queryset


def programming(call: Call, juries: Mapping[int, str], funders: list[CallFunder]) -> Listing:
    """The list of this call: a column a funder, in euros."""

    def form(data: Any) -> ProgrammingFilter:
        made = ProgrammingFilter(data)
        made.fields["jury"].widget.choices = [("", _("tous")), *juries.items()]
        return made

    return Listing(
        title=_("Programmation"),
        default_sort="ordre",
        filter_form=form,
        caption_lines=[call.title],
        columns=[
            Column(name="ordre", label=_("Séance"), value=_day, sort=("session__starts_at", "order")),
            Column(
                name="numero",
                label=_("Numéro"),
                value="application.number",
                sort=("application__number",),
                url=lambda item: item.application.get_absolute_url(),
            ),
            Column(
                name="organisme",
                label=_("Organisme"),
                value="application.organisation.name",
                sort=("application__organisation__sort_key",),
            ),
            Column(name="action", label=_("Action"), value="application.title", sort=("application__title",)),
            Column(name="jury", label=_("Jury"), value="session.jury.name", sort=("session__jury__name",)),
            Column(name="decision", label=_("Décision"), value=_decision, sort=("decision",)),
            Column(name="demande", label=_("Demandé (€)"), value=_asked, numeric=True, show=_asked_shown),
            *(_money_of(funder) for funder in funders),
            Column(name="total", label=_("Proposé (€)"), value=_total, numeric=True, show=_total_shown),
            Column(name="motif", label=_("Réserves ou motif"), value=_words),
        ],
    )


def _money_of(funder: CallFunder) -> Column:
    return Column(
        name=f"financeur{funder.pk}",
        label=f"{funder.name} (€)",
        value=lambda item: _given(item, funder.pk) / 100 if item.decision in GRANTED else None,
        numeric=True,
        show=lambda item: in_euros(_given(item, funder.pk)) if _given(item, funder.pk) else "",
    )


def _given(item: JuryItem, funder: int | None = None) -> int:
    if item.decision not in GRANTED:
        return 0
    return sum(one.cents for one in item.amounts.all() if funder in (None, one.funder_id))


def _words(item: JuryItem) -> str:
    return item.reserves or item.reason


def _day(item: JuryItem) -> object:
    return item.session.starts_at.date()


def _decision(item: JuryItem) -> str:
    return str(item.get_decision_display()) if item.decision else str(_("pas encore décidé"))


def _asked(item: JuryItem) -> float:
    return sum(one.cents for one in item.application.requests.all()) / 100


def _asked_shown(item: JuryItem) -> str:
    return in_euros(sum(one.cents for one in item.application.requests.all()))


def _total(item: JuryItem) -> float:
    return _given(item) / 100


def _total_shown(item: JuryItem) -> str:
    return in_euros(_given(item)) if item.decision in GRANTED else ""

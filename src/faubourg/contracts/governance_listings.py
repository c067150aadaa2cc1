"""The lists of meetings and of decisions: columns, order, what the files hold."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.cells import shown
from faubourg.base.listing import Column, Listing

from .forms.decisions import DecisionFilter
from .listings import contract_url
from .models import Body, DecisionItem, Meeting


def _decision_url(decision: DecisionItem) -> str:
    return contract_url(decision.meeting.body.contract, "decision", decision.pk)


def _owner(decision: DecisionItem) -> str:
    organisation = decision.organisation.name if decision.organisation else ""
    return ", ".join(name for name in (decision.owner_name, organisation) if name)


def _meeting_day(decision: DecisionItem) -> date:
    return timezone.localdate(decision.meeting.starts_at)


def state_of(decision: DecisionItem) -> str:
    """« en retard » as soon as its day is over: computed, never typed."""
    late = decision.due_on is not None and decision.due_on < timezone.localdate()
    if decision.state == DecisionItem.State.OPEN and late:
        return gettext("en retard")
    return str(decision.get_state_display())


DECISION_COLUMNS = (
    Column(name="decision", label=_("Décision"), value="text", url=_decision_url),
    Column(name="responsable", label=_("Responsable"), value=_owner, sort=("owner_name", "due_on")),
    Column(name="echeance", label=_("Pour le"), value="due_on", sort=("rank", "due_on")),
    Column(name="etat", label=_("État"), value=state_of, sort=("state", "due_on")),
    Column(
        name="instance",
        label=_("Instance"),
        value="meeting.body.name",
        sort=("meeting__body__order", "meeting__starts_at"),
    ),
    Column(name="reunion", label=_("Réunion du"), value=_meeting_day, sort=("meeting__starts_at",)),
    Column(name="preuve", label=_("Preuve ou motif"), value="evidence"),
)

DECISIONS = Listing(
    title=_("Décisions"),
    columns=DECISION_COLUMNS,
    default_sort="echeance",
    filter_form=DecisionFilter,
)

MY_DECISIONS = Listing(
    title=_("Mes décisions"),
    columns=[
        *(column for column in DECISION_COLUMNS if column.name != "responsable"),
        Column(
            name="contrat", label=_("Contrat"), value="meeting.body.contract.name",
            sort=("meeting__body__contract__sort_key",),
        ),
    ],
    default_sort="echeance",
    filter_form=DecisionFilter,
)  # fmt: skip


class MeetingFilter(forms.Form):
    """The meetings of a contract: by body, by year, by state."""

    annee = forms.IntegerField(label=_("Année"), required=False, min_value=1980, max_value=2100)
    etat = forms.ChoiceField(
        label=_("État"), required=False, choices=[("", _("tous")), *Meeting.State.choices]
    )

    def apply(self, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Narrow the list."""
        data = self.cleaned_data
        if data["annee"]:
            queryset = queryset.filter(starts_at__year=data["annee"])
        if data["etat"]:
            queryset = queryset.filter(state=data["etat"])
        return queryset


def meeting_filter_for(bodies: QuerySet[Body]) -> type[MeetingFilter]:
    """The same filter with the bodies of one contract."""

    class ContractMeetingFilter(MeetingFilter):
        instance: Any = forms.ModelChoiceField(
            bodies, label=_("Instance"), required=False, empty_label=_("toutes")
        )
        field_order = ("instance", "annee", "etat")

        def apply(self, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
            """Narrow the list, by body too."""
            queryset = super().apply(queryset)
            body = self.cleaned_data["instance"]
            return queryset.filter(body=body) if body else queryset

    return ContractMeetingFilter


def _meeting_url(meeting: Meeting) -> str:
    return contract_url(meeting.body.contract, "meeting", meeting.pk)


def _moment(meeting: Meeting) -> object:
    """The day and the hour, or the day alone when no hour is known."""
    begins = timezone.localtime(meeting.starts_at)
    return shown(begins if meeting.hour_known else begins.date())


MEETINGS = Listing(
    title=_("Réunions"),
    columns=[
        Column(name="objet", label=_("Objet"), value="title", sort=("title",), url=_meeting_url),
        Column(name="instance", label=_("Instance"), value="body.name", sort=("body__order", "starts_at")),
        Column(name="date", label=_("Date"), value=_moment, sort=("starts_at",)),
        Column(name="lieu", label=_("Lieu"), value="place"),
        Column(name="etat", label=_("État"), value=lambda meeting: str(meeting.get_state_display())),
    ],
    default_sort="-date",
)

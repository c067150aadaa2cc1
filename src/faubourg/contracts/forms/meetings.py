"""Forms of a meeting: when and where, its agenda, who came, its minutes."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import AgendaItem, Meeting
from faubourg.people.forms import DayInput

# Some thirty pages of minutes.
LONGEST_MINUTES = 100_000
MOST_POINTS, MORE_POINTS = 40, 4
LONGEST_POINT = 24 * 60
WHOLE_DAY = (time(0, 0), time(23, 59))


class HourInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingForm(forms.Form):
    """What, when, where. Hours in Europe/Paris; both empty when the document gives a day alone."""

    title = forms.CharField(label=_("Objet"), max_length=200)
    day = forms.DateField(label=_("Jour"), widget=DayInput())
    starts = forms.TimeField(
        label=_("De"),
        required=False,
        widget=HourInput(),
        help_text=_("Heure de Paris ; les deux heures vides si seul le jour est connu."),
    )
    ends = forms.TimeField(label=_("À"), required=False, widget=HourInput())
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def values_of(meeting: Meeting) -> dict[str, Any]:
        """What the form starts from."""
        begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return {
            "title": meeting.title,
            "day": begins.date(),
            "starts": begins.time() if meeting.hour_known else None,
            "ends": ends.time() if meeting.hour_known else None,
            "place": meeting.place,
            "version": meeting.version,
        }

    def clean(self) -> dict[str, Any]:
        """One hour without the other says nothing."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if (starts is None) != (ends is None) and not {"starts", "ends"} & set(self.errors):
            missing = "ends" if ends is None else "starts"
            self.add_error(missing, _("Donnez les deux heures, ou aucune."))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Une réunion finit après avoir commencé, le même jour."))
        if (day := data.get("day")) and not 1980 <= day.year <= 2100:
            self.add_error("day", _("Cette année n’est pas plausible : vérifiez le jour."))
        return data

    def values(self) -> dict[str, Any]:
        """What the service writes: two moments and whether the hour is known."""
        data = self.cleaned_data
        known = data["starts"] is not None
        starts, ends = (data["starts"], data["ends"]) if known else WHOLE_DAY
        return {
            "title": data["title"],
            "place": data["place"],
            "hour_known": known,
            "starts_at": timezone.make_aware(datetime.combine(data["day"], starts)),
            "ends_at": timezone.make_aware(datetime.combine(data["day"], ends)),
        }


class PointForm(forms.Form):
    """One point of an agenda; a line without a title is left out."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Point"), max_length=300, required=False)
    part = forms.ChoiceField(label=_("Volet"), choices=AgendaItem.Part.choices)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST_POINT, required=False)
    rank = forms.DecimalField(
        label=_("Rang"),
        min_value=0,
        max_value=999,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
    )


PointFormSet = forms.formset_factory(
    PointForm, extra=MORE_POINTS, max_num=MOST_POINTS, absolute_max=MOST_POINTS, validate_max=True
)


def points_of(agenda: Sequence[AgendaItem]) -> list[dict[str, Any]]:
    """What the lines of the agenda start from."""
    return [
        {
            "pk": point.pk,
            "title": point.title,
            "part": point.part,
            "minutes": point.minutes_planned,
            "rank": rank,
        }
        for rank, point in enumerate(agenda, start=1)
    ]


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """The lines that say something, in the order of their rank, then as they stand."""
    said = [form.cleaned_data for form in formset if form.cleaned_data.get("title", "").strip()]
    ranked = sorted(
        enumerate(said), key=lambda pair: (pair[1]["rank"] is None, pair[1]["rank"] or 0, pair[0])
    )
    return [row for _rank, row in ranked]


class ActForm(forms.Form):
    """What happens to a meeting, and why when that is asked."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in ("convene", "hold", "reopen", "cancel", "restore")]
    )
    reason = forms.CharField(label=_("Motif"), max_length=300, required=False)


class MinutesForm(forms.Form):
    """The minutes; `base` marks the text that was read when the form was opened."""

    minutes = forms.CharField(
        label=_("Compte rendu"),
        required=False,
        max_length=LONGEST_MINUTES,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Enregistré à mesure que vous tapez. Une ligne vide sépare deux paragraphes."),
    )
    base = forms.CharField(widget=forms.HiddenInput, max_length=32)

"""The sheet of presence as a form: a line for each seat, some for people without one, the printed count."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Attendance
from faubourg.contracts.queries.meetings import Room
from faubourg.contracts.services.attendance import Guest, Tick
from faubourg.people.models import Person

from .choosing import Named, OrganisationField, PersonField

MOST_GUESTS, MORE_GUESTS = 200, 3
Status = Attendance.Status


class SeatPresenceForm(forms.Form):
    """One seat: how it was held; the hidden fields are what was read."""

    seat = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, max_length=12)
    was_person = forms.CharField(widget=forms.HiddenInput, required=False, max_length=150)
    status = forms.ChoiceField(label=_("Présence"), choices=Status.choices)
    person = forms.CharField(label=_("Par qui"), max_length=150, required=False)

    def tick(self) -> Tick:
        """As the service knows it."""
        return Tick(
            **{name: self.cleaned_data[name] for name in ("seat", "was", "was_person", "status", "person")}
        )


class GuestForm(forms.Form):
    """Somebody without a seat: a name, an organisation, or both."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = PersonField(label=_("Personne"), required=False)
    organisation = OrganisationField(required=False)

    def guest(self) -> Guest:
        """As the service knows it."""
        named: Named | None = self.cleaned_data.get("person")
        return Guest(
            pk=self.cleaned_data.get("pk"),
            name=named.name if named else "",
            ref=named.ref if named else None,
            organisation=self.cleaned_data.get("organisation"),
        )


class CountForm(forms.Form):
    """« une cinquantaine de personnes »: what a document prints, and the number it stands for."""

    printed = forms.CharField(
        label=_("Présence telle qu’un document l’imprime"), max_length=100, required=False
    )
    count = forms.IntegerField(
        label=_("Nombre de personnes présentes"), min_value=0, max_value=100_000, required=False
    )


SeatPresenceFormSet = forms.formset_factory(SeatPresenceForm, extra=0, max_num=500, absolute_max=500)
GuestFormSet = forms.formset_factory(
    GuestForm, extra=MORE_GUESTS, max_num=MOST_GUESTS, absolute_max=MOST_GUESTS, validate_max=True
)


def seats_start(room: Room) -> list[dict[str, Any]]:
    """What the lines of the seats start from."""
    return [
        {
            "seat": place.line.seat.pk,
            "was": place.status,
            "was_person": place.person_name,
            "status": place.status,
            "person": place.person_name,
        }
        for place in room.places
    ]


def guests_start(room: Room) -> list[dict[str, Any]]:
    """What the lines of people without a seat start from."""
    return [
        {"pk": row.pk, "person": row.person_name, "organisation": row.organisation} for row in room.others
    ]


def name_lines(formset: Any, room: Room) -> None:
    """Gives each line the title of its seat, for its legend."""
    titles = {str(place.line.seat.pk): place.line.seat.title for place in room.places}
    for form in formset:
        form.title = titles.get(str(form["seat"].value()), "")


def recognise(formset: Any, people: Sequence[Person]) -> None:
    """Lets every line recognise these accounts."""
    for form in formset:
        form.fields["person"].people = people

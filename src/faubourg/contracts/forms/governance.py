"""Forms of bodies, seats and mandates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Body, Contract, Mandate, Seat
from faubourg.contracts.queries.governance import communes_of_contract, quarters_of_contract
from faubourg.people.forms import DayInput
from faubourg.people.models import Person
from faubourg.territories.models import Territory

from .choosing import OrganisationField, PersonField

HUNDREDTHS = 100
LONGEST_ROLE = 5_000


class StartForm(forms.Form):
    """Which strand gets its usual bodies: nothing for the agglomeration's, else a commune's code."""

    commune = forms.CharField(required=False, max_length=5)


class BodyForm(forms.Form):
    """A body: what it is, where it hangs in the chart, what it decides on."""

    kind = forms.ChoiceField(label=_("Nature"), choices=Body.Kind.choices)
    name = forms.CharField(label=_("Nom"), max_length=200)
    territory = forms.ChoiceField(
        label=_("Commune ou quartier"),
        required=False,
        help_text=_("Pour le volet communal et les communautés d’acteurs ; vide : toute l’agglomération."),
    )
    parent: Any = forms.ModelChoiceField(
        Body.objects.none(), label=_("Dépend de"), required=False, empty_label=_("d’aucune autre instance")
    )
    theme = forms.CharField(
        label=_("Thème"),
        max_length=200,
        required=False,
        help_text=_("Vide si le document ne le nomme pas : la page le dit."),
    )
    role = forms.CharField(
        label=_("Rôle"), required=False, max_length=LONGEST_ROLE, widget=forms.Textarea(attrs={"rows": 3})
    )
    quorum = forms.DecimalField(
        label=_("Quorum, en % des sièges avec voix"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text=_("Vide : aucun quorum n’est demandé."),
    )
    closed_on = forms.DateField(
        label=_("Close le"), required=False, widget=DayInput(), help_text=_("Vide tant qu’elle se réunit.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, contract: Contract, body: Body | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes, quarters = communes_of_contract(contract), list(quarters_of_contract(contract))
        self.places: dict[str, Territory] = {str(place.pk): place for place in (*communes, *quarters)}
        if body is not None and body.territory is not None:
            self.places.setdefault(str(body.territory.pk), body.territory)
        self.fields["territory"].choices = [  # type: ignore[attr-defined]
            ("", _("toute l’agglomération")),
            (_("Communes"), [(str(place.pk), place.name) for place in communes]),
            (_("Quartiers"), [(str(place.pk), place.name) for place in quarters]),
        ]
        others = contract.bodies.exclude(pk=body.pk) if body else contract.bodies.all()
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]

    @staticmethod
    def values_of(body: Body) -> dict[str, Any]:
        """What the form starts from."""
        return {
            **{
                name: getattr(body, name)
                for name in ("kind", "name", "theme", "role", "closed_on", "version")
            },
            "territory": str(body.territory_id or ""),
            "parent": body.parent_id,
            "quorum": None if body.quorum_bp is None else body.quorum_bp / HUNDREDTHS,
        }

    def clean_territory(self) -> Territory | None:
        return self.places.get(self.cleaned_data["territory"])

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("quorum", "version")}
        share = self.cleaned_data["quorum"]
        return {**data, "quorum_bp": None if share is None else int(share * HUNDREDTHS)}


class SeatForm(forms.Form):
    """A place at the table, and the organisation that fills it."""

    title = forms.CharField(label=_("Siège"), max_length=200, help_text=_("Une fonction, jamais un nom."))
    part = forms.ChoiceField(label=_("Place"), choices=Seat.Part.choices, initial=Seat.Part.MEMBER)
    organisation = OrganisationField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def values_of(seat: Seat) -> dict[str, Any]:
        """What the form starts from."""
        return {name: getattr(seat, name) for name in ("title", "part", "organisation", "version")}

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MandateForm(forms.Form):
    """Somebody takes a seat between two days."""

    person = PersonField(
        label=_("Personne"), help_text=_("Son nom ; il n’est lu que par les partenaires du contrat.")
    )
    rank = forms.ChoiceField(label=_("Qualité"), choices=Mandate.Rank.choices)
    starts_on = forms.DateField(label=_("Depuis le"), widget=DayInput(), initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_("Jusqu’au"), required=False, widget=DayInput(), help_text=_("Dernier jour inclus.")
    )

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].people = people  # type: ignore[attr-defined]


class MandateEndForm(forms.Form):
    """The last day of a mandate."""

    ends_on = forms.DateField(label=_("Dernier jour (inclus)"), widget=DayInput(), initial=timezone.localdate)

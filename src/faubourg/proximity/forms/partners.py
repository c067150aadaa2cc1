"""Partners, those who speak for them, the area's own tasks."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.people.forms import DayInput
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Territory

from ..models import Area, AreaSeat, Partner
from ..services.partners import Post
from .areas import VersionedForm, tidy

YEARS = (1990, 2100)


class AccountField(forms.EmailField):
    """An account of this installation by its address; cleans to the person, or to None."""

    def clean(self, value: Any) -> Any:
        address = super().clean(value)
        if not address:
            return None
        found = Person.objects.filter(email=address.lower(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                _("Aucun compte n’a cette adresse : la personne s’inscrit d’abord, ou laissez ce champ vide.")
            )
        return found


class DayField(forms.DateField):
    """A day of our times, today unless told otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput(), initial=timezone.localdate, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(_("L’année doit être entre 1990 et 2100."))
        return day


class PartnerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A partner of this area, by its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Partner.objects.none(), **kwargs)


class OrganisationOrNewField(OrganisationField):
    """An organisation by its name; cleans to it, to the name of a new one, or to None."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError as wrong:
            if wrong.code != "unknown":
                raise
            typed = tidy(value)
            if Organisation.objects.filter(
                sort_key__startswith=sort_key(typed).split(" ~")[0] + " ~"
            ).exists():
                raise
            return typed


class PartnerForm(VersionedForm):
    """One service that answers for places, and whom to tell when its referent is late."""

    name = forms.CharField(
        label=_("Nom du service"),
        max_length=150,
        help_text=_("Comme on l’appelle ici : « Propreté urbaine », « Bailleur Untel, agence Nord »."),
    )
    organisation = OrganisationOrNewField(
        label=_("Organisation dont il fait partie"),
        help_text=_("La commune, le bailleur, l’opérateur… Un nom nouveau est ajouté aux organisations."),
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=Partner.Kind.choices)
    email = forms.EmailField(label=_("Adresse du service"), required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    chief_name = forms.CharField(
        label=_("Hiérarchie : nom"),
        max_length=150,
        required=False,
        help_text=_("Prévenue quand un signalement est très en retard."),
    )
    chief_email = forms.EmailField(label=_("Hiérarchie : adresse"), required=False)
    answers_for = forms.ModelMultipleChoiceField(
        label=_("Ses référent·e·s répondent aussi pour"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Plusieurs bailleurs peuvent avoir la même personne référente."),
    )
    active = forms.BooleanField(label=_("En activité"), required=False, initial=True)

    def __init__(self, *args: Any, area: Area, partner: Partner | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = area.partners.filter(active=True)
        if partner is not None:
            others = others.exclude(pk=partner.pk)
        cast("forms.ModelMultipleChoiceField[Partner]", self.fields["answers_for"]).queryset = others
        if not others:
            del self.fields["answers_for"]

    def clean_organisation(self) -> Any:
        """It is needed."""
        if self.cleaned_data["organisation"] is None:
            raise forms.ValidationError(_("Dites de quelle organisation ce service fait partie."))
        return self.cleaned_data["organisation"]

    @staticmethod
    def values_of(partner: Partner) -> dict[str, Any]:
        """What a change starts from."""
        same = [name for name in PartnerForm.base_fields if name != "answers_for"]
        return {name: getattr(partner, name) for name in same} | {
            "organisation": partner.organisation,
            "answers_for": partner.answers_for.all(),
        }


class ReferentForm(forms.Form):
    """Somebody who speaks for a partner, with or without an account."""

    name = forms.CharField(label=_("Nom"), max_length=150)
    title = forms.CharField(label=_("Fonction"), max_length=150, required=False)
    account = AccountField(
        label=_("Adresse de son compte"),
        required=False,
        help_text=_("Avec un compte, la personne suit ses signalements dans Faubourg."),
    )
    email = forms.EmailField(label=_("Adresse où la prévenir"), required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)
    since = DayField(label=_("En poste depuis le"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands beside the form of the partner, whose fields have the same names.
        super().__init__(*args, **{"auto_id": "post_%s"} | kwargs)

    def post(self) -> Post:
        """As the service takes it."""
        data = self.cleaned_data
        texts = {name: tidy(data[name]) for name in ("name", "title", "phone")}
        person: Person | None = data["account"]
        return Post(**texts, email=data["email"] or (person.email if person else ""), person=person)


class SeatForm(forms.Form):
    """Somebody who holds a task of the area."""

    account = AccountField(label=_("Adresse de son compte"))
    task = forms.ChoiceField(label=_("Tâche"), choices=AreaSeat.Task.choices)
    territory = forms.ModelChoiceField(
        label=_("Quartier"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("Partout"),
        help_text=_("Pour un·e habitant·e-relais : là où la personne vérifie."),
    )
    words = forms.CharField(label=_("Précision"), max_length=200, required=False)
    since = DayField(label=_("Depuis le"))

    def __init__(self, *args: Any, quarters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Territory]", self.fields["territory"]).queryset = quarters


class EndForm(forms.Form):
    """The last day."""

    on = DayField(label=_("Dernier jour"))

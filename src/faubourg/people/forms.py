"""Forms of the room: what people type about organisations, members, roles and themselves."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold

from . import queries, scopes
from .identifiers import read_rna, read_siret
from .models import Organisation, Person, RoleGrant


class DayInput(forms.DateInput):
    """The browser's own date picker; ISO, so that it shows what was kept."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SignupNameForm(forms.Form):
    """The name asked for at sign-up, above the e-mail (allauth adds the rest)."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        required=False,
        help_text=_("Tel que vos partenaires vous connaissent. Vous pourrez le changer."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: object, user: Person) -> None:
        """allauth's hook; the adapter already kept the name."""


class OrganisationForm(forms.ModelForm[Organisation]):
    """Name, nature, SIRET and RNA; the numbers are read as people type them and checked by their keys."""

    siret = forms.CharField(
        label=_("SIRET"),
        required=False,
        max_length=40,
        help_text=_("14 chiffres, espaces permises. La clé est vérifiée."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    rna = forms.CharField(
        label=_("Numéro RNA"),
        required=False,
        max_length=40,
        help_text=_("Pour une association : W suivi de 9 signes."),
    )
    # The version that was read when the form was opened: nobody overwrites anybody.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "siret", "rna")

    def clean_siret(self) -> str | None:
        typed = self.cleaned_data["siret"]
        return read_siret(typed) if typed else None

    def clean_rna(self) -> str | None:
        typed = self.cleaned_data["rna"]
        return read_rna(typed) if typed else None

    def validate_unique(self) -> None:
        """The service says which organisation has the number; Django would only say « already exists »."""

    def validate_constraints(self) -> None:
        """As above."""


class OrganisationFilter(forms.Form):
    """The list of organisations: by name or number, by nature."""

    q = forms.CharField(label=_("Nom, SIRET ou RNA"), required=False, max_length=100)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("toutes")), *Organisation.Kind.choices]
    )

    def apply(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Narrow the list; an invalid filter narrows nothing."""
        if not self.is_valid():
            return queryset
        if typed := self.cleaned_data["q"].strip():
            number = "".join(typed.split()).upper()
            queryset = queryset.filter(
                Q(sort_key__contains=fold(typed)) | Q(siret__startswith=number) | Q(rna__startswith=number)
            )
        if nature := self.cleaned_data["nature"]:
            queryset = queryset.filter(kind=nature)
        return queryset


class PeriodForm(forms.Form):
    """First and last day, both included."""

    since = forms.DateField(label=_("Depuis le"), widget=DayInput())
    until = forms.DateField(
        label=_("Jusqu’au"),
        widget=DayInput(),
        required=False,
        help_text=_("Dernier jour inclus ; vide : sans fin prévue."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("since", timezone.localdate())
        super().__init__(*args, **kwargs)


class PersonByEmail(forms.EmailField):
    """An account named by its e-mail; cleans to the `Person`."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Adresse électronique du compte"),
            help_text=_("La personne s’inscrit d’abord elle-même."),
        )

    def clean(self, value: Any) -> Person:
        person = queries.person_by_email(super().clean(value))
        if person is None:
            raise forms.ValidationError(
                _(
                    "Aucun compte ouvert à cette adresse : demandez à la personne de s’inscrire, "
                    "puis recommencez."
                ),
                code="no_account",
            )
        return person


class MembershipForm(PeriodForm):
    """Somebody becomes a member."""

    person = PersonByEmail()
    title = forms.CharField(label=_("Fonction"), max_length=120, required=False)
    field_order = ("person", "title", "since", "until")


class EndForm(forms.Form):
    """The last day of a role or of a membership."""

    until = forms.DateField(label=_("Dernier jour (inclus)"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": timezone.localdate()})
        super().__init__(*args, **kwargs)


class GrantForm(PeriodForm):
    """A role over a scope; the kinds are those that the rooms registered."""

    person = PersonByEmail()
    role = forms.ChoiceField(label=_("Rôle"), choices=RoleGrant.Role.choices)
    scope_kind = forms.ChoiceField(label=_("Périmètre"))
    scope_code = forms.CharField(
        label=_("Code du périmètre"),
        max_length=40,
        required=False,
        help_text=_("SIREN, code commune, code du quartier ou du contrat ; vide pour toute l’installation."),
    )
    field_order = ("person", "role", "scope_kind", "scope_code", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, str | Promise]] = [(kind.kind, kind.label) for kind in scopes.kinds()]
        self.fields["scope_kind"].choices = choices  # type: ignore[attr-defined]

    def clean_scope_code(self) -> str:
        return str(self.cleaned_data["scope_code"]).strip().upper()


class GrantFilter(forms.Form):
    """The list of roles: by person, by role, in force or over."""

    q = forms.CharField(label=_("Personne"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Rôle"), required=False, choices=[("", _("tous")), *RoleGrant.Role.choices]
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", _("tous")),
            ("en-cours", _("en cours")),
            ("termine", _("terminés")),
            ("a-venir", _("à venir")),
        ],
    )

    def apply(self, queryset: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
        """Narrow the list; an invalid filter narrows nothing."""
        if not self.is_valid():
            return queryset
        today = timezone.localdate()
        by_state = {
            "en-cours": Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today)),
            "termine": Q(until__lt=today),
            "a-venir": Q(since__gt=today),
        }
        if typed := self.cleaned_data["q"].strip():
            queryset = queryset.filter(Q(person__name__icontains=typed) | Q(person__email__icontains=typed))
        if role := self.cleaned_data["role"]:
            queryset = queryset.filter(role=role)
        if state := self.cleaned_data["etat"]:
            queryset = queryset.filter(by_state[state])
        return queryset


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CloseAccountForm(forms.Form):
    """Closing is for good: typed by hand, so that no stray click does it."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"), help_text=_("Recopiez-la pour confirmer la fermeture.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"]).lower()
        if typed != self.person.email:
            raise forms.ValidationError(
                _("Ce n’est pas l’adresse de ce compte : rien n’a été fermé."), code="other_email"
            )
        return typed

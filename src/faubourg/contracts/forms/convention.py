"""Forms of a convention: its terms, its linked plans, its posts and their co-funders."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract, Convention, Post
from faubourg.contracts.services.conventions import Terms
from faubourg.contracts.services.posts import Terms as PostTerms
from faubourg.people.fields import DayField
from faubourg.people.queries import person_by_email
from faubourg.territories.models import Territory


class ConventionForm(forms.Form):
    """The terms of a convention."""

    kind = forms.ChoiceField(label=_("Nature"), choices=Convention.Kind.choices)
    title = forms.CharField(label=_("Titre"), max_length=200)
    scope = forms.ChoiceField(
        label=_("Périmètre"), choices=Convention.Scope.choices, widget=forms.RadioSelect
    )
    places = forms.CharField(
        label=_("Lieux"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Un code par ligne, de quartier ou de commune : QN06307N, 63113."),
    )
    scope_reason = forms.CharField(
        label=_("Diagnostic partagé"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Demandé pour un périmètre ciblé : ce qui justifie ces quartiers plutôt que d’autres."),
    )
    starts_on = DayField(label=_("Du"), required=False)
    ends_on = DayField(label=_("Au"), required=False, help_text=_("Le dernier jour de la convention."))
    duration_reason = forms.CharField(
        label=_("Pourquoi cette durée"),
        required=False,
        max_length=300,
        help_text=_("Par exemple : alignée sur le mandat municipal."),
    )
    follows = forms.ModelChoiceField(
        label=_("Prend la suite de"), queryset=Convention.objects.none(), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, contract: Contract | None, convention: Convention | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = Convention.objects.filter(contract=contract)
        field = self.fields["follows"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others.exclude(pk=convention.pk) if convention else others

    @staticmethod
    def values_of(convention: Convention | None) -> dict[str, Any]:
        """What the form starts from; version 0 for a new convention."""
        if convention is None:
            return {"version": 0, "scope": Convention.Scope.GENERAL, "kind": Convention.Kind.GUP}
        names = ("kind", "title", "scope", "scope_reason", "starts_on", "ends_on", "duration_reason")
        return {name: getattr(convention, name) for name in (*names, "version")} | {
            "places": "\n".join(place.code for place in convention.territories.order_by("code")),
            "follows": convention.follows_id,
        }

    def clean_places(self) -> list[Territory]:
        """The neighbourhoods and communes of these codes."""
        asked = dict.fromkeys(self.cleaned_data["places"].replace(",", " ").upper().split())
        kinds = (Territory.Kind.NEIGHBOURHOOD, Territory.Kind.COMMUNE, Territory.Kind.EPCI)
        found = {place.code: place for place in Territory.objects.filter(kind__in=kinds, code__in=asked)}
        unknown = [code[:20] for code in asked if code not in found]
        if unknown:
            raise forms.ValidationError(
                _("Aucun lieu ne porte ces codes : %(codes)s."), params={"codes": ", ".join(unknown[:10])}
            )
        return [found[code] for code in asked]

    def terms(self) -> Terms:
        """As the service asks for them."""
        told = dict(self.cleaned_data)
        told.pop("version")
        return Terms(territories=told.pop("places"), **told)


class PlanForm(forms.Form):
    """A plan to which the agreement is linked."""

    name = forms.CharField(label=_("Plan ou programme"), max_length=200)
    link = forms.CharField(
        label=_("Lien"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : annexée à, articulée avec."),
    )
    ends_on = DayField(label=_("Échéance"), required=False)
    address = forms.URLField(label=_("Adresse"), required=False, assume_scheme="https")


class PostForm(forms.Form):
    """A post and who holds it."""

    title = forms.CharField(label=_("Poste"), max_length=200)
    etp = forms.DecimalField(
        label=_("ETP"), required=False, min_value=0, max_digits=4, decimal_places=2, localize=True
    )
    person_name = forms.CharField(
        label=_("Occupé par"), max_length=150, required=False, help_text=_("Vide : le poste est vacant.")
    )
    person_email = forms.EmailField(
        label=_("Son adresse de compte"),
        required=False,
        help_text=_("Si cette personne a un compte ici : son départ sera vu."),
    )
    starts_on = DayField(label=_("Depuis le"), required=False)
    ends_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Le dernier jour, s’il est connu."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, post: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    @staticmethod
    def values_of(post: Post | None) -> dict[str, Any]:
        """What the form starts from; version 0 for a new post."""
        if post is None:
            return {"version": 0}
        names = ("title", "etp", "person_name", "starts_on", "ends_on", "version")
        return {name: getattr(post, name) for name in names}

    def clean_person_email(self) -> Any:
        """The open account of that address, if one is given."""
        email = self.cleaned_data["person_email"]
        person = person_by_email(email) if email else None
        if email and person is None:
            raise forms.ValidationError(_("Aucun compte ouvert n’a cette adresse."))
        return person

    def terms(self, funders: list[tuple[str, int]]) -> PostTerms:
        """As the service asks for them; the account stays that of before as long as the name does."""
        told = dict(self.cleaned_data)
        told.pop("version")
        person = told.pop("person_email")
        same = self.post is not None and told["person_name"].strip() == self.post.person_name
        told["person_ref"] = person.ref if person else self.post.person_ref if same and self.post else None
        if person and not told["person_name"].strip():
            told["person_name"] = person.name
        return PostTerms(funders=funders, **told)


class FunderForm(forms.Form):
    """A co-funder and its share in per cent."""

    name = forms.CharField(label=_("Cofinanceur"), max_length=200, required=False)
    share = forms.DecimalField(
        label=_("Part (%)"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
        localize=True,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("name")) != (told.get("share") is not None) and not self.errors:
            raise forms.ValidationError(_("Donnez le cofinanceur et sa part, ou aucun des deux."))
        return told


Funders = formset_factory(FunderForm, extra=2, max_num=12, absolute_max=20)


def shares_of(funders: Any) -> list[tuple[str, int]]:
    """Names and hundredths of a per cent, the empty lines left out."""
    return [
        (form.cleaned_data["name"], int(form.cleaned_data["share"] * Decimal(100)))
        for form in funders
        if form.cleaned_data.get("name")
    ]

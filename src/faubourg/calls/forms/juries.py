"""Forms of a jury: its quorum, its members, their interests, its sessions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import printable
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.forms.money import PercentField
from faubourg.people.models import Organisation, Person

from ..models import Jury, JurySession

NO_LINK = ""
# Ties that a declaration names; the sentence is kept as the reason of standing back.
LINKS = [
    (NO_LINK, _("aucun lien")),
    ("head", _("je la dirige ou je l’administre")),
    ("paid", _("j’y travaille ou j’y ai travaillé depuis moins de trois ans")),
    ("member", _("j’en suis membre ou bénévole")),
    ("close", _("un·e proche la dirige, l’administre ou y travaille")),
    ("mandate", _("j’y représente ma collectivité")),
    ("other", _("un autre lien")),
]


class JuryForm(forms.Form):
    """Its name, and the share of its voting members that have to be here."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    quorum_bp = PercentField(
        label=_("Quorum, en % des membres qui votent"),
        help_text=_("Les personnes déportées d’un dossier n’y comptent pas."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(jury: Jury) -> dict[str, Any]:
        """What the form starts from."""
        return {"name": jury.name, "quorum_bp": jury.quorum_bp / 100, "version": jury.version}


class JurorForm(forms.Form):
    """Who sits: an account found by its address or its name, what they represent, whether they vote."""

    person = forms.CharField(
        label=_("Personne"),
        max_length=150,
        help_text=_("Son adresse électronique, ou son nom tel qu’il est inscrit."),
    )
    organisation = OrganisationField(label=_("Représente"), required=False)
    quality = forms.CharField(
        label=_("Qualité"), max_length=150, required=False, help_text=_("Par exemple « vice-présidente ».")
    )
    votes = forms.TypedChoiceField(
        label=_("Voix"),
        coerce=lambda word: word == "1",
        choices=[("1", _("vote")), ("0", _("est entendu·e, sans voter (technicien·ne)"))],
        widget=forms.RadioSelect,
        initial="1",
    )

    def clean_person(self) -> dict[str, Any]:
        """`person` is None when no account is known: the service says what it then may be."""
        typed = printable(self.cleaned_data["person"]).strip()
        found = list(
            Person.objects.filter(Q(email=typed.lower()) | Q(name__iexact=typed), is_active=True)[:2]
        )
        if len(found) > 1:
            raise forms.ValidationError(
                _("Plusieurs comptes s’appellent « %(name)s » : écrivez l’adresse électronique du bon."),
                params={"name": typed},
            )
        return {"person": found[0] if found else None, "name": typed}

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        said = dict(self.cleaned_data)
        return said.pop("person") | said


class DeclareForm(forms.Form):
    """Each organisation that asks, and the tie that one has with it; nothing chosen declares « none »."""

    precision = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=150,
        help_text=_("Facultatif : ce qui aide à comprendre. Le procès-verbal n’en dit rien."),
    )

    def __init__(
        self, organisations: Sequence[Organisation], told: Mapping[int, str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {f"org-{one.pk}": one for one in organisations if one.pk not in told}
        for name, organisation in self.organisations.items():
            self.fields[name] = forms.ChoiceField(label=organisation.name, choices=LINKS, required=False)
        self.order_fields([*self.organisations, "precision"])

    def links(self) -> dict[Organisation, str]:
        """The reason by organisation, in words."""
        words = {code: str(label) for code, label in LINKS}
        precision = self.cleaned_data["precision"].strip()
        return {
            organisation: f"{words[code]} ({precision})" if precision else words[code]
            for name, organisation in self.organisations.items()
            if (code := self.cleaned_data.get(name))
        }


class SessionForm(forms.Form):
    """When and where a jury sits."""

    starts_at = forms.DateTimeField(
        label=_("Le"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Heure de Paris. La convocation part dix jours avant."),
    )
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @staticmethod
    def values_of(session: JurySession) -> dict[str, Any]:
        """What the form starts from."""
        return {name: getattr(session, name) for name in ("starts_at", "place", "version")}

"""What is typed of a calendar: a phase, a milestone, a deliverable, its delivery, the planned days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract, Deliverable, Milestone, Phase
from faubourg.contracts.services.deliverables import Follower, OwedBy
from faubourg.contracts.services.dues import Due
from faubourg.contracts.services.phases import GivenPhase
from faubourg.people.forms import DayInput
from faubourg.people.models import Organisation, Person
from faubourg.people.queries import person_by_email
from faubourg.territories.models import Territory

LONGEST_PURPOSE = 2_000
COMMUNES, OTHER = "communes", "other"


class VersionedForm(forms.Form):
    """`version` is that of the row that was read; 0 for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @property
    def base_version(self) -> int:
        """The version that was read."""
        return int(self.cleaned_data["version"])


class PhaseForm(VersionedForm):
    """Planned and actual days stand side by side."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    planned_start = forms.DateField(label=_("Début prévu"), widget=DayInput())
    planned_end = forms.DateField(label=_("Fin prévue"), widget=DayInput())
    printed = forms.CharField(
        label=_("Dates imprimées"),
        required=False,
        max_length=150,
        help_text=_("Comme le document les écrit, par exemple « avril 2013 à mars 2014 »."),
    )
    purpose = forms.CharField(
        label=_("Ce qui s’y fait"),
        required=False,
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    actual_start = forms.DateField(label=_("Début réel"), required=False, widget=DayInput())
    actual_end = forms.DateField(label=_("Fin réelle"), required=False, widget=DayInput())

    @staticmethod
    def values_of(phase: Phase) -> dict[str, Any]:
        """What the form starts from."""
        return {name: getattr(phase, name) for name in (*GivenPhase.__slots__, "version")}

    def given(self) -> GivenPhase:
        """As the services take it."""
        return GivenPhase(**{name: self.cleaned_data[name] for name in GivenPhase.__slots__})


class DueForm(VersionedForm):
    """A name, a phase and a day, or the words that print one."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    phase = forms.ModelChoiceField(
        Phase.objects.none(), label=_("Phase"), required=False, empty_label=_("aucune")
    )
    due_on = forms.DateField(
        label=_("Dernier jour dans les temps"),
        required=False,
        widget=DayInput(),
        help_text=_("Laissez vide si le document n’écrit pas de jour : ses mots suffisent."),
    )
    due_printed = forms.CharField(
        label=_("Date imprimée"),
        required=False,
        max_length=100,
        help_text=_("Les mots du document : « mi-avril », « fin mai 2014 », « S1 2024 », « 1er trimestre »…"),
    )
    due_year = forms.IntegerField(
        label=_("Année, si les mots ne la disent pas"),
        required=False,
        min_value=1900,
        max_value=2199,
        localize=False,
    )
    due_reading = forms.CharField(
        label=_("Pourquoi cette date"),
        required=False,
        max_length=200,
        help_text=_("Ce qui fait choisir cette année ou ce jour : gardé avec votre nom."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = contract.phases.all()  # type: ignore[attr-defined]

    def due(self) -> Due:
        """As the services take it."""
        given = self.cleaned_data
        return Due(given["due_printed"], given["due_on"], given["due_year"], given["due_reading"])


class MilestoneForm(DueForm):
    """A day that matters, and the day on which it was reached."""

    note = forms.CharField(label=_("Remarque"), required=False, max_length=300)
    reached_on = forms.DateField(label=_("Atteint le"), required=False, widget=DayInput())

    @staticmethod
    def values_of(milestone: Milestone) -> dict[str, Any]:
        """What the form starts from."""
        names = ("name", "phase", "due_on", "due_printed", "note", "reached_on", "version")
        return {name: getattr(milestone, name) for name in names}


class DeliverableForm(DueForm):
    """Who owes it: one choice; « every commune » makes one for each, at once."""

    owner = forms.ChoiceField(label=_("Dû par"))
    owed_by = forms.CharField(
        label=_("Autre, en toutes lettres"),
        required=False,
        max_length=200,
        help_text=_("Un service ou une institution, jamais le nom d’une personne."),
    )
    person_name = forms.CharField(
        label=_("Suivi par"),
        max_length=150,
        required=False,
        help_text=_("La personne à qui le demander : son nom n’est montré qu’aux partenaires."),
    )
    person_email = forms.EmailField(
        label=_("Son adresse de compte"),
        required=False,
        help_text=_("Si cette personne a un compte ici : ce livrable est dans sa passation."),
    )
    field_order = (
        "name", "owner", "owed_by", "person_name", "person_email", "phase", "due_on", "due_printed",
        "due_year", "due_reading", "version",
    )  # fmt: skip

    def __init__(
        self, *args: Any, contract: Contract, communes: list[Territory], several: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, contract=contract, **kwargs)
        self.communes = communes
        bodies = list(contract.bodies.filter(closed_on__isnull=True).select_related("territory"))
        organisations = Organisation.objects.filter(
            pk__in=contract.parties.exclude(organisation=None).values("organisation")
        )
        self.owners: dict[str, OwedBy] = {
            **{f"territory:{place.pk}": OwedBy(territory=place) for place in communes},
            **{f"body:{body.pk}": OwedBy(body=body) for body in bodies},
            **{f"organisation:{one.pk}": OwedBy(organisation=one) for one in organisations},
        }
        start = self.initial.get("owner", "")
        if start not in self.owners and start not in ("", OTHER):
            self.owners[start] = self.initial["kept_owner"]
        self.fields["owner"].choices = self._choices(several=several)  # type: ignore[attr-defined]

    def _choices(self, *, several: bool) -> list[tuple[str, Any]]:
        each = [(COMMUNES, _("chaque commune du contrat : un livrable pour chacune"))]
        return [
            *(each if several and self.communes else []),
            *((key, _owner_name(owner)) for key, owner in self.owners.items()),
            (OTHER, _("autre : dites qui ci-dessous, ou laissez vide")),
        ]

    @staticmethod
    def values_of(deliverable: Deliverable) -> dict[str, Any]:
        """What the form starts from."""
        names = ("name", "phase", "due_on", "due_printed", "owed_by", "person_name", "version")
        kept = OwedBy(deliverable.territory, deliverable.organisation, deliverable.body, deliverable.owed_by)
        return {
            **{name: getattr(deliverable, name) for name in names},
            "owner": next(
                (
                    f"{kind}:{row.pk}"
                    for kind in ("territory", "organisation", "body")
                    if (row := getattr(deliverable, kind)) is not None
                ),
                OTHER,
            ),
            "kept_owner": kept,
            "kept_person": (deliverable.person_name, deliverable.person_ref),
        }

    def clean_person_email(self) -> Person | None:
        """The open account of that address, if one is given."""
        email = self.cleaned_data["person_email"]
        person = person_by_email(email) if email else None
        if email and person is None:
            raise forms.ValidationError(_("Aucun compte ouvert n’a cette adresse."))
        return person

    def follower(self) -> Follower:
        """Who follows it; the account stays that of before as long as the name does."""
        person, name = self.cleaned_data["person_email"], self.cleaned_data["person_name"].strip()
        if person:
            return Follower(name or person.name, person.ref)
        before, ref = self.initial.get("kept_person", ("", None))
        return Follower(name, ref if name and name == before else None)

    def owed(self) -> list[OwedBy]:
        """Everybody who owes it; one unless every commune was asked."""
        chosen = self.cleaned_data["owner"]
        if chosen == COMMUNES:
            return [OwedBy(territory=place) for place in self.communes]
        return [self.owners.get(chosen) or OwedBy(words=self.cleaned_data["owed_by"])]


class DeliveryForm(VersionedForm):
    """The day and the document; several are told apart by their journal."""

    delivered_on = forms.DateField(label=_("Remis le"), widget=DayInput())
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, OpenDocument, Word, Excel, CSV ou image."),
    )


class ValidationForm(VersionedForm):
    validated_on = forms.DateField(label=_("Validé le"), widget=DayInput())


class GivingBackForm(VersionedForm):
    reason = forms.CharField(label=_("Motif"), max_length=300)


class DatesForm(VersionedForm):
    """The planned days of the contract; the signature itself is recorded with the signatories."""

    planned_signature_on = forms.DateField(label=_("Signature prévue le"), required=False, widget=DayInput())
    in_force_on = forms.DateField(label=_("En vigueur le"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=_("Échéance"), required=False, widget=DayInput())

    @staticmethod
    def values_of(contract: Contract) -> dict[str, Any]:
        """What the form starts from."""
        names = ("planned_signature_on", "in_force_on", "ends_on", "version")
        return {name: getattr(contract, name) for name in names}


def _owner_name(owner: OwedBy) -> str:
    if owner.body is not None:
        place = owner.body.territory
        return f"{owner.body.name} – {place.name}" if place else owner.body.name
    return str(owner.territory or owner.organisation)

"""What is typed on a report: one small form an act."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from faubourg.people.fields import DayField

from ..models import Category, Partner, Ticket
from ..queries.tickets import ticket_by_reference

SEVERITIES = [
    ("1", _("1 – gêne légère")),
    ("2", _("2 – gêne réelle")),
    ("3", _("3 – dégrade la vie du lieu")),
    ("4", _("4 – danger")),
]


PUBLIC_WORDS = _("Lu par tout le monde : ni nom, ni téléphone, ni étage.")


class ActForm(forms.Form):
    """One act on one report; `version` is that of the report which was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, ticket: Ticket, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.ticket = ticket
        self.initial.setdefault("version", ticket.version)

    def told(self) -> dict[str, Any]:
        """What the service takes; a form without a version never matches the present one."""
        told = dict(self.cleaned_data)
        version = told.pop("version", None)
        return {**told, "base_version": -1 if version is None else version}


class PlainForm(ActForm):
    """An act that asks for nothing more."""


class ReasonForm(ActForm):
    """Why: kept in the history."""

    reason = forms.CharField(
        label=_("Motif"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez le motif.")},
    )  # fmt: skip


class PublicReasonForm(ReasonForm):
    """Why, read by everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Motif, lu par tout le monde")


class PartnerForm(ActForm):
    """Which partner of the area, and a word for it."""

    partner = forms.ModelChoiceField(label=_("Partenaire"), queryset=Partner.objects.none())
    words = forms.CharField(label=_("Un mot"), help_text=PUBLIC_WORDS, max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(area_id=self.ticket.area_id, active=True).order_by("name")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        proposed = (self.ticket.routing or {}).get("partner")
        self.initial.setdefault("partner", self.ticket.partner_id or proposed)


class QualifyForm(PartnerForm):
    """What it is, how serious, what everybody may read of it, and at once who answers if it is known."""

    field_order = ("category", "severity", "public_text", "partner")
    category = forms.ModelChoiceField(label=_("Catégorie"), queryset=Category.objects.none())
    severity = forms.TypedChoiceField(
        label=_("Gravité"), choices=[("", _("à apprécier")), *SEVERITIES], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    public_text = forms.CharField(
        label=_("Texte public"),
        help_text=_("Ce que tout le monde lira : ni nom, ni téléphone, ni étage."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["words"]
        self.fields["partner"].required = False
        self.fields["partner"].label = _("Attribuer à (si c’est clair)")
        categories = Category.objects.filter(area_id=self.ticket.area_id).order_by("order", "name")
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        self.initial.setdefault("category", self.ticket.category_id)
        self.initial.setdefault("severity", self.ticket.severity)
        self.initial.setdefault("public_text", self.ticket.public_text)
        if self.ticket.category.desk:
            del self.fields["partner"]

    def told(self) -> dict[str, Any]:
        """Without a partner when none was chosen."""
        return {"partner": None, **super().told()}


class Unversioned(ActForm):
    """What is added beside: nobody's work is overwritten, so no version is asked for."""

    def told(self) -> dict[str, Any]:
        """Without a version."""
        told = super().told()
        del told["base_version"]
        return told


class ShareForm(Unversioned, PartnerForm):
    """Another partner, and its part of the work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Ce qui lui est demandé")
        self.fields["words"].help_text = ""
        self.initial["partner"] = None


class ArbitrateForm(PartnerForm):
    """Who answers for this place from now on, and why."""

    decision = forms.CharField(
        label=_("Décision et motif"), help_text=PUBLIC_WORDS, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Écrivez le motif.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["words"]


class PlanForm(ActForm):
    """The day of the intervention."""

    on = DayField(
        label=_("Jour prévu"),
        error_messages={"required": _("Donnez le jour prévu de l’intervention.")},
    )
    words = forms.CharField(label=_("Un mot"), help_text=PUBLIC_WORDS, max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.ticket.planned_on)


class DoneForm(ActForm):
    """What was done, with a photograph when there is one."""

    words = forms.CharField(
        label=_("Ce qui a été fait"), help_text=PUBLIC_WORDS, max_length=500, required=False
    )
    photo = forms.FileField(
        label=_("Photo après"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class DuplicateForm(ActForm):
    """The first report of the same thing, by its reference."""

    original = forms.CharField(label=_("Référence du premier signalement"), max_length=20)

    def clean_original(self) -> Ticket:
        """A report that exists, here."""
        found = ticket_by_reference(self.cleaned_data["original"])
        if found is None or found.area_id != self.ticket.area_id:
            raise ValidationError(_("Aucun signalement de ce territoire ne porte cette référence."))
        return found


class ReferForm(ActForm):
    """To which desk, and that the person accepts."""

    desk = forms.CharField(label=_("Guichet"), max_length=200, required=False)
    consented = forms.BooleanField(
        label=_("La personne accepte que son signalement soit transmis"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("desk", self.ticket.category.desk)
        self.initial.setdefault("consented", self.ticket.referral_consent)


class NoteForm(Unversioned):
    """A message between services."""

    text = forms.CharField(
        label=_("Message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez le message.")},
    )  # fmt: skip


class CheckForm(Unversioned):
    """Is it done?"""

    repaired = forms.TypedChoiceField(
        label=_("Est-ce réparé ?"),
        choices=[("yes", _("Oui")), ("no", _("Non"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Ce que vous voyez"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

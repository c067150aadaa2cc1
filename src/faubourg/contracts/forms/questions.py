"""Forms of an interpellation: what is told, why it goes back, and each step."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import printable
from faubourg.contracts.models import Contract, Interpellation, Meeting
from faubourg.contracts.queries.questions import meetings_to_link, usual_recipients
from faubourg.contracts.services.questions import Difficulty, Step
from faubourg.people.forms import DayInput
from faubourg.rules.interpellation import BY_ACT, Act, Needs
from faubourg.territories.models import Territory

LONGEST_TEXT = 10_000
LONGEST_NOTE = 400


class DifficultyForm(forms.Form):
    """A difficulty that residents meet, told by a council or a group."""

    title = forms.CharField(
        label=_("La difficulté en une phrase"),
        max_length=200,
        help_text=_("Par exemple : l’ascenseur est en panne."),
    )
    text = forms.CharField(
        label=_("Ce qui se passe"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Depuis quand, où, pour qui, ce qui a déjà été demandé. Ce texte est public : jamais de nom "
            "de personne."
        ),
    )
    submitted_by = forms.CharField(
        label=_("Le conseil ou le groupe qui la dépose"),
        max_length=200,
        help_text=_("Un conseil citoyen, un collectif, une association : jamais une personne."),
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Quartier"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("tout le contrat"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = contract.neighbourhood_links.filter(rejected=False).values("neighbourhood")
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Territory.objects.filter(pk__in=kept).order_by("sort_key", "code")

    @staticmethod
    def values_of(question: Interpellation) -> dict[str, Any]:
        """What its author starts from when it was sent back."""
        return {
            "title": question.title,
            "text": question.text,
            "submitted_by": question.submitted_by,
            "neighbourhood": question.neighbourhood_id,
            "version": question.version,
        }

    def told(self) -> Difficulty:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Difficulty(
            title=" ".join(printable(data["title"]).split()),
            text=printable(data["text"].replace("\r\n", "\n")).strip(),
            submitted_by=" ".join(printable(data["submitted_by"]).split()),
            neighbourhood=data["neighbourhood"],
        )


class SendBackForm(forms.Form):
    """What its author has to correct."""

    reason = forms.CharField(label=_("Ce qu’il faut corriger"), max_length=300)


LABELS = {
    Needs.RECIPIENTS: _("Transmise à"),
    Needs.DIAGNOSIS: _("Le diagnostic, et ce qui est préconisé"),
    Needs.ASSEMBLIES: _("Les assemblées qui l’inscrivent à leur ordre du jour"),
    Needs.ANSWER: _("La réponse publique"),
}
SHORT = (Needs.RECIPIENTS, Needs.ASSEMBLIES)
HELP = {
    Needs.RECIPIENTS: _("Le maire, l’intercommunalité, les signataires : des fonctions et des institutions."),
    Needs.DIAGNOSIS: _("Public : aucun nom de personne."),
    Needs.ASSEMBLIES: _("Le conseil municipal, le conseil communautaire, et leur date si elle est connue."),
    Needs.ANSWER: _("Publique : aucun nom de personne."),
}


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the stubs alone
    """A meeting by its body and its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.body.name}, {localdate(obj.starts_at):%d/%m/%Y}"


class StepForm(forms.Form):
    """The one step that comes next: its day, and what it must say. A meeting brings its own day."""

    def __init__(self, *args: Any, question: Interpellation, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = BY_ACT[act].needs
        if needs is Needs.MEETING:
            self.fields["meeting"] = MeetingChoice(
                label=_("Réunion du comité de pilotage"),
                queryset=meetings_to_link(question.contract),
                help_text=_("Une réunion tenue ; sa date est celle de l’étape."),
            )
        else:
            self.fields["on"] = forms.DateField(label=_("Le"), widget=DayInput, initial=localdate)
            self.fields["words"] = forms.CharField(
                label=LABELS[needs],
                help_text=HELP[needs],
                required=False,
                max_length=LONGEST_NOTE if needs in SHORT else LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 2 if needs in SHORT else 8}),
                initial=_recipients(question) if needs is Needs.RECIPIENTS else "",
            )
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, initial=question.version
        )

    def step(self) -> Step:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        words = printable(str(data.get("words", "")).replace("\r\n", "\n"))
        return Step(on=data.get("on"), words=words, meeting=data.get("meeting"))


def _recipients(question: Interpellation) -> str:
    return usual_recipients(question.contract, question.neighbourhood)[:LONGEST_NOTE]

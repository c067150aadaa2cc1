"""Forms of the room `evaluation`: the words of a report, whom it is sent to, an opinion, a deliberation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract
from faubourg.people.forms import DayInput
from faubourg.rules.annual_report import last_day_to_answer

from .models import AnnualReport, Opinion
from .queries import bodies_to_propose
from .services.consultation import Recipient, Sending
from .services.writing import WORDS

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
MOST_BODIES = 60
OLDEST_YEAR = 2015


def _words(label: Any, help_text: Any = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OpenForm(forms.Form):
    """Which year the report tells."""

    year = forms.IntegerField(label=_("Année racontée"), min_value=OLDEST_YEAR, max_value=2100)


class ReportForm(forms.Form):
    """What no figure says. Each text may stay empty but the perspectives, asked for when it is sent."""

    orientations = _words(
        _("Orientations du contrat et projet de territoire"), _("Rappelées au lecteur en quelques phrases.")
    )
    situation = _words(
        _("Évolution de la situation dans les quartiers"),
        _("Ce que disent les chiffres ci-contre, et ce qu’ils ne disent pas."),
    )
    actions = _words(_("Actions de l’année"), _("Ce qu’il faut en retenir ; la liste s’ajoute d’elle-même."))
    articulation = _words(
        _("Articulation avec le renouvellement urbain"),
        _("Entre les volets du contrat et les opérations d’aménagement, s’il y en a."),
    )
    perspectives = _words(
        _("Perspectives et améliorations"),
        _("Demandé par le décret avant l’envoi pour avis. Jamais de nom de personne."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(report: AnnualReport) -> dict[str, Any]:
        """What the form starts from."""
        return {name: getattr(report, name) for name in WORDS} | {"version": report.version}

    def words(self) -> dict[str, str]:
        """The texts to write, line ends made one."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in WORDS}


class SendForm(forms.Form):
    """When it was sent, until when one may answer, and to whom beside the municipal councils."""

    sent_on = forms.DateField(label=_("Envoyé le"), widget=DayInput)
    proof = forms.CharField(
        label=_("Envoyé avant aujourd’hui : comment"),
        required=False,
        max_length=300,
        help_text=_("Courrier, courriel, avec sa date. Inutile pour un envoi d’aujourd’hui."),
    )
    reply_by = forms.DateField(
        label=_("Réponse attendue jusqu’au"),
        widget=DayInput,
        help_text=_("Un mois au moins après l’envoi ; davantage si l’assemblée l’a prévu."),
    )
    bodies = forms.CharField(
        label=_("Conseils citoyens et autres instances d’habitants"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Un nom par ligne. Une instance, jamais une personne."),
    )
    why_no_body = forms.CharField(
        label=_("S’il n’y en a aucune : pourquoi"), required=False, max_length=LONGEST_NAME
    )
    parties = forms.CharField(
        label=_("Autres parties signataires consultées"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un nom par ligne."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(report: AnnualReport, today: date) -> dict[str, Any]:
        """Sent today, for the shortest delay, to the bodies of the contract that sit."""
        bodies = "\n".join(body.name for body in bodies_to_propose(report.contract))
        return {
            "sent_on": today,
            "reply_by": last_day_to_answer(today),
            "bodies": bodies,
            "version": report.version,
        }

    def clean_bodies(self) -> list[str]:
        """The names, one a line."""
        return self._names("bodies")

    def clean_parties(self) -> list[str]:
        """The names, one a line."""
        return self._names("parties")

    def _names(self, field: str) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data[field].splitlines()]
        found = list(dict.fromkeys(filter(None, names)))
        if len(found) > MOST_BODIES or any(len(name) > LONGEST_NAME for name in found):
            raise forms.ValidationError(
                _("%(most)s noms au plus, de %(signs)s signes au plus : un par ligne."),
                params={"most": MOST_BODIES, "signs": LONGEST_NAME},
            )
        return found

    def sending(self, contract: Contract) -> Sending:
        """What leaves: bodies tied to the contract's own when the name is theirs, then other parties."""
        data = self.cleaned_data
        known = {body.name.casefold(): body for body in bodies_to_propose(contract)}
        bodies = [Recipient(name, body=known.get(name.casefold())) for name in data["bodies"]]
        parties = [Recipient(name, Opinion.Kind.PARTY) for name in data["parties"]]
        return Sending(
            recipients=[*bodies, *parties],
            sent_on=data["sent_on"],
            reply_by=data["reply_by"],
            why_no_body=data["why_no_body"],
            proof=data["proof"],
        )


class TakeBackForm(forms.Form):
    """Why the project goes back to its authors."""

    reason = forms.CharField(label=_("Pourquoi le projet est repris"), max_length=300)


class OpinionForm(forms.Form):
    """What a council or a body answered."""

    sense = forms.ChoiceField(
        label=_("Avis rendu"),
        widget=forms.RadioSelect,
        choices=[
            (sense.value, sense.label)
            for sense in Opinion.Sense
            if sense not in (Opinion.Sense.AWAITED, Opinion.Sense.SILENT)
        ],
    )
    answered_on = forms.DateField(label=_("Rendu le"), widget=DayInput)
    text = _words(
        _("Texte de l’avis ou de la contribution"),
        _("Annexé au rapport et public avec lui : jamais de nom de personne."),
    )
    document = forms.FileField(
        label=_("Ou le document (PDF)"), required=False, help_text=_("Délibération, contribution : 20 Mo.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(opinion: Opinion, today: date) -> dict[str, Any]:
        """What is recorded already, else today."""
        given = opinion.answered_on is not None
        return {
            "sense": opinion.sense if given else None,
            "answered_on": opinion.answered_on or today,
            "text": opinion.text,
            "version": opinion.version,
        }


class DeliberationForm(forms.Form):
    """The act that approves the report, and what becomes of the observations."""

    on = forms.DateField(label=_("Délibéré le"), widget=DayInput)
    deliberation = forms.CharField(
        label=_("Délibération"), max_length=LONGEST_NAME, help_text=_("L’assemblée et le numéro de l’acte.")
    )
    follow_up = _words(
        _("Suites données aux observations"),
        _("Le décret les demande : ce qui est retenu, ce qui ne l’est pas, et pourquoi."),
    )
    document = forms.FileField(label=_("Le document (PDF)"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

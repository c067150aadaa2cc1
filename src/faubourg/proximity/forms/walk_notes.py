"""Forms of what a walk gave: observations, their rereading, minutes, proposals, what becomes of them."""

import uuid
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.rules.proximity.grids import SEVERITIES

from ..listings_walks import theme_name
from ..models import Category, Observation, Proposal, Walk, WalkStop
from ..queries.grids import criteria, principles
from ..queries.walks import standing_observations
from ..services.observing import Seen
from ..services.walk_minutes import MinutesWords
from .walks import ROWS, HourInput, PointField, tidy


class ObservationForm(forms.Form):
    """One thing seen, typed from paper or from memory."""

    stop = forms.ModelChoiceField(
        label=_("Halte"), queryset=WalkStop.objects.none(), required=False, empty_label=_("en chemin")
    )
    criterion = forms.ChoiceField(label=_("Thème"))
    principle = forms.ChoiceField(label=_("Principe"))
    nature = forms.ChoiceField(
        label=_("C’est"), choices=Observation.Nature.choices, widget=forms.RadioSelect,
        initial=Observation.Nature.DYSFUNCTION,
    )  # fmt: skip
    severity = forms.TypedChoiceField(
        label=_("Gravité"), required=False, coerce=int, empty_value=None,
        choices=[("", _("sans objet")), *((n, f"{n}, {word}") for n, word in SEVERITIES.items())],
    )  # fmt: skip
    text = forms.CharField(
        label=_("Ce que vous avez vu"), max_length=4000, widget=forms.Textarea(attrs=ROWS),
        help_text=_("Les lieux, pas les personnes : ne nommez personne."),
    )  # fmt: skip
    proposal = forms.CharField(
        label=_("Ce que vous proposez"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    hour = forms.TimeField(label=_("Vu à"), required=False, widget=HourInput())
    point = PointField(
        label=_("Longitude et latitude"), help_text=_("Vide : le point de la halte, si elle en a un.")
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, walk: Walk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.walk = walk
        cast(forms.ModelChoiceField, self.fields["stop"]).queryset = walk.stops.order_by("order")  # type: ignore[type-arg]
        asked = [(one.code, one.name) for one in criteria(walk.grid)]
        cast(forms.ChoiceField, self.fields["criterion"]).choices = [("", "–"), *asked]
        six = [(one.code, one.name) for one in principles(walk.grid)]
        if six:
            cast(forms.ChoiceField, self.fields["principle"]).choices = [("", "–"), *six]
        else:
            del self.fields["principle"]

    def clean(self) -> dict[str, Any]:
        """What has to be mended has a gravity."""
        data: dict[str, Any] = super().clean() or {}
        mended = data.get("nature") == Observation.Nature.DYSFUNCTION
        if mended and not data.get("severity") and "severity" not in self.errors:
            self.add_error("severity", _("Dites la gravité, de 1 (à surveiller) à 4 (dangereux)."))
        return data

    @staticmethod
    def values_of(row: Observation) -> dict[str, Any]:
        """What a correction starts from."""
        same = ("criterion", "principle", "nature", "severity", "text", "proposal", "version")
        own = row.lon is not None and (row.stop is None or (row.stop.lon, row.stop.lat) != (row.lon, row.lat))
        return {name: getattr(row, name) for name in same} | {
            "stop": row.stop_id,
            "hour": timezone.localtime(row.seen_at).time(),
            "point": (row.lon, row.lat) if own else None,
        }

    @staticmethod
    def start(stop: WalkStop | None) -> dict[str, Any]:
        """What a new one starts from: an identity of its own, so that sending twice is once."""
        return {"client_id": uuid.uuid4(), "stop": stop.pk if stop else None}

    def told(self) -> Seen:
        """The observation as the service takes it."""
        data = self.cleaned_data
        lon, lat = data["point"] or (None, None)
        return Seen(
            stop=data["stop"],
            criterion=data["criterion"],
            principle=data.get("principle", ""),
            nature=data["nature"],
            severity=data["severity"],
            text=tidy(data["text"]),
            proposal=tidy(data["proposal"]),
            lon=lon,
            lat=lat,
            seen_at=self._seen_at(),
        )

    def _seen_at(self) -> datetime:
        """On the day of the walk; at its departure without an hour."""
        start = timezone.localtime(self.walk.starts_at) if self.walk.starts_at else timezone.localtime()
        hour = self.cleaned_data["hour"]
        return timezone.make_aware(datetime.combine(start.date(), hour)) if hour else start


class RereadForm(forms.Form):
    """One observation read again: for everybody with other words, for the team, or later."""

    CHOICES = [
        ("", _("pas encore relue")),
        ("public", _("dans la restitution")),
        ("team", _("pour l’équipe")),
    ]
    choice = forms.ChoiceField(label=_("Elle est"), choices=CHOICES, required=False)
    public_text = forms.CharField(
        label=_("Texte public"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(row: Observation) -> dict[str, Any]:
        """What was chosen last; else nothing is chosen and the words are a start."""
        choice = "" if row.reread_at is None else ("public" if row.public else "team")
        return {"choice": choice, "public_text": row.public_text or row.text[:500], "version": row.version}


class MinutesForm(forms.Form):
    """The minutes of the team, and what everybody will read."""

    people_count = forms.IntegerField(label=_("Participants"), required=False, min_value=0, max_value=1000)
    summary = forms.CharField(
        label=_("Compte rendu"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Pour l’équipe et ses partenaires."),
    )  # fmt: skip
    public_summary = forms.CharField(
        label=_("Restitution publique"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Pour tout le monde : le groupe, jamais ses membres."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def told(self) -> MinutesWords:
        """The minutes as the service takes them."""
        data = self.cleaned_data
        return MinutesWords(
            summary=tidy(data["summary"]),
            public_summary=tidy(data["public_summary"]),
            people_count=data["people_count"],
        )


class ObservationsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Observations by where they were seen and their first words."""

    def label_from_instance(self, obj: Observation) -> str:
        where = obj.stop.name if obj.stop else _("en chemin")
        return f"{where} · {theme_name(obj)} · {obj.text[:80]}"


class ProposalForm(forms.Form):
    """What the group asks for; it will be public."""

    title = forms.CharField(label=_("Proposition"), max_length=200)
    text = forms.CharField(
        label=_("Précision"), required=False, max_length=4000, widget=forms.Textarea(attrs=ROWS)
    )
    observations = ObservationsField(
        label=_("D’après ces observations"), queryset=Observation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, walk: Walk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ObservationsField, self.fields["observations"]).queryset = standing_observations(walk)

    @staticmethod
    def values_of(proposal: Proposal) -> dict[str, Any]:
        """What a change starts from."""
        return {
            "title": proposal.title,
            "text": proposal.text,
            "observations": [one.pk for one in proposal.observations.all()],
            "version": proposal.version,
        }


class PhotoForm(forms.Form):
    """A photograph of the place."""

    photo = forms.FileField(
        label=_("Photo du lieu"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    words = forms.CharField(label=_("Ce qu’on y voit"), required=False, max_length=200)


class TicketsForm(forms.Form):
    """Which observations become reports, and of which category when their theme has several."""

    observations = ObservationsField(
        label=_("Observations"), queryset=Observation.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    category = forms.ModelChoiceField(
        label=_("Catégorie"), queryset=Category.objects.none(), required=False,
        empty_label=_("d’après le thème de chacune"),
    )  # fmt: skip

    def __init__(self, *args: Any, walk: Walk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = standing_observations(walk).filter(
            ticket__isnull=True, nature=Observation.Nature.DYSFUNCTION, lon__isnull=False
        )
        cast(ObservationsField, self.fields["observations"]).queryset = waiting
        categories = walk.area.categories.filter(active=True)
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = categories  # type: ignore[type-arg]


class ReviewForm(forms.Form):
    """Six months later; public."""

    review_words = forms.CharField(
        label=_("Bilan"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Ce qui est fait, ce qui ne l’est pas, et pourquoi. Tout le monde le lira."),
    )  # fmt: skip

"""Forms of the preparation of a walk: what it is and its frame, its itinerary, who is invited, who came."""

import re
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import printable
from faubourg.contracts.forms.choosing import OrganisationField
from faubourg.contracts.models import Contract
from faubourg.people.forms import DayInput
from faubourg.territories.models import Territory

from ..models import Area, ObservationGrid, Walk, WalkGuest, WalkStop
from ..queries.grids import grids_for
from ..queries.walks import neighbourhoods_of
from ..services.walk_guests import GuestWords
from ..services.walks import StopWords, WalkWords

ROWS = {"rows": 4}
SPARE_STOPS = 4
LEAST_STOPS = 6
MOST_LINE_POINTS = 500
_NUMBER = r"-?\d{1,3}(?:[.,]\d+)?"
_POINT = re.compile(rf"^\s*({_NUMBER})\s*[;,\s]\s*({_NUMBER})\s*$")


def tidy(text: str) -> str:
    """Without signs that nobody types, one kind of line end."""
    return printable(text.replace("\r\n", "\n")).strip()


def read_point(text: str) -> tuple[float, float]:
    """« 3,0863 45,7797 », longitude first; raises ValidationError in one sentence."""
    found = _POINT.match(text)
    lon, lat = (float(part.replace(",", ".")) for part in found.groups()) if found else (999.0, 999.0)
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise forms.ValidationError(
            _("« %(text)s » n’est pas un point : écrivez la longitude puis la latitude, « 3,0863 45,7797 »."),
            params={"text": text[:40]},
        )
    return round(lon, 6), round(lat, 6)


class PointField(forms.CharField):
    """A point as the map writes it or as somebody types it; cleans to (longitude, latitude) or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value[0]} {value[1]}" if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Any:
        typed = tidy(super().clean(value))
        return read_point(typed) if typed else None


class HourInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class GridField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version of a grid: its title, its number, whose it is."""

    def label_from_instance(self, obj: ObservationGrid) -> str:
        return _("%(title)s, version %(n)s") % {"title": obj.title, "n": obj.number}


class WalkForm(forms.Form):
    """What a walk is, and its frame; everything but its title may come later."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    kind = forms.ChoiceField(label=_("Nature"), choices=Walk.Kind.choices, widget=forms.RadioSelect)
    by_night = forms.BooleanField(
        label=_("Elle se fait de nuit"),
        required=False,
        help_text=_("La nuit montre autre chose que le jour."),
    )
    day = forms.DateField(label=_("Jour"), required=False, widget=DayInput())
    hour = forms.TimeField(label=_("Heure du départ"), required=False, widget=HourInput())
    minutes_long = forms.IntegerField(
        label=_("Durée, en minutes"), required=False, min_value=15, max_value=480,
        help_text=_("Vide : estimée d’après l’itinéraire, haltes comprises."),
    )  # fmt: skip
    meeting_point = forms.CharField(label=_("Lieu de rendez-vous"), required=False, max_length=200)
    neighbourhood = forms.ModelChoiceField(
        label=_("Quartier"), queryset=Territory.objects.none(), required=False
    )
    contract = forms.ModelChoiceField(
        label=_("Contrat de ville"), queryset=Contract.objects.none(), required=False,
        help_text=_("Ses actions pourront naître des propositions de la marche."),
    )  # fmt: skip
    grid = GridField(label=_("Grille d’observation"), queryset=ObservationGrid.objects.none(), required=False)
    negotiable = forms.CharField(
        label=_("Ce qui se discute"), required=False, max_length=4000, widget=forms.Textarea(attrs=ROWS),
        help_text=_("Par exemple : l’éclairage des passages, l’emplacement des bancs."),
    )  # fmt: skip
    not_negotiable = forms.CharField(
        label=_("Ce qui ne se discute pas"), required=False, max_length=4000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Par exemple : ce qui est déjà voté, ce qui relève de la police."),
    )  # fmt: skip
    allowed = forms.CharField(
        label=_("Ce qui est permis"), required=False, max_length=4000, widget=forms.Textarea(attrs=ROWS),
        help_text=_("Par exemple : photographier les lieux, jamais les personnes ; s’arrêter, repartir."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "neighbourhood": neighbourhoods_of(area),
            "contract": area.contracts.order_by("sort_key", "code"),
            "grid": grids_for(area),
        }
        for name, found in choices.items():
            cast(forms.ModelChoiceField, self.fields[name]).queryset = found  # type: ignore[type-arg]

    def clean(self) -> dict[str, Any]:
        """A departure has a day and an hour."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("hour") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Donnez aussi le jour."))
        if data.get("day") and not data.get("hour") and "hour" not in self.errors:
            self.add_error("hour", _("Donnez aussi l’heure."))
        return data

    @staticmethod
    def values_of(walk: Walk) -> dict[str, Any]:
        """What a change starts from."""
        same = ("title", "kind", "by_night", "minutes_long", "meeting_point", "negotiable",
                "not_negotiable", "allowed", "version")  # fmt: skip
        start = timezone.localtime(walk.starts_at) if walk.starts_at else None
        return {name: getattr(walk, name) for name in same} | {
            "day": start.date() if start else None,
            "hour": start.time() if start else None,
            "neighbourhood": walk.neighbourhood_id,
            "contract": walk.contract_id,
            "grid": walk.grid_id,
        }

    def told(self) -> WalkWords:
        """The walk as the service takes it."""
        data = self.cleaned_data
        texts = ("title", "meeting_point", "negotiable", "not_negotiable", "allowed")
        same = ("kind", "by_night", "minutes_long", "neighbourhood", "contract", "grid")
        start = datetime.combine(data["day"], data["hour"]) if data["day"] else None
        given: dict[str, Any] = {name: tidy(data[name]) for name in texts}
        given |= {name: data[name] for name in same}
        return WalkWords(
            starts_at=timezone.make_aware(start) if start else None,
            **given,
        )


class StopForm(forms.Form):
    """One halt; without a name, it is none."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    order = forms.IntegerField(label=_("Rang"), required=False, min_value=1, max_value=99)
    name = forms.CharField(label=_("Lieu"), required=False, max_length=150)
    words = forms.CharField(label=_("À regarder"), required=False, max_length=300)
    point = PointField(label=_("Longitude et latitude"))

    def clean(self) -> dict[str, Any]:
        """A point or words without a name would be lost."""
        data: dict[str, Any] = super().clean() or {}
        if (data.get("point") or data.get("words")) and not data.get("name"):
            self.add_error("name", _("Nommez cette halte, ou videz la ligne."))
        return data


class RouteForm(forms.Form):
    """The line when it is not straight from halt to halt, and the way in words."""

    line = forms.CharField(
        label=_("Tracé"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vide : droit d’une halte à l’autre. Sinon un point par ligne, longitude puis latitude."),
    )  # fmt: skip
    route_words = forms.CharField(
        label=_("L’itinéraire en mots"), required=False, max_length=2000, widget=forms.Textarea(attrs=ROWS)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_line(self) -> list[tuple[float, float]]:
        """Two points at least, or none."""
        rows = [row for row in tidy(self.cleaned_data["line"]).split("\n") if row.strip()]
        if len(rows) == 1 or len(rows) > MOST_LINE_POINTS:
            raise forms.ValidationError(
                _("Un tracé a de 2 à %(most)s points, ou aucun."), params={"most": MOST_LINE_POINTS}
            )
        return [read_point(row) for row in rows]


StopFormSet = forms.formset_factory(StopForm, extra=0, max_num=60, absolute_max=60)


def stop_rows(stops: list[WalkStop]) -> list[dict[str, Any]]:
    """What the rows of the itinerary start from, with room for more."""
    known = [
        {
            "pk": stop.pk,
            "order": rank,
            "name": stop.name,
            "words": stop.words,
            "point": (stop.lon, stop.lat) if stop.lon is not None else None,
        }
        for rank, stop in enumerate(stops, start=1)
    ]
    spare = max(SPARE_STOPS, LEAST_STOPS - len(known))
    return known + [{"order": len(known) + rank} for rank in range(1, spare + 1)]


def stops_told(rows: list[dict[str, Any]]) -> list[StopWords]:
    """The halts that have a name, in the order of their ranks."""
    named = [row for row in rows if row.get("name")]
    named.sort(key=lambda row: row.get("order") or 99)
    return [
        StopWords(
            name=tidy(row["name"]),
            words=tidy(row["words"]),
            lon=row["point"][0] if row["point"] else None,
            lat=row["point"][1] if row["point"] else None,
            pk=row["pk"],
        )
        for row in named
    ]


class GuestForm(forms.Form):
    """Somebody to invite."""

    name = forms.CharField(label=_("Nom"), max_length=150)
    email = forms.EmailField(
        label=_("Adresse électronique"), required=False,
        help_text=_("Vide : la personne est prévenue de vive voix."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("En tant que"), choices=WalkGuest.Role.choices)
    organisation = OrganisationField(label=_("Organisation"), required=False)
    takes_notes = forms.BooleanField(label=_("Prend des notes"), required=False)

    def told(self) -> GuestWords:
        """The guest as the service takes them."""
        data = self.cleaned_data
        return GuestWords(
            name=tidy(data["name"]),
            role=data["role"],
            email=data["email"],
            organisation=data["organisation"],
            takes_notes=data["takes_notes"],
        )


class HoldForm(forms.Form):
    """Who came, and how many they were with those who were not invited."""

    came = forms.ModelMultipleChoiceField(
        label=_("Qui est venu ?"), queryset=WalkGuest.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    people_count = forms.IntegerField(
        label=_("Combien en tout ?"), required=False, min_value=0, max_value=1000,
        help_text=_("Vide : celles et ceux qui sont cochés."),
    )  # fmt: skip

    def __init__(self, *args: Any, walk: Walk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelMultipleChoiceField, self.fields["came"])  # type: ignore[type-arg]
        field.queryset = walk.guests.order_by("role", "name")

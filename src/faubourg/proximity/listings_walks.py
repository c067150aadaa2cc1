"""The lists of walks: the walks of an area, what was seen on one."""

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.rules.proximity.circuits import WALK
from faubourg.rules.proximity.grids import SEVERITIES

from .models import Observation, Walk
from .queries.grids import name_of


def state_name(walk: Walk) -> str:
    """Where a walk stands, in words."""
    return gettext(WALK.states[walk.state])


def severity_name(observation: Observation) -> str:
    """« 3, sérieux »; nothing for an asset."""
    if observation.severity is None:
        return ""
    return f"{observation.severity}, {gettext(SEVERITIES.get(observation.severity, ''))}"


def theme_name(observation: Observation) -> str:
    """The theme as the grid of the walk names it."""
    return name_of(observation.walk.grid, observation.criterion) or str(observation.get_theme_display())


def principle_name(observation: Observation) -> str:
    """The principle of an exploratory walk."""
    return name_of(observation.walk.grid, observation.principle, "principles")


def follow_name(observation: Observation) -> str:
    """What became of it, in a few words."""
    if observation.merged_into_id:
        return gettext("réunie à une autre")
    if observation.ticket:
        return gettext("signalement %(ref)s") % {"ref": observation.ticket.reference}
    return observation.outcome


class WalkFilter(forms.Form):
    """Words of the title, the kind."""

    q = forms.CharField(label=_("Titre"), required=False, max_length=80)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("Toutes")), *Walk.Kind.choices]
    )

    def apply(self, queryset: "QuerySet[Walk]") -> "QuerySet[Walk]":
        """The walks that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(title__icontains=word)
        if self.cleaned_data["nature"]:
            queryset = queryset.filter(kind=self.cleaned_data["nature"])
        return queryset


class ObservationFilter(forms.Form):
    """Words, what it is, how grave, whether something became of it."""

    STANDING = [
        ("", _("Toutes")),
        ("sans-suite", _("sans suite")),
        ("a-relire", _("à relire")),
        ("reunies", _("réunies à une autre")),
    ]
    q = forms.CharField(label=_("Mots"), required=False, max_length=80)
    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("Toutes")), *Observation.Nature.choices]
    )
    gravite = forms.ChoiceField(
        label=_("Gravité au moins"),
        required=False,
        choices=[("", _("Toutes")), *((str(n), f"{n}") for n in SEVERITIES)],
    )
    suite = forms.ChoiceField(label=_("Où elle en est"), required=False, choices=STANDING)

    def apply(self, queryset: "QuerySet[Observation]") -> "QuerySet[Observation]":
        """The observations that answer each filter that was given."""
        data = self.cleaned_data
        for word in data["q"].split()[:5]:
            queryset = queryset.filter(Q(text__icontains=word) | Q(stop__name__icontains=word))
        if data["nature"]:
            queryset = queryset.filter(nature=data["nature"])
        if data["gravite"]:
            queryset = queryset.filter(severity__gte=int(data["gravite"]))
        standing = queryset.filter(merged_into__isnull=True)
        match data["suite"]:
            case "sans-suite":
                return standing.filter(ticket__isnull=True, outcome="")
            case "a-relire":
                return standing.filter(reread_at__isnull=True)
            case "reunies":
                return queryset.filter(merged_into__isnull=False)
        return queryset


def _where(observation: Observation) -> str:
    return observation.stop.name if observation.stop else ""


def _address(walk: Walk) -> str:
    """Whoever follows the area reads the sheet; the list decides which of the two it is for."""
    return reverse("walk", args=[walk.pk])


_TITLE = {"name": "marche", "label": _("Marche"), "value": "title", "sort": ("title",)}
_ABOUT = [
    Column(name="nature", label=_("Nature"), value=Walk.get_kind_display, sort=("kind", "pk")),
    Column(
        name="quartier",
        label=_("Quartier"),
        value=lambda walk: walk.neighbourhood.name if walk.neighbourhood else "",
        sort=("neighbourhood__sort_key", "pk"),
    ),
    Column(name="depart", label=_("Départ"), value="starts_at", sort=("starts_at", "pk")),
]
_COUNTS = [
    Column(name="observations", label=_("Observations"), value="seen", sort=("seen", "pk"), numeric=True),
    Column(name="propositions", label=_("Propositions"), value="asked", sort=("asked", "pk"), numeric=True),
]

WALKS = Listing(
    title=_("Marches"),
    columns=[
        Column(**_TITLE, url=_address),  # type: ignore[arg-type]
        *_ABOUT,
        *_COUNTS,
        Column(name="etat", label=_("Où elle en est"), value=state_name, sort=("state", "pk")),
        Column(name="bilan", label=_("Bilan dû le"), value="review_due_on", sort=("review_due_on", "pk")),
    ],
    default_sort="-depart",
    filter_form=WalkFilter,
)
PUBLIC_WALKS = Listing(
    title=_("Marches"),
    columns=[
        Column(**_TITLE, url=lambda walk: reverse("walk_public", args=[walk.pk])),  # type: ignore[arg-type]
        *_ABOUT,
        *_COUNTS,
        Column(name="restituee", label=_("Restituée le"), value="restored_on", sort=("restored_on", "pk")),
    ],
    default_sort="-depart",
    filter_form=WalkFilter,
)
_SEEN = [
    Column(name="halte", label=_("Halte"), value=_where, sort=("stop__order", "pk")),
    Column(
        name="observation",
        label=_("Observation"),
        value=lambda one: one.text or one.proposal,
        sort=("text",),
        url=lambda one: reverse("observation", args=[one.pk]),
    ),
    Column(name="theme", label=_("Thème"), value=theme_name, sort=("criterion", "pk")),
    Column(name="principe", label=_("Principe"), value=principle_name, sort=("principle", "pk")),
    Column(name="nature", label=_("Nature"), value=Observation.get_nature_display, sort=("nature", "pk")),
    Column(name="gravite", label=_("Gravité"), value=severity_name, sort=("severity", "pk")),
    Column(name="photos", label=_("Photos"), value="pictures", sort=("pictures", "pk"), numeric=True),
    Column(name="vu", label=_("Vu à"), value="seen_at", sort=("seen_at", "pk")),
    Column(name="suite", label=_("Suite"), value=follow_name),
]
OBSERVATIONS = Listing(
    title=_("Observations"), columns=_SEEN, default_sort="halte", filter_form=ObservationFilter
)
# Who noted what: for whoever runs the area alone.
NAMED_OBSERVATIONS = Listing(
    title=_("Observations"),
    columns=[
        *_SEEN,
        Column(name="note-par", label=_("Noté par"), value="taken_by_name", sort=("taken_by_name", "pk")),
    ],
    default_sort="halte",
    filter_form=ObservationFilter,
)

"""The lists of places and sources: their columns, their order, what they export."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.sentences import said_or_quoted
from faubourg.rules.designation.audit import NEW

from .filters import (
    CommuneFilter,
    EpciFilter,
    NamedFilter,
    NeighbourhoodFilter,
    RegionalFilter,
    SourceFilter,
)
from .models import Perimeter, Source, Territory
from .queries import in_force

BY_NAME = "nom"
SIZE_NOTE = _(
    "« Habitants » est un ordre de grandeur pour trier ; "
    "le chiffre, sa source et son millésime sont sur la fiche."
)


def size_note() -> list[str]:
    """What every list that shows residents says of them, in the reader's language."""
    return [str(SIZE_NOTE)]


NAME = Column(
    name=BY_NAME,
    label=_("Nom"),
    value="name",
    sort=("sort_key", "code"),
    url=Territory.get_absolute_url,
)
CODE = Column(name="code", label=_("Code"), value="code", sort=("code",))
SIZE = Column(
    name="habitants",
    label=_("Habitants (ordre de grandeur)"),
    value="headcount",
    sort=("headcount",),
    numeric=True,
)


def _departement(place: Territory) -> str:
    return f"{place.departement.name} ({place.departement.code})" if place.departement else ""


DEPARTEMENT = Column(
    name="departement", label=_("Département"), value=_departement, sort=("departement__code", "sort_key")
)
REGION = Column(
    name="region",
    label=_("Région"),
    value=lambda place: place.region.name if place.region else "",
    sort=("region__sort_key", "sort_key"),
)
EPCI = Column(
    name="epci",
    label=_("Intercommunalité"),
    value=lambda place: place.epci.name if place.epci else "",
    sort=("epci__sort_key", "sort_key"),
)


def status_of(neighbourhood: Territory, on: date) -> str:
    """What a neighbourhood is on a day, in words; what it was when it is nothing any more."""
    versions = list(neighbourhood.perimeters.all())
    today = in_force(versions, on)
    if today:
        return ", ".join(dict.fromkeys(str(Perimeter.Kind(version.kind).label) for version in today))
    gone = ", ".join(dict.fromkeys(str(Perimeter.Kind(version.kind).label) for version in versions))
    return _("jadis {status}").format(status=gone) if gone else ""


def _commune_names(neighbourhood: Territory) -> str:
    return ", ".join(commune.name for commune in neighbourhood.communes.all())


def _neighbourhood_names(commune: Territory) -> str:
    """All of them: a file must not hide what the page shortens."""
    return ", ".join(place.name for place in commune.neighbourhoods.all())


def _shortened(commune: Territory) -> str:
    names = [place.name for place in commune.neighbourhoods.all()]
    more = f" … (+{len(names) - 3})" if len(names) > 3 else ""
    return (", ".join(names[:3]) + more) or "—"


NEIGHBOURHOODS = Listing(
    title=_("Quartiers"),
    default_sort=BY_NAME,
    filter_form=NeighbourhoodFilter,
    columns=[
        NAME,
        CODE,
        Column(name="communes", label=_("Commune"), value=_commune_names),
        DEPARTEMENT,
        EPCI,
        Column(name="statut", label=_("Statut"), value=lambda n: status_of(n, timezone.localdate())),
    ],
)
COMMUNES = Listing(
    title=_("Communes"),
    default_sort=BY_NAME,
    filter_form=CommuneFilter,
    caption_lines=size_note,
    columns=[
        NAME,
        CODE,
        # The INSEE code begins with that of the département: the same order, and an index serves it.
        replace(DEPARTEMENT, sort=("code",)),
        # Sorting 35,000 rows by the name of another table costs more than a page may.
        replace(EPCI, sort=None),
        SIZE,
        Column(name="quartiers", label=_("Quartiers"), value=_neighbourhood_names, show=_shortened),
    ],
)
EPCIS = Listing(
    title=_("Intercommunalités"),
    default_sort=BY_NAME,
    filter_form=EpciFilter,
    caption_lines=size_note,
    columns=[
        NAME,
        Column(name="siren", label=_("SIREN"), value="code", sort=("code",)),
        Column(name="categorie", label=_("Catégorie"), value="category", sort=("category", "sort_key")),
        DEPARTEMENT,
        REGION,
        SIZE,
    ],
)
DEPARTEMENTS = Listing(
    title=_("Départements"),
    default_sort="code",
    filter_form=RegionalFilter,
    page_size=110,
    caption_lines=size_note,
    columns=[NAME, CODE, REGION, SIZE],
)
REGIONS = Listing(
    title=_("Régions"),
    default_sort=BY_NAME,
    filter_form=NamedFilter,
    caption_lines=size_note,
    columns=[NAME, CODE, SIZE],
)


def _source_url(source: Source) -> str:
    return reverse("source", args=[source.slug])


SOURCES = Listing(
    title=_("Sources et licences"),
    default_sort="titre",
    filter_form=SourceFilter,
    columns=[
        Column(
            name="titre",
            label=_("Source"),
            value="title",
            show=lambda source: said_or_quoted(source.title),
            sort=("title",),
            url=_source_url,
        ),
        Column(
            name="producteur",
            label=_("Producteur"),
            value="publisher",
            show=lambda source: said_or_quoted(source.publisher),
            sort=("publisher", "title"),
        ),
        Column(
            name="millesime",
            label=_("Millésime"),
            value="vintage",
            show=lambda source: said_or_quoted(source.vintage),
            sort=("vintage", "title"),
        ),
        Column(
            name="licence",
            label=_("Licence"),
            value="licence",
            show=lambda source: said_or_quoted(source.licence),
            sort=("licence", "title"),
        ),
        Column(name="lignes", label=_("Lignes"), value="row_count", sort=("row_count",), numeric=True),
        Column(
            name="constats",
            label=_("Constats"),
            value="finding_count",
            sort=("finding_count",),
            numeric=True,
        ),
    ],
)


def _below_reads(neighbourhood: Territory) -> str:
    """The last letter of a code of 2024 says whether it stood on the list before."""
    if neighbourhood.code[-1:] == NEW:
        return str(_("inexpliqué : nouveau sur la liste"))
    return str(_("dérogation possible : déjà sur la liste"))


BELOW_2024 = Listing(
    title=_("Quartiers de 2024 sous le seuil de taille"),
    default_sort=BY_NAME,
    caption_lines=lambda: [
        str(
            _(
                "Hexagone. Règle retenue : une commune au moins dans une unité urbaine d’au moins 10 000 "
                "habitants, population totale arrondie à la centaine supérieure."
            )
        )
    ],
    columns=[
        NAME,
        CODE,
        Column(name="communes", label=_("Commune"), value=_commune_names),
        DEPARTEMENT,
        Column(
            name="unite",
            label=_("Unité urbaine"),
            value=lambda n: n.unit_name or _("hors unité urbaine"),
            sort=("unit_name",),
        ),
        Column(
            name="population",
            label=_("Population totale de l’unité"),
            value="unit_people",
            sort=("unit_people",),
            numeric=True,
        ),
        Column(name="lecture", label=_("Lecture"), value=_below_reads),
    ],
)

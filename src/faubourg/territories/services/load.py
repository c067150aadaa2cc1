"""Load the territories: every step in its own transaction, journalled, and silent when nothing changed.

A second load writes nothing and says so. What a person edited, added or withdrew is never overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.progress import bar
from faubourg.territories import seeds

from . import load_contours, load_figures, load_neighbourhoods, load_places, load_qpv_2015, load_seeds
from .load_bulk import Written
from .load_country import Country
from .load_sources import bring_findings, bring_sources

Steps = list[tuple[str, Callable[[], Written]]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one source wrote."""

    source: str
    written: Written


def load_territories(*, by: Actor) -> list[Loaded]:
    """Bring the data pack and the founding documents into the database, by source."""
    return run(_steps(Country()), "Territoires", by=by)


def run(steps: Steps, label: str, *, by: Actor) -> list[Loaded]:
    """Run each step with its journal entry; the entry says the source and how many rows it wrote."""
    done = []
    for source, step in bar(steps, label):
        with transaction.atomic():
            written = step()
            if written:
                journal.record(by=by, act="load", kind="source", ref=source, after=_counts(written))
        done.append(Loaded(source, written))
    return done


def _counts(written: Written) -> dict[str, int]:
    return {"created": written.created, "updated": written.updated, "deleted": written.deleted}


def _steps(country: Country) -> Steps:
    return [
        ("sources", bring_sources),
        ("indicateurs", load_figures.bring_indicators),
        *_places(country),
        *_figures(country),
        *_neighbourhoods(country),
        (seeds.AUVERGNE, load_seeds.bring_auvergne),
        (seeds.CENTRE, load_seeds.bring_centre),
    ]


def _places(country: Country) -> Steps:
    return [
        ("decoupage-regions", lambda: load_places.bring_regions(country)),
        ("decoupage-departements", lambda: load_places.bring_departements(country)),
        ("decoupage-epci", lambda: load_places.bring_epcis(country)),
        ("decoupage-ept", lambda: load_places.bring_epts(country)),
        ("unites-urbaines", load_places.bring_urban_units),
        ("decoupage-communes", lambda: load_places.bring_communes(country)),
        ("decoupage-communes", lambda: load_places.bring_former_names(country)),
        (
            "communes-unites-urbaines",
            lambda: bring_findings("communes-unites-urbaines", load_places.commune_findings(country)),
        ),
        ("geonames", lambda: bring_findings("geonames", load_places.point_findings(country))),
        *(
            (f"contours-communes-{departement}", _contours(country, departement))
            for departement in load_contours.DEPARTEMENTS
        ),
    ]


def _contours(country: Country, departement: str) -> Callable[[], Written]:
    return lambda: load_contours.bring_commune_contours(country, departement)


def _figures(country: Country) -> Steps:
    return [
        ("decoupage-communes", lambda: load_figures.bring_commune_populations(country)),
        ("decoupage-epci", lambda: load_figures.bring_group_populations(country)),
        ("decoupage-ept", load_figures.bring_ept_populations),
        ("unites-urbaines", load_figures.bring_urban_unit_populations),
        ("epci-contexte", load_figures.bring_epci_context),
    ]


def _neighbourhoods(country: Country) -> Steps:
    matches = load_qpv_2015.Matches(country)
    return [
        ("qpv-2024", lambda: load_neighbourhoods.bring_qpv_2024(matches.points())),
        ("qpv-2015-occitanie", lambda: load_qpv_2015.bring_qpv_2015(matches, "qpv-2015-occitanie")),
        ("qpv-2015-lille", lambda: load_qpv_2015.bring_qpv_2015(matches, "qpv-2015-lille")),
        (
            load_qpv_2015.INDICATORS.source,
            lambda: load_qpv_2015.bring_qpv_2015_indicators(matches),
        ),
    ]

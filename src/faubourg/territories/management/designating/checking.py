"""`faubourg designate check`: one neighbourhood judged, by its code or by figures, or by both: what if?"""

from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.management import CommandError

from faubourg.rules.designation import Facts, Geography, judge
from faubourg.rules.verdict import Verdict

from ...models import Figure, Territory
from ...queries.designation import TOTAL, designation_of
from ...queries.eligibility import neighbourhood_meant

# Options whose value takes the place of what is published of a neighbourhood, and the fact that each tells.
TOLD = {
    "population": "population",
    "median": "median_income",
    "urban_unit_population": "urban_unit_population",
    "nat": "national_median",
    "uu": "urban_unit_median",
    "listed_since": "listed_since",
    "commune_population": "commune_population",
    "density": "density",
    "metropolitan": "metropolitan_median",
    "departement": "departement_median",
    "index": "index_qualifies",
}


def add_check(parser: ArgumentParser) -> None:
    """Its options: what is not given is unknown, but for the continuity of a place known by figures alone."""
    parser.add_argument("--code", help="Code du quartier : QN06307N.")
    parser.add_argument("--urban-unit", help="Code de l’unité urbaine 2020 : 63701.")
    for name, what in (
        ("population", "Habitants du quartier."),
        ("urban-unit-population", "Population totale de l’unité urbaine, sans donner son code."),
        ("median", "Revenu médian déclaré du quartier, en euros."),
        ("nat", "Revenu médian déclaré national, en euros."),
        ("uu", "Revenu médian déclaré de l’unité urbaine, en euros."),
        ("commune-population", "Outre-mer : habitants de la commune."),
        ("density", "Outre-mer : habitants au km² du quartier."),
        ("metropolitan", "Outre-mer : revenu médian déclaré de la métropole, en euros."),
        ("departement", "Outre-mer : revenu médian déclaré du département, en euros."),
    ):
        parser.add_argument(f"--{name}", type=_count, help=what)
    parser.add_argument("--geography", choices=[one.value for one in Geography], help="Chapitre du texte.")
    parser.add_argument(
        "--index", type=_answer, help="Outre-mer : l’indice publié le retient-il, oui ou non ?"
    )
    parser.add_argument("--listed-since", type=_day, help="Depuis quand il est sur une liste.")
    parser.add_argument("--on", type=_day, default=date(2024, 1, 1), help="Date du jugement.")
    parser.add_argument("--scattered", action="store_true", help="Il n’est pas d’un seul tenant.")


def checked(options: dict[str, Any]) -> Verdict:
    """What is published of the neighbourhood, changed by the figures that are given; or these alone."""
    if options["code"]:
        neighbourhood = neighbourhood_meant(options["code"])
        if neighbourhood is None:
            raise CommandError(
                f"Aucun quartier ne porte le code {options['code']}. Cherchez-le : /recherche/."
            )
        facts = designation_of(neighbourhood, on=options["on"]).facts
    else:
        facts = Facts(judged_on=options["on"], continuous=True)
    told = {fact: options[name] for name, fact in TOLD.items() if options[name] is not None}
    if options["geography"]:
        told["geography"] = Geography(options["geography"])
    if options["urban_unit"] and "urban_unit_population" not in told:
        told["urban_unit_population"] = _unit_population(options["urban_unit"])
    if options["scattered"]:
        told["continuous"] = False
    return judge(replace(facts, **told))


def _unit_population(code: str) -> int:
    figure = (
        Figure.objects.filter(
            territory__kind=Territory.Kind.URBAN_UNIT,
            territory__code=code,
            indicator=TOTAL,
            withdrawn_at__isnull=True,
            value__isnull=False,
        )
        .order_by("-vintage_year", "-pk")
        .first()
    )
    if figure is None:
        raise CommandError(
            f"La population totale de l’unité urbaine {code} n’est pas chargée ou pas publiée."
        )
    return int(figure.value or 0)


def _count(text: str) -> int:
    tidy = "".join(text.split())
    if not (tidy.isascii() and tidy.isdigit()):
        raise ArgumentTypeError(f"« {text} » n’est pas un nombre entier positif ou nul, comme 10000.")
    return int(tidy)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"« {text} » n’est pas une date, comme 2024-01-01.") from error


def _answer(text: str) -> bool:
    if text not in ("oui", "non"):
        raise ArgumentTypeError(f"« {text} » : répondez oui ou non.")
    return text == "oui"

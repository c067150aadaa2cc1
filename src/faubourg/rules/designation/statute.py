"""The statutory test, criterion by criterion, each with its text."""

from collections.abc import Callable
from datetime import date

from ..verdict import LegalSource, Reason, Verdict, mark
from .facts import Facts, Geography
from .thresholds import (
    GREAT_URBAN_UNIT,
    MIN_NEIGHBOURHOOD,
    MIN_OVERSEAS_COMMUNE,
    MIN_OVERSEAS_DENSITY,
    MIN_URBAN_UNIT,
    income_ceiling,
    overseas_income_ceiling,
    round_up_to_hundred,
)

LAW = LegalSource("loi n° 2014-173 du 21 février 2014", "article 5", date(2014, 2, 23))
HEXAGON = "décret n° 2014-767 du 3 juillet 2014"
OVERSEAS = "décret n° 2014-1575 du 22 décembre 2014, chapitre I"
TOWN_PAGE = LegalSource("page de la ville de Clermont-Ferrand, 28 mars 2024")
DEROGATION_YEARS = 6
LIST_OF_2024 = date(2024, 1, 1)
END_OF_DEROGATION = date(LIST_OF_2024.year + DEROGATION_YEARS, 1, 1)
# Décrets 2024-1211 and 2024-1212 replaced the overseas chapters; their criteria are not encoded here.
OVERSEAS_REPLACED = date(2025, 1, 1)


def judge(facts: Facts) -> Verdict:
    """Every criterion of the text in force at `judged_on`, met, not met or unknown."""
    if facts.geography is Geography.HEXAGON:
        criteria: tuple[Callable[[Facts], Reason], ...] = (
            _urban_unit,
            _population,
            _continuity,
            _income,
            _strict_ten_thousand,
            _no_density,
        )
    elif facts.judged_on >= OVERSEAS_REPLACED:
        criteria = (_overseas_since_2025, _population)
    elif facts.geography is Geography.OVERSEAS:
        criteria = (_overseas_commune, _population, _overseas_density, _continuity, _overseas_income)
    else:
        criteria = (_overseas_index, _population)
    return Verdict(tuple(criterion(facts) for criterion in criteria))


def _population(facts: Facts) -> Reason:
    people = facts.population
    return Reason(
        code="population",
        met=None if people is None else people >= MIN_NEIGHBOURHOOD,
        template=mark("Le quartier compte {people} habitants ; il en faut au moins {threshold}.")
        if people is not None
        else mark("La population du quartier n’est pas connue ; il faut au moins {threshold} habitants."),
        params={"people": people, "threshold": MIN_NEIGHBOURHOOD},
        threshold=MIN_NEIGHBOURHOOD,
        operand=people,
        source=LAW,
    )


def _continuity(facts: Facts) -> Reason:
    sentences = {
        True: mark("Le quartier est un espace urbain d’un seul tenant."),
        False: mark("Le quartier est en plusieurs morceaux ; il doit être un espace urbain continu."),
        None: mark(
            "La continuité de l’espace urbain n’est pas établie : il faudrait un contour d’un seul tenant."
        ),
    }
    return Reason(
        code="continuity",
        met=facts.continuous,
        template=sentences[facts.continuous],
        operand=facts.continuous,
        source=LAW,
    )


def _urban_unit(facts: Facts) -> Reason:
    people = facts.urban_unit_population
    source = LegalSource(HEXAGON, "article 2")
    if people is None:
        sentence = mark("La population de l’unité urbaine n’est pas connue ; il faut au moins {threshold}.")
        return Reason(
            "urban-unit", None, sentence, {"threshold": MIN_URBAN_UNIT}, MIN_URBAN_UNIT, None, source
        )
    rounded = round_up_to_hundred(people)
    params = {"people": people, "rounded": rounded, "threshold": MIN_URBAN_UNIT, "years": DEROGATION_YEARS}
    if rounded >= MIN_URBAN_UNIT:
        sentence = mark(
            "L’unité urbaine compte {people} habitants, soit {rounded} une fois arrondie à la centaine "
            "supérieure ; il en faut au moins {threshold}."
        )
        return Reason("urban-unit", True, sentence, params, MIN_URBAN_UNIT, people, source)
    if _in_derogation(facts):
        sentence = mark(
            "L’unité urbaine ({people} habitants) est sous le seuil de {threshold}, mais le quartier était "
            "déjà sur la liste : il garde le bénéfice du critère pendant {years} ans."
        )
        return Reason("urban-unit-derogation", True, sentence, params, MIN_URBAN_UNIT, people, source)
    sentence = mark(
        "L’unité urbaine compte {people} habitants ({rounded} après arrondi) ; "
        "il en faut au moins {threshold}."
    )
    return Reason("urban-unit", False, sentence, params, MIN_URBAN_UNIT, people, source)


def _in_derogation(facts: Facts) -> bool:
    """A neighbourhood of the list before 2024 keeps the size criterion for the six years of the new list."""
    if facts.listed_since is None:
        return False
    return facts.listed_since < LIST_OF_2024 <= facts.judged_on < END_OF_DEROGATION


def _income(facts: Facts) -> Reason:
    source = LegalSource(HEXAGON, "article 3")
    if (
        facts.national_median is None
        or facts.urban_unit_median is None
        or facts.urban_unit_population is None
    ):
        return _income_unknown(facts, None, source)
    ceiling = income_ceiling(
        national=facts.national_median,
        urban_unit=facts.urban_unit_median,
        great=facts.urban_unit_population >= GREAT_URBAN_UNIT,
    )
    return _income_against(facts, ceiling, source)


def _income_against(facts: Facts, ceiling: int, source: LegalSource) -> Reason:
    if facts.median_income is None:
        return _income_unknown(facts, ceiling, source)
    below = facts.median_income < ceiling
    sentence = (
        mark("Le revenu médian déclaré, {income} €, est inférieur au seuil de {ceiling} €.")
        if below
        else mark("Le revenu médian déclaré, {income} €, n’est pas inférieur au seuil de {ceiling} €.")
    )
    params = {"income": facts.median_income, "ceiling": ceiling}
    return Reason("income", below, sentence, params, ceiling, facts.median_income, source)


def _income_unknown(facts: Facts, ceiling: int | None, source: LegalSource) -> Reason:
    sentence = (
        mark("Le revenu médian déclaré du quartier n’est pas publié ; le seuil serait de {ceiling} €.")
        if ceiling is not None
        else mark("Les revenus médians nécessaires au seuil ne sont pas publiés : critère inconnu.")
    )
    return Reason("income", None, sentence, {"ceiling": ceiling}, ceiling, facts.median_income, source)


def _strict_ten_thousand(facts: Facts) -> Reason:
    """What the town's page says, shown beside the text that decides."""
    people = facts.urban_unit_population
    return Reason(
        code="printed-more-than-10000",
        met=None if people is None else people > MIN_URBAN_UNIT,
        template=mark(
            "Une page publique dit « plus de {threshold} habitants » ; le décret dit au moins {threshold}, "
            "après arrondi à la centaine supérieure : c’est le décret qui décide."
        ),
        params={"threshold": MIN_URBAN_UNIT},
        threshold=MIN_URBAN_UNIT,
        operand=people,
        source=TOWN_PAGE,
        decides=False,
    )


def _no_density(facts: Facts) -> Reason:
    """Density is printed by the same page; in the hexagon no text makes it a criterion."""
    return Reason(
        code="printed-density",
        met=None,
        template=mark(
            "La même page cite la densité de population ; dans l’Hexagone la loi ne retient que le revenu : "
            "la densité ne décide pas."
        ),
        operand=facts.density,
        source=TOWN_PAGE,
        decides=False,
    )


def _overseas_commune(facts: Facts) -> Reason:
    return _at_least(
        "commune",
        facts.commune_population,
        MIN_OVERSEAS_COMMUNE,
        mark("La commune compte {operand} habitants ; il en faut au moins {threshold}."),
        mark("La population de la commune n’est pas connue ; il en faut au moins {threshold}."),
    )


def _overseas_density(facts: Facts) -> Reason:
    return _at_least(
        "density",
        facts.density,
        MIN_OVERSEAS_DENSITY,
        mark("La densité est de {operand} habitants au km² ; il en faut au moins {threshold}."),
        mark("La densité du quartier n’est pas connue ; il faut au moins {threshold} habitants au km²."),
    )


def _at_least(code: str, operand: float | None, threshold: int, known: str, unknown: str) -> Reason:
    return Reason(
        code=code,
        met=None if operand is None else operand >= threshold,
        template=unknown if operand is None else known,
        params={"operand": operand, "threshold": threshold},
        threshold=threshold,
        operand=operand,
        source=LegalSource(OVERSEAS),
    )


def _overseas_income(facts: Facts) -> Reason:
    source = LegalSource(OVERSEAS)
    if facts.metropolitan_median is None or facts.departement_median is None:
        return _income_unknown(facts, None, source)
    ceiling = overseas_income_ceiling(
        metropolitan=facts.metropolitan_median, departement=facts.departement_median
    )
    return _income_against(facts, ceiling, source)


def _overseas_index(facts: Facts) -> Reason:
    sentences = {
        True: mark("L’indice synthétique publié retient ce quartier ; sa formule n’est pas publiée."),
        False: mark("L’indice synthétique publié ne retient pas ce quartier ; sa formule n’est pas publiée."),
        None: mark("L’indice synthétique de ce quartier n’est pas connu et sa formule n’est pas publiée."),
    }
    qualifies = facts.index_qualifies
    source = LegalSource("décret n° 2014-1575 du 22 décembre 2014")
    return Reason("overseas-index", qualifies, sentences[qualifies], operand=qualifies, source=source)


def _overseas_since_2025(facts: Facts) -> Reason:
    return Reason(
        code="overseas-2025",
        met=None,
        template=mark(
            "Depuis le 1er janvier 2025, les décrets n° 2024-1211 et n° 2024-1212 fixent les critères "
            "ultramarins ; Faubourg ne les a pas encodés : critère inconnu."
        ),
        source=LegalSource("décrets n° 2024-1211 et n° 2024-1212", since=OVERSEAS_REPLACED),
    )

"""Whether two figures may be compared, and whether figures may be summed, for whoever reads a table.

A figure carries its indicator, unit, vintage, source and perimeter version; when one of these forbids
the operation, the answer is a refusal with its reason, never a number (« a figure is never naked »).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .verdict import LegalSource, Reason, Verdict, mark

INSEE_INFRACOMMUNAL = LegalSource(
    "Insee, précautions d’emploi des données infracommunales",
    "deux millésimes consécutifs ne se comparent pas",
)
SECRECY = LegalSource("Loi n° 51-711 du 7 juin 1951 sur la statistique", "article 6")

OPEN, SECRET, MISSING = "open", "secret", "missing"


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """One figure as the rules see it.

    `population` names which population is counted (municipal, total, printed…), empty for anything else.
    `perimeter` names the perimeter version (« qpv_2015 »), empty for a place as administered.
    `year` orders vintages; None when the source publishes no precise one.
    """

    place: str
    indicator: str
    unit: str
    value: Decimal | None
    secrecy: str = OPEN
    vintage: str = ""
    year: int | None = None
    source: str = ""
    perimeter: str = ""
    additive: bool = False
    infra_communal: bool = False
    population: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`change` is second minus first, `percent` the change in % of the first; None when refused."""

    verdict: Verdict
    change: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """`value` sums the `counted` published figures; `partial` when some are secret or not published."""

    verdict: Verdict
    value: Decimal | None = None
    counted: int = 0
    partial: bool = False


def compare(first: FigureFacts, second: FigureFacts) -> Comparison:
    """The change from `first` to `second`, or the reasons why there is none."""
    verdict = Verdict(
        (
            _same_measure(first, second),
            *_published(first, second),
            _same_perimeter(first, second),
            _vintages_apart(first, second),
            _source_for_the_reader(first, second),
        )
    )
    if verdict.ok is not True or first.value is None or second.value is None:
        return Comparison(verdict)
    change = second.value - first.value
    percent = None if first.value == 0 else change * 100 / abs(first.value)
    return Comparison(verdict, change, percent)


def total(figures: Sequence[FigureFacts]) -> Total:
    """The sum over different places, or the reasons why there is none; secrets make it partial."""
    if not figures:
        return Total(Verdict.no("empty", mark("Aucun chiffre à additionner.")))
    known = [figure.value for figure in figures if figure.secrecy == OPEN and figure.value is not None]
    hidden = len(figures) - len(known)
    verdict = Verdict((*_summable(figures), *_completeness(len(known), hidden)))
    if verdict.ok is not True:
        return Total(verdict)
    return Total(verdict, sum(known, Decimal(0)), counted=len(known), partial=hidden > 0)


# --- comparing ----------------------------------------------------------------------------------------


def _same_measure(first: FigureFacts, second: FigureFacts) -> Reason:
    if first.population and second.population and first.population != second.population:
        return Reason(
            "population-kind",
            met=False,
            template=mark("Deux populations de nature différente ({first}, {second}) ne se comparent pas."),
            params={"first": first.population, "second": second.population},
        )
    same = first.indicator == second.indicator and first.unit == second.unit
    return Reason(
        "same-measure",
        met=same,
        template=mark("Le même indicateur, dans la même unité.")
        if same
        else mark("Ces chiffres ne mesurent pas la même chose ou n’ont pas la même unité."),
        threshold=(first.indicator, first.unit),
        operand=(second.indicator, second.unit),
    )


def _published(first: FigureFacts, second: FigureFacts) -> list[Reason]:
    states = {first.secrecy, second.secrecy}
    reasons = []
    if SECRET in states:
        reasons.append(
            Reason(
                "secret",
                met=False,
                template=mark("Un des chiffres est couvert par le secret statistique : ce n’est pas zéro."),
                source=SECRECY,
            )
        )
    if MISSING in states or (SECRET not in states and None in (first.value, second.value)):
        reasons.append(
            Reason(
                "missing", met=False, template=mark("Un des chiffres n’est pas publié : ce n’est pas zéro.")
            )
        )
    return reasons


def _same_perimeter(first: FigureFacts, second: FigureFacts) -> Reason:
    same_place = first.place == second.place
    # Two places may be set side by side when one is no neighbourhood (a QPV beside its commune).
    same = first.perimeter == second.perimeter or (
        not same_place and "" in (first.perimeter, second.perimeter)
    )
    return Reason(
        "same-perimeter",
        met=same,
        template=mark("La même version de périmètre.")
        if same
        else mark("Les périmètres diffèrent : la population mesurée n’est pas celle du même espace."),
        threshold=first.perimeter,
        operand=second.perimeter,
    )


def _vintages_apart(first: FigureFacts, second: FigureFacts) -> Reason:
    if first.vintage == second.vintage:
        return Reason("vintages", met=True, template=mark("Le même millésime."))
    years = {"first": first.vintage or "?", "second": second.vintage or "?"}
    if first.place != second.place:
        return Reason(
            "vintages-of-places",
            met=False,
            template=mark("Deux lieux se comparent au même millésime ; ici {first} et {second}."),
            params=years,
        )
    if first.year is None or second.year is None:
        return Reason(
            "vintage-unknown",
            met=None,
            template=mark("Un des millésimes n’est pas précisé par la source ({first}, {second})."),
            params=years,
        )
    consecutive = (first.infra_communal or second.infra_communal) and abs(first.year - second.year) <= 1
    return Reason(
        "consecutive-vintages" if consecutive else "vintages",
        met=not consecutive,
        template=mark(
            "Deux millésimes consécutifs d’un indicateur infracommunal ({first}, {second}) ne se comparent "
            "pas : l’écart relève surtout de la méthode."
        )
        if consecutive
        else mark("Deux millésimes assez éloignés : {first} et {second}."),
        params=years,
        threshold=2,
        operand=abs(first.year - second.year),
        source=INSEE_INFRACOMMUNAL,
    )


def _source_for_the_reader(first: FigureFacts, second: FigureFacts) -> Reason:
    same = first.source == second.source
    return Reason(
        "source",
        met=same,
        template=mark("La même source.")
        if same
        else mark("Les sources diffèrent : vérifier que la définition est la même."),
        decides=False,
    )


# --- summing ------------------------------------------------------------------------------------------


_HOMOGENEOUS: tuple[tuple[str, Callable[[FigureFacts], object], str], ...] = (
    (
        "same-measure",
        lambda figure: (figure.indicator, figure.unit, figure.population),
        mark("Ces chiffres ne mesurent pas la même chose : leur somme n’a pas de sens."),
    ),
    (
        "same-vintage",
        lambda figure: figure.vintage,
        mark("Les millésimes diffèrent : un total mêlerait plusieurs années."),
    ),
    (
        "same-source",
        lambda figure: figure.source,
        mark("Les sources diffèrent : un total mêlerait plusieurs façons de compter."),
    ),
    (
        "same-perimeter",
        lambda figure: figure.perimeter,
        mark("Les versions de périmètre diffèrent : un total compterait deux fois les mêmes personnes."),
    ),
)


def _summable(figures: Sequence[FigureFacts]) -> list[Reason]:
    first = figures[0]
    if not first.additive and all(figure.indicator == first.indicator for figure in figures):
        return [
            Reason(
                "not-additive",
                met=False,
                template=mark("Cet indicateur ne s’additionne pas (revenu, taux, médiane, indice…)."),
            )
        ]
    reasons = [
        Reason("additive", met=first.additive, template=mark("Cet indicateur s’additionne.")),
        *(_alike(figures, code, read, otherwise) for code, read, otherwise in _HOMOGENEOUS),
    ]
    if len({figure.place for figure in figures}) < len(figures):
        reasons.append(
            Reason("counted-twice", met=False, template=mark("Un même lieu figure deux fois dans la somme."))
        )
    return reasons


def _alike(
    figures: Sequence[FigureFacts], code: str, read: Callable[[FigureFacts], object], otherwise: str
) -> Reason:
    values = {read(figure) for figure in figures}
    alike = len(values) == 1
    return Reason(
        code, met=alike, template=mark("Chiffres homogènes.") if alike else otherwise, operand=len(values)
    )


def _completeness(known: int, hidden: int) -> list[Reason]:
    if not hidden:
        return []
    if not known:
        return [Reason("nothing-published", met=False, template=mark("Aucun de ces chiffres n’est publié."))]
    return [
        Reason(
            "partial",
            met=False,
            template=mark(
                "Total partiel : {hidden} chiffre(s) secret(s) ou non publié(s) n’y entrent pas, "
                "{known} y entrent."
            ),
            params={"hidden": hidden, "known": known},
            source=SECRECY,
            decides=False,
        )
    ]

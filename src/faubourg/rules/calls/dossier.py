"""Is a dossier filled in, is last year accounted for, may it leave? What holds whatever the rule set.

A dossier leaves when nothing that decides fails and nothing that its applicant could answer is left unknown:
an exception that was invoked in writing waits for somebody else, and does not hold the dossier back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..verdict import LegalSource, Reason, Verdict, mark
from .accounts import FORM
from .clocks import REPORT
from .rule_set import Condition, Measure

SOURCE = LegalSource(f"formulaire CERFA {FORM}", "description du projet")
_NEEDS_PLACES = frozenset({Condition.PRIORITY_GEOGRAPHY})


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form asks of every project; counts of what is linked. None: not said."""

    title: str = ""
    measure: str = ""
    summary: str = ""
    audience: str = ""
    places: int = 0
    places_unknown: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    indicators: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report of an earlier action that is due and was not handed in."""

    title: str
    year: int
    due_on: date


def may_leave_places_open(measure: Measure | None) -> bool:
    """Whether « lieux pas encore connus » is an answer: not where a measure is kept to some places."""
    return measure is None or not _NEEDS_PLACES & set(measure.conditions)


def judge_filled(filled: Filled, measure: Measure | None) -> Verdict:
    """Each answer that the form cannot do without, in its order."""
    return Verdict(tuple(_filled(filled, measure)))


def judge_reports(late: tuple[LateReport, ...], *, blocks: bool) -> Reason:
    """Whether earlier grants are accounted for (loi 2000-321, art. 10); a warning unless the call blocks."""
    if not late:
        sentence = mark("Aucun bilan n’est en retard.")
        return Reason("last-report", True, sentence, {}, 0, 0, REPORT, blocks)
    first = min(late, key=lambda report: report.due_on)
    params = {"title": first.title, "year": str(first.year), "due": first.due_on, "more": len(late) - 1}
    if blocks:
        sentence = mark(
            "Le bilan {year} de « {title} » était dû le {due} : remettez-le d’abord, l’appel le demande."
        )
    else:
        sentence = mark(
            "Le bilan {year} de « {title} » était dû le {due} : remettez-le vite, il en sera tenu compte."
        )
    return Reason("last-report", False, sentence, params, 0, len(late), REPORT, blocks)


def holds_back(reason: Reason, excluded: Mapping[str, bool]) -> bool:
    """Whether this reason keeps a dossier from leaving; `excluded`: what it said of each situation."""
    if not reason.decides or reason.met:
        return False
    if reason.met is None and reason.code.startswith("exclusion-"):
        return excluded.get(reason.code.removeprefix("exclusion-")) is None
    return True


def _filled(filled: Filled, measure: Measure | None) -> Iterator[Reason]:
    yield _text(
        "project-title", filled.title, mark("Donnez un titre à l’action."), mark("L’action a un titre.")
    )
    if not filled.measure:
        yield Reason(
            "project-measure", False, mark("Choisissez la mesure de l’appel à laquelle vous répondez.")
        )
    yield _text(
        "project-summary", filled.summary, mark("Décrivez l’action en quelques phrases."),
        mark("L’action est décrite."),
    )  # fmt: skip
    yield _text(
        "places-audience",
        filled.audience,
        mark("Dites à qui l’action s’adresse."),
        mark("Le public est dit."),
    )
    yield _places(filled, measure)
    yield _days(filled)
    yield _counted(
        "indicators-one", filled.indicators,
        mark("Promettez au moins un indicateur : c’est lui que le bilan reprendra."),
        mark("Indicateurs promis : {n}."),
    )  # fmt: skip
    yield _counted(
        "funders-one", filled.requests,
        mark("Dites combien vous demandez, et à quel financeur de l’appel."),
        mark("Demandes de financement : {n}."),
    )  # fmt: skip


def _text(code: str, text: str, missing: str, given: str) -> Reason:
    met = text.strip() != ""
    return Reason(code, met, given if met else missing, {}, 1, len(text.strip()), SOURCE)


def _counted(code: str, n: int, missing: str, given: str) -> Reason:
    return Reason(code, n > 0, given if n else missing, {"n": n}, 1, n, SOURCE)


def _places(filled: Filled, measure: Measure | None) -> Reason:
    if filled.places:
        sentence, met = mark("Lieux de l’action : {n}."), True
    elif filled.places_unknown and may_leave_places_open(measure):
        sentence, met = mark("Les lieux ne sont pas encore connus : la mesure l’admet."), True
    elif filled.places_unknown:
        sentence, met = (
            mark("Cette mesure demande où se déroule l’action : cochez au moins un quartier."),
            False,
        )
    else:
        sentence, met = (
            mark("Dites où se déroule l’action, ou que les lieux ne sont pas encore connus."),
            False,
        )
    return Reason("places-where", met, sentence, {"n": filled.places}, 1, filled.places, SOURCE)


def _days(filled: Filled) -> Reason:
    start, end = filled.starts_on, filled.ends_on
    params = {"start": start, "end": end}
    if start is None or end is None:
        sentence, met = mark("Dites quand l’action commence et quand elle finit."), False
    elif end < start:
        sentence, met = (
            mark("L’action finit le {end}, avant de commencer le {start} : corrigez une date."),
            False,
        )
    else:
        sentence, met = mark("L’action va du {start} au {end}."), True
    return Reason("calendar-days", met, sentence, params, None, (start, end), SOURCE)

"""What a prefect and a coordinator are told of the agreements on the rebate, and the rows they export."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..calendar import SOON, judge
from ..verdict import Reason, mark
from .tfpb import AXIS_NAMES, Action, judge_evidence
from .tfpb_law import judge_signature, vintage_of

# A review is about a civil year and is due at the end of the first quarter that follows; our own choice.
REVIEW_MONTH, REVIEW_DAY = 3, 31
# Weeks of writing: an unsigned convention is announced this early.
SIGNATURE_NOTICE_DAYS = 120


@dataclass(frozen=True, slots=True)
class Agreement:
    """What alerts are judged on, for one landlord and one tax year."""

    tax_year: int
    signed_on: date | None
    has_plan: bool
    review_on: date | None = None
    cosigned_by_authority_on: date | None = None
    cosigned_by_state_on: date | None = None
    dispensation: date | None = None


def review_due(tax_year: int) -> date:
    """The last day to hand in the review of a year."""
    return date(tax_year + 1, REVIEW_MONTH, REVIEW_DAY)


def alerts(agreement: Agreement, on: date) -> tuple[Reason, ...]:
    """What is missing that day, the gravest first; nothing when all is in order or not due yet."""
    found = [*_unsigned(agreement, on), *_without_plan(agreement, on)]
    return (*found, *_review(agreement, on), *_cosigned(agreement))


def _unsigned(agreement: Agreement, on: date) -> Iterable[Reason]:
    verdict = judge_signature(
        agreement.tax_year, agreement.signed_on, on, dispensation=agreement.dispensation
    )
    for reason in verdict.reasons:
        last = reason.threshold
        far = isinstance(last, date) and (last - on).days > SIGNATURE_NOTICE_DAYS
        if reason.decides and reason.met is not True and not (reason.met is None and far):
            yield reason


def _without_plan(agreement: Agreement, on: date) -> Iterable[Reason]:
    vintage = vintage_of(agreement.tax_year)
    if agreement.has_plan or vintage is None:
        return
    last = vintage.last_day(agreement.tax_year)
    if agreement.signed_on is not None or (last - on).days <= SIGNATURE_NOTICE_DAYS:
        sentence = mark("Le plan triennal manque pour {year}.")
        yield Reason("tfpb-plan", False, sentence, {"year": str(agreement.tax_year)}, last, on)


def _review(agreement: Agreement, on: date) -> Iterable[Reason]:
    due = review_due(agreement.tax_year)
    judged = judge(due, agreement.review_on, on)
    if agreement.signed_on is None or judged.done or not (judged.late or judged.days <= SOON):
        return
    if judged.late:
        sentence = mark("Le bilan {year} était dû le {due} : {days} j de retard.")
    else:
        sentence = mark("Le bilan {year} est dû le {due} : encore {days} j.")
    params = {"year": str(agreement.tax_year), "due": due, "days": judged.days}
    yield Reason("tfpb-review", False if judged.late else None, sentence, params, due, on)


def _cosigned(agreement: Agreement) -> Iterable[Reason]:
    if agreement.review_on is None:
        return
    params = {"year": str(agreement.tax_year)}
    if agreement.cosigned_by_authority_on is None:
        yield Reason(
            "tfpb-cosign-authority", False, mark("La collectivité n’a pas signé l’avis sur le bilan {year}."),
            params,
        )  # fmt: skip
    if agreement.cosigned_by_state_on is None:
        yield Reason(
            "tfpb-cosign-state", False, mark("L’État n’a pas signé l’avis sur le bilan {year}."), params
        )


# --- The export for the prefect ---------------------------------------------------------------------------

COLUMNS = (
    mark("bailleur"),
    mark("quartier"),
    mark("année"),
    mark("axe"),
    mark("intitulé de l’axe"),
    mark("action"),
    mark("coût (centimes)"),
    mark("gestion ordinaire (centimes)"),
    mark("charges récupérées (centimes)"),
    mark("autres financements (centimes)"),
    mark("valorisé (centimes)"),
    mark("plafond valorisable (centimes)"),
    mark("preuves réunies"),
)
Row = tuple[str, str, int, int, str, str, int, int, int, int, int, int, bool]


def rows(landlord: str, actions: Iterable[Action]) -> tuple[Row, ...]:
    """One row an action, by year, neighbourhood, axis and code; the axis is named in French."""
    ordered = sorted(actions, key=lambda one: (one.year, one.neighbourhood, one.axis, one.code))
    return tuple(
        (
            landlord, one.neighbourhood, one.year, int(one.axis), AXIS_NAMES[one.axis], one.code,
            one.cost_cents, one.ordinary_cents, one.recovered_cents, one.funded_cents, one.valued_cents,
            one.ceiling_cents, judge_evidence(one).ok is True,
        )
        for one in ordered
    )  # fmt: skip

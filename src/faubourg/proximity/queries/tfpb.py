"""Landlords' conventions: one with its plan, what the rules judge of it, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from faubourg.rules.proximity import tfpb as rules
from faubourg.rules.proximity.guards import AgreementFacts
from faubourg.rules.proximity.tfpb_alerts import Agreement, alerts
from faubourg.rules.proximity.tfpb_law import judge_signature
from faubourg.rules.verdict import Reason, Verdict

from ..access.tfpb import PUBLIC
from ..models import Photo, TfpbAction, TfpbAgreement, TfpbEvidence, TfpbLine, TfpbYear

AREA = (
    "area__territory__departement", "area__territory__epci", "area__territory__region",
)  # fmt: skip


def agreement_by_pk(pk: int) -> TfpbAgreement | None:
    """One convention with what its rights ask, its years; None for an unknown number."""
    found = TfpbAgreement.objects.select_related("convention__contract", "landlord", *AREA)
    return found.prefetch_related("area__contracts", "years").filter(pk=pk).first()


def lines_with_proof() -> QuerySet[TfpbLine]:
    """Lines with all that proves them; four queries whatever their number."""
    after = Photo.objects.filter(moment=Photo.Moment.AFTER)
    proofs = TfpbEvidence.objects.select_related("document", "ticket__category", "photo").prefetch_related(
        "ticket__checks", Prefetch("ticket__photos", after, to_attr="afters")
    )
    return TfpbLine.objects.select_related("action", "year").prefetch_related(Prefetch("evidence", proofs))


def actions_of(agreement: TfpbAgreement) -> list[TfpbAction]:
    """The plan, in the order of the axes, each action with its lines and their proof."""
    lines = Prefetch("lines", lines_with_proof().order_by("year__year"))
    found = agreement.actions.select_related("action").prefetch_related("neighbourhoods", lines)
    return list(found.order_by("axis", "pk"))


def kinds_of(evidence: TfpbEvidence) -> set[rules.Evidence]:
    """What one proof is worth: a closed report also carries its residents' check and its photo of after."""
    kinds: set[rules.Evidence] = set()
    if evidence.document is not None:
        image = evidence.document.media_type.startswith("image/")
        kinds.add(rules.Evidence.PHOTO if image else rules.Evidence.DOCUMENT)
    if evidence.photo_id is not None:
        kinds.add(rules.Evidence.PHOTO)
    ticket = evidence.ticket
    if ticket is not None and ticket.state == "closed":
        kinds.add(rules.Evidence.CLOSED_REPORT)
        if any(check.repaired and check.who != "team" for check in ticket.checks.all()):
            kinds.add(rules.Evidence.RESIDENT_CHECK)
        if getattr(ticket, "afters", ()):
            kinds.add(rules.Evidence.PHOTO)
    return kinds


def told(line: TfpbLine, *, places: str = "", planned: bool = False) -> rules.Action:
    """One line as the rules read it; `planned`: by its plan, before anything was spent."""
    proof: set[rules.Evidence] = set()
    if not planned:
        proof = {kind for evidence in line.evidence.all() for kind in kinds_of(evidence)}
    return rules.Action(
        code=line.action.title,
        axis=rules.Axis(line.action.axis),
        year=line.year.year,
        cost_cents=line.planned_cents if planned else line.cost_cents or 0,
        ordinary_cents=0 if planned else line.ordinary_cents or 0,
        recovered_cents=0 if planned else line.recovered_cents,
        funded_cents=0 if planned else line.funded_cents,
        valued_cents=0 if planned else line.valued_cents or 0,
        evidence=frozenset(proof),
        neighbourhood=places,
    )


def plan_start(agreement: TfpbAgreement, year: int) -> int:
    """The first of the three years of the plan that this year is in."""
    return year - (year - agreement.first_year) % rules.PLAN_YEARS


def judge_plan(agreement: TfpbAgreement, actions: Iterable[TfpbAction], year: int | None = None) -> Verdict:
    """Whether the three-year plan around this year is whole."""
    start = plan_start(agreement, year or agreement.first_year)
    span = range(start, start + rules.PLAN_YEARS)
    planned = [told(line, planned=True) for action in actions for line in action.lines.all()]
    return rules.judge_plan(start, [one for one in planned if one.year in span])


def under_review(agreement: TfpbAgreement) -> TfpbYear | None:
    """The year that is reported on now: the last one handed in until it is settled, else the next one."""
    years = sorted(agreement.years.all(), key=lambda one: one.year)
    handed = [one for one in years if one.reported_on]
    if agreement.state in ("reported", "visited", "approved", "approved_with_reserves") and handed:
        return handed[-1]
    return next((one for one in years if one.reported_on is None), handed[-1] if handed else None)


def judge_line(line: TfpbLine) -> Verdict:
    """Whether a line may stand in a review: its amounts hold, what it values is proved."""
    action = told(line)
    amounts = rules.judge_action(action)
    if not amounts.ok or not action.valued_cents:
        return amounts
    return Verdict((*amounts.reasons, *rules.judge_evidence(action).reasons))


def is_complete(year: TfpbYear, lines: Sequence[TfpbLine]) -> bool:
    """Whether a review can be handed in: the rebate is known, each action has its amounts and proof."""
    written = all(line.cost_cents is not None and line.valued_cents is not None for line in lines)
    return bool(lines) and year.rebate_cents is not None and written and all(judge_line(x).ok for x in lines)


def signed_on(agreement: TfpbAgreement) -> date | None:
    """The day of the last signature, once they were all ascertained on a plan."""
    return agreement.convention.signed_on if agreement.state in PUBLIC else None


def judge_year(agreement: TfpbAgreement, year: TfpbYear, on: date) -> Verdict:
    """Whether the convention opens the rebate of this year, signed in time."""
    return judge_signature(year.year, signed_on(agreement), on, dispensation=year.dispensation_on)


def alerts_of(agreement: TfpbAgreement, on: date) -> list[tuple[TfpbYear, Reason]]:
    """What is missing, year by year, up to the next tax; nothing once it has ended."""
    found = []
    for year in sorted(agreement.years.all(), key=lambda one: one.year):
        if year.year > on.year + 1:
            break
        facts = Agreement(
            tax_year=year.year,
            signed_on=signed_on(agreement),
            has_plan=agreement.state != "draft",
            review_on=year.reported_on,
            cosigned_by_authority_on=year.town_signed_on,
            cosigned_by_state_on=year.state_signed_on,
            dispensation=year.dispensation_on,
        )
        found += [(year, reason) for reason in alerts(facts, on)]
    return found


@dataclass(frozen=True, slots=True)
class Signed:
    """Which of the four parties there are, and which signed."""

    signed: frozenset[str]
    without: frozenset[str]


def signatures_of(agreement: TfpbAgreement) -> Signed:
    """A commune or an intercommunalité that is no party there is not awaited; the others always are."""
    rows = {row.pk: row for row in agreement.convention.parties.all()}
    by_kind = {kind: rows.get(pk) for kind, pk in agreement.parties.items()}
    signed = frozenset(kind for kind, row in by_kind.items() if row is not None and row.signed_on)
    gone = {kind for kind in ("commune", "epci") if by_kind.get(kind) is None}
    return Signed(signed, frozenset(gone))


def facts_of(
    agreement: TfpbAgreement, year: TfpbYear | None, on: date, *, reason: str = ""
) -> AgreementFacts:
    """What an act of the circuit is judged on."""
    actions = actions_of(agreement)
    lines = [line for action in actions for line in action.lines.all() if year and line.year_id == year.pk]
    parties = signatures_of(agreement)
    cosigned = {"authority"} if year and year.town_signed_on else set()
    return AgreementFacts(
        today=on,
        reason=reason,
        has_plan=judge_plan(agreement, actions).ok is True,
        signed=parties.signed,
        without=parties.without,
        review_complete=year is not None and is_complete(year, lines),
        visitors=year.visitors if year and year.visited_on else (),
        cosigned=cosigned | ({"state"} if year and year.state_signed_on else set()),
        ends_on=agreement.convention.ends_on,
    )

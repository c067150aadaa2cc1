"""« Mon dossier tient-il ? »: every rule on a dossier, each with the step of the form where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import lazy

from faubourg.base.sentences import in_words
from faubourg.rules.calls import RuleSet, Step, judge
from faubourg.rules.calls.budget import judge as judge_budget
from faubourg.rules.calls.dossier import holds_back, judge_filled, judge_reports
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Application, Call
from .calls import receives, rules_of
from .facts import facts_of, filled_of, lines_of, years_of
from .reports import missing_reports

# From the beginning of a reason's code to the step of the form that mends it; « check » is the last one.
STEP_OF = (
    ("project", "project"), ("measure", "project"), ("applicant", "project"), ("theme", "project"),
    ("places", "places"), ("objective", "places"), ("priority", "places"), ("calendar", "calendar"),
    ("shared", "conditions"), ("exclusion", "conditions"), ("contact", "conditions"),
    ("indicators", "indicators"), ("budget-funder", "funders"), ("budget", "budget"), ("funders", "funders"),
    ("floor", "funders"), ("ceiling", "funders"), ("nature", "funders"), ("local-share", "funders"),
    ("piece", "pieces"),
)  # fmt: skip


# A sentence within a sentence is written in the language of whoever reads it, its days and sums included.
said_later = lazy(in_words, str)


@dataclass(frozen=True, slots=True)
class Judged:
    """Every reason, and which of them keep the dossier from leaving. `late`: received after the close."""

    verdict: Verdict
    held: tuple[Reason, ...]
    late: bool
    rule_set: RuleSet | None

    @property
    def ok(self) -> bool:
        """Whether the dossier may be submitted as it is."""
        return not self.held

    def of(self, step: str) -> tuple[Reason, ...]:
        """Every reason that one step of the form decides."""
        return tuple(reason for reason in self.verdict.reasons if step_of(reason) == step)

    def to_mend(self, step: str) -> tuple[Reason, ...]:
        """Those that keep the dossier from leaving, in one step."""
        return tuple(reason for reason in self.held if step_of(reason) == step)


def step_of(reason: Reason) -> str:
    """The step of the form where this reason is mended."""
    return next((step for start, step in STEP_OF if reason.code.startswith(start)), "check")


def judged(application: Application, at: datetime, *, reports: bool = True) -> Judged:
    """The whole verdict at this moment; `reports`: also whether earlier grants are accounted for."""
    rule_set = rules_of(application.call)
    received = receives(application.call, Step.APPLICATION, at).reasons
    measure = rule_set.measure(application.measure) if rule_set else None
    reasons = [*received, *judge_filled(filled_of(application), measure).reasons]
    reasons += judge_budget(lines_of(application)).reasons
    if rule_set is not None and application.measure:
        reasons += _by_the_rules(application, rule_set, at)
    if reports:
        blocks = application.call.missing_report == Call.MissingReport.BLOCK
        late_ones = missing_reports(application.organisation_id, timezone.localdate(at))
        reasons.append(judge_reports(late_ones, blocks=blocks))
    held = tuple(reason for reason in reasons if holds_back(reason, application.excluded))
    return Judged(Verdict(tuple(reasons)), held, any(_is_late(each) for each in received), rule_set)


def _by_the_rules(application: Application, rule_set: RuleSet, at: datetime) -> Iterable[Reason]:
    """The rules on the year of the call, then what they say of the money of each year that follows."""
    for reason in judge(facts_of(application), rule_set, at).reasons:
        if not reason.code.startswith("window"):
            yield reason
    for year in years_of(application)[1:]:
        facts = facts_of(application, year)
        if not facts.requests_cents:
            continue
        for reason in judge(facts, rule_set, at).reasons:
            if reason.code.startswith(("floor", "ceiling", "nature")):
                told = {"in_year": str(year), "told": said_later(reason)}
                yield replace(
                    reason, code=f"{reason.code}-{year}", template=mark("En {in_year} : {told}"), params=told
                )


def _is_late(reason: Reason) -> bool:
    return reason.met is False and reason.code.startswith("window") and reason.code != "window-early"

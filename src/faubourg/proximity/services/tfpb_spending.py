"""What a landlord spent and proves, action by action and year by year; the facts of a year of tax."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.text import printable
from faubourg.rules.proximity import tfpb as rules
from faubourg.rules.proximity.circuits import TFPB
from faubourg.rules.proximity.tfpb_law import vintage_of
from faubourg.rules.verdict import Verdict, mark

from ..models import TfpbAgreement, TfpbLine, TfpbYear
from .moving import locked

KIND = "tfpbagreement"


@dataclass(frozen=True, slots=True)
class Spent:
    """What an action cost in a year, cents; None: not known yet."""

    cost_cents: int | None
    ordinary_cents: int | None
    recovered_cents: int
    funded_cents: int
    valued_cents: int | None
    result: str = ""


def write_line(*, line: TfpbLine, spent: Spent, base_version: int | None, by: Actor) -> TfpbLine:
    """Write what was spent and what of it exceeds ordinary management; refused beyond the ceiling."""
    with transaction.atomic():
        agreement = locked(line.action.agreement)
        held = locked(line, base_version)
        refuse_unless(_may_spend(agreement, held))
        held.cost_cents, held.ordinary_cents = spent.cost_cents, spent.ordinary_cents
        held.recovered_cents, held.funded_cents = spent.recovered_cents, spent.funded_cents
        held.valued_cents = spent.valued_cents
        held.result = printable(spent.result).strip()
        refuse_unless(_judge_amounts(held))
        held.version += 1
        held.save()
        after = {
            "action": held.action.title, "year": held.year.year, "cost": held.cost_cents,
            "valued": held.valued_cents,
        }  # fmt: skip
        journal.record(by=by, act="tfpb.line_written", kind=KIND, ref=str(agreement.pk), after=after)
    return held


def _may_spend(agreement: TfpbAgreement, line: TfpbLine) -> Verdict:
    if agreement.state != "running":
        return Verdict.no("cost", _NOT_RUNNING, state=TFPB.states[agreement.state])
    return refuse_reported(line.year)


_NOT_RUNNING = mark("Les coûts s’écrivent pendant l’exécution ; cette convention est {state}.")


def refuse_reported(year: TfpbYear) -> Verdict:
    """Nothing of a year changes once its review was handed in."""
    if year.reported_on is None:
        return Verdict.yes()
    return Verdict.no(
        "cost", mark("Le bilan {year} est remis : ses chiffres ne changent plus."), year=str(year.year)
    )


def _judge_amounts(line: TfpbLine) -> Verdict:
    if line.valued_cents is not None and line.cost_cents is None:
        return Verdict.no(
            "tfpb-amounts", mark("Écrivez d’abord le coût : on ne valorise que ce qui est dépensé.")
        )
    amounts = rules.Action(
        code=line.action.title,
        axis=rules.Axis(line.action.axis),
        year=line.year.year,
        cost_cents=line.cost_cents or 0,
        ordinary_cents=line.ordinary_cents or 0,
        recovered_cents=line.recovered_cents,
        funded_cents=line.funded_cents,
        valued_cents=line.valued_cents or 0,
    )
    return rules.judge_action(amounts)


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Dwellings concerned, what the rebate spares in cents and who says so, tenants' opinion out of 100."""

    dwellings: int | None
    rebate_cents: int | None
    source_words: str
    satisfaction: int | None


def write_year(*, year: TfpbYear, facts: YearFacts, base_version: int | None, by: Actor) -> TfpbYear:
    """The facts of a year of tax, before its review is handed in."""
    with transaction.atomic():
        held = locked(year, base_version)
        refuse_unless(refuse_reported(held))
        if facts.rebate_cents is not None and not facts.source_words.strip():
            refuse_unless(
                Verdict.no("source_words", mark("Dites d’où vient ce montant : avis, état fiscal…"))
            )
        held.dwellings, held.rebate_cents = facts.dwellings, facts.rebate_cents
        held.source_words, held.satisfaction = printable(facts.source_words).strip()[:200], facts.satisfaction
        held.version += 1
        held.save()
        after = {"year": held.year, "rebate": held.rebate_cents}
        journal.record(by=by, act="tfpb.year_written", kind=KIND, ref=str(held.agreement_id), after=after)
    return held


def grant_delay(
    *, year: TfpbYear, until: date | None, words: str, base_version: int | None, by: Actor
) -> TfpbYear:
    """A later day to sign for this tax, set by the State: never earlier than the law, always with why."""
    with transaction.atomic():
        held = locked(year, base_version)
        refuse_unless(_may_delay(held, until, words))
        held.dispensation_on, held.dispensation_words = until, printable(words).strip()[:300]
        held.version += 1
        held.save()
        after = {"year": held.year, "until": until.isoformat() if until else None}
        journal.record(
            by=by, act="tfpb.delay_granted", kind=KIND, ref=str(held.agreement_id), after=after, reason=words
        )
    return held


def _may_delay(year: TfpbYear, until: date | None, words: str) -> Verdict:
    vintage = vintage_of(year.year)
    if until is None:
        return Verdict.yes()
    if vintage is not None and until <= vintage.last_day(year.year):
        return Verdict.no("until", _TOO_EARLY, last=vintage.last_day(year.year))
    if not words.strip():
        return Verdict.no("words", mark("Dites quel texte accorde ce délai."))
    return Verdict.yes()


_TOO_EARLY = mark("Un délai accordé va au-delà du {last}, dernier jour prévu par la loi.")

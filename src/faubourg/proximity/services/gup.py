"""Writing a GUP convention: its terms, its plan of actions, its reviews, the tasks entrusted to residents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.agreements import is_open
from faubourg.contracts.models import Contract, Convention
from faubourg.contracts.services import actions, conventions
from faubourg.rules.proximity.gup import Perimeter, judge_perimeter
from faubourg.rules.verdict import Verdict, mark

from ..models import Area, EntrustedTask, GupAction, GupConvention, GupReview, Walk
from ..queries.gup import QUESTIONS, figures_of
from .keeping import written
from .moving import locked

KIND = "gupconvention"


@dataclass(frozen=True, slots=True)
class Words:
    """What a GUP convention says beside its terms; `walks` are the shared diagnosis. Cents."""

    definition: str = ""
    technical: str = ""
    social: str = ""
    mandate_ends_on: date | None = None
    operating_cents: int | None = None
    investment_cents: int | None = None
    walks: Sequence[Walk] = field(default=())

    def columns(self) -> dict[str, Any]:
        """Without the walks."""
        names = (
            "definition", "technical", "social", "mandate_ends_on", "operating_cents", "investment_cents",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


def open_gup(
    *, area: Area, contract: Contract | None, terms: conventions.Terms, words: Words, by: Actor
) -> GupConvention:
    """A convention in project; a targeted perimeter is refused without its walks."""
    with transaction.atomic():
        _judge(area, terms, words)
        convention = conventions.draft_convention(contract=contract, terms=terms, by=by)
        made = GupConvention.objects.create(convention=convention, area=area, **words.columns())
        made.diagnosis.set(words.walks)
        after = {"title": convention.title, "walks": len(words.walks)}
        journal.record(by=by, act="gup.opened", kind=KIND, ref=str(made.pk), after=after)
    return made


def edit_gup(
    *, gup: GupConvention, terms: conventions.Terms, words: Words, base_version: int, by: Actor
) -> GupConvention:
    """Its terms until somebody signs; what it says of itself is then changed by an amendment only."""
    with transaction.atomic():
        _judge(gup.area, terms, words)
        convention = Convention.objects.get(pk=gup.convention_id)
        held = written(gup, words.columns(), base_version=base_version)
        if not is_open(convention):
            raise Refused(Verdict.no("title", _FROZEN))
        conventions.update_convention(
            convention=convention, terms=terms, base_version=convention.version, by=by
        )
        held.diagnosis.set(words.walks)
        journal.record(
            by=by, act="gup.edited", kind=KIND, ref=str(held.pk), after={"walks": len(words.walks)}
        )
    return held


_FROZEN = mark("La convention est signée : ses termes changent par un avenant.")


def _judge(area: Area, terms: conventions.Terms, words: Words) -> None:
    if any(walk.area_id != area.pk for walk in words.walks):
        raise Refused(Verdict.no("walks", mark("Une de ces marches est d’un autre territoire.")))
    perimeter = Perimeter(terms.scope)
    refuse_unless(
        judge_perimeter(perimeter, neighbourhoods=len(terms.territories), diagnosis=bool(words.walks))
    )


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action of the plan: who bears it, its money in cents, what is counted."""

    title: str
    partner_name: str = ""
    operating_cents: int = 0
    investment_cents: int = 0
    indicator_words: str = ""
    target: str = ""


def write_action(
    *,
    gup: GupConvention,
    words: ActionWords,
    by: Actor,
    action: GupAction | None = None,
    base_version: int | None = None,
) -> GupAction:
    """Told once, in the contract's plan; here its money and its indicator."""
    with transaction.atomic():
        held = locked(gup)
        contract = held.convention.contract
        if contract is None:
            raise Refused(Verdict.no("title", _NO_CONTRACT))
        if min(words.operating_cents, words.investment_cents) < 0:
            raise Refused(Verdict.no("operating", mark("Un montant n’est jamais négatif.")))
        row = action or GupAction(gup=held, action=_proposed(held, contract, words, by))
        columns = {
            "partner_name": words.partner_name, "operating_cents": words.operating_cents,
            "investment_cents": words.investment_cents, "indicator_words": words.indicator_words,
            "target": words.target,
        }  # fmt: skip
        kept = written(row, columns, base_version=base_version)
        after = {"action": kept.action.title}
        journal.record(by=by, act="gup.action_written", kind=KIND, ref=str(held.pk), after=after)
    return kept


_NO_CONTRACT = mark("Une action se dit dans le plan d’un contrat de ville : rattachez-y la convention.")


def _proposed(gup: GupConvention, contract: Contract, words: ActionWords, by: Actor) -> Any:
    return actions.propose_action(
        contract=contract,
        title=words.title.strip()[:300],
        by=by,
        lead_printed=words.partner_name.strip()[:200],
        line="Gestion urbaine de proximité",
        indicator=words.indicator_words.strip()[:200],
        neighbourhoods=[place for place in gup.convention.territories.all() if place.kind == "neighbourhood"],
    )


def prepare_review(*, gup: GupConvention, kind: str, year: int, by: Actor) -> GupReview:
    """The review of a year, filled with what happened; asked twice, it is the same one."""
    with transaction.atomic():
        held = locked(gup)
        if year > timezone.localdate().year:
            raise Refused(Verdict.no("year", mark("Cette année n’est pas commencée.")))
        review, made = GupReview.objects.get_or_create(gup=held, kind=kind, year=year)
        if made:
            review.figures = figures_of(review)
            review.save()
            after = {"kind": kind, "year": year}
            journal.record(by=by, act="gup.review_written", kind=KIND, ref=str(held.pk), after=after)
    return review


def write_review(
    *, review: GupReview, summary: str, answers: Mapping[str, str], base_version: int, by: Actor
) -> GupReview:
    """What figures do not say; they are counted again until it is published."""
    with transaction.atomic():
        held = locked(review, base_version)
        refuse_unless(_may_write(held))
        held.summary = summary
        held.answers = {name: answers.get(name, "") for name in QUESTIONS}
        held.figures = figures_of(held)
        held.version += 1
        held.save()
        after = {"kind": held.kind, "year": held.year}
        journal.record(by=by, act="gup.review_written", kind=KIND, ref=str(held.gup_id), after=after)
    return held


def _may_write(review: GupReview) -> Verdict:
    if review.published_on is None:
        return Verdict.yes()
    return Verdict.no("summary", mark("Ce bilan est publié : ses chiffres restent ce qu’ils étaient."))


def publish_review(*, review: GupReview, base_version: int, by: Actor) -> GupReview:
    """Public from now on, its figures kept as they stand."""
    with transaction.atomic():
        held = locked(review, base_version)
        refuse_unless(_may_write(held))
        missing = [name for name in QUESTIONS if not held.answers.get(name, "").strip()]
        if missing or not held.summary.strip():
            raise Refused(Verdict.no("summary", _UNANSWERED))
        held.figures, held.published_on = figures_of(held), timezone.localdate()
        held.version += 1
        held.save()
        after = {"kind": held.kind, "year": held.year}
        journal.record(by=by, act="gup.review_published", kind=KIND, ref=str(held.gup_id), after=after)
    return held


_UNANSWERED = mark(
    "Des chiffres ne suffisent pas : répondez aux quatre questions et dites ce qu’il faut retenir."
)


def entrust(
    *, task: EntrustedTask, values: Mapping[str, Any], base_version: int | None, by: Actor
) -> EntrustedTask:
    """A task that residents take on, under an agreement and an insurance."""
    with transaction.atomic():
        if values["until"] is not None and values["until"] < values["agreement_on"]:
            raise Refused(Verdict.no("until", mark("La tâche finit avant son accord.")))
        kept = written(task, values, base_version=base_version)
        after = {"title": kept.title, "group": kept.group_name}
        journal.record(by=by, act="gup.task_entrusted", kind="area", ref=kept.area.code, after=after)
    return kept

"""A computed allocation: kept with what was asked and what came out, copied into a session when asked to.

It decides nothing: the jury reads it, and every amount that it copies stays to be decided.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from faubourg.base import jobs, journal
from faubourg.base.actor import Actor
from faubourg.base.models import Job
from faubourg.base.refusal import Refused
from faubourg.rules import allocation
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import AllocationProposal, Call, JuryAmount, JurySession
from ..queries.allocation_facts import Asked, Typed, facts_of_call
from ..queries.applications import recused_among
from ..queries.jury_money import Key
from .moving import locked

TASK = "allocate-call"
# Up to so many dossiers, the answer comes while one waits.
INLINE = 150
GAP = 0.005


def ask_for_allocation(*, call: Call, typed: Typed, waiting: int, by: Actor) -> AllocationProposal | Job:
    """The proposal, or the job that computes it when there are many dossiers."""
    if waiting <= INLINE:
        return compute_allocation(call=call, typed=typed, by=by)
    return jobs.enqueue(TASK, asked_by=by.ref, call=call.pk, typed=as_json(typed), by=str(by.ref or ""))


def compute_allocation(*, call: Call, typed: Typed, by: Actor) -> AllocationProposal:
    """Compute and keep a proposal; Refused when no dossier is marked."""
    asked = facts_of_call(call, typed)
    if not asked.call.dossiers:
        raise Refused(
            Verdict.no(
                "dossiers",
                mark("Aucun dossier en attente n’est encore noté : la répartition part des notes du jury."),
            )
        )
    proposal = allocation.propose(asked.call, gap=GAP)
    problems = allocation.problems_of(asked.call, proposal)
    if problems:
        raise RuntimeError("; ".join(problems[:5]))
    with transaction.atomic():
        kept = AllocationProposal.objects.create(
            call=call,
            asked={**_asked(asked), "typed": as_json(typed)},
            told=_told(asked, proposal),
            gap=proposal.gap,
            by=by.ref,
            by_name=by.name[:150],
        )
        journal.record(
            by=by,
            act="jury.allocation.proposed",
            kind="call",
            ref=call.code,
            after={"dossiers": len(proposal.retained), "gap": round(proposal.gap, 6)},
        )
    return kept


def copy_into_session(*, proposal: AllocationProposal, session: JurySession, by: Actor) -> int:
    """Prefill the amounts of the session's undecided dossiers; how many were. Nothing is decided.

    A dossier from which who copies stands back keeps its own.
    """
    given: dict[int, Mapping[Key, int]] = {
        line["application"]: {(f, n, y): cents for f, n, y, cents in line["amounts"]}
        for line in proposal.told["lines"]
        if line["retained"]
    }
    with transaction.atomic():
        held = locked(session)
        if held.jury.call_id != proposal.call_id or held.state not in ("planned", "open"):
            raise Refused(Verdict.no("session", mark("Cette séance n’attend plus de montants.")))
        copied = 0
        for pk in recused_among(given, by):
            del given[pk]
        for item in held.items.select_for_update().filter(decision="", application__in=given):
            item.amounts.all().delete()
            JuryAmount.objects.bulk_create(
                JuryAmount(item=item, funder_id=f, nature=n, year=y, cents=cents)
                for (f, n, y), cents in given[item.application_id].items()
            )
            item.version += 1
            item.save(update_fields=["version"])
            copied += 1
        held.version += 1
        held.save(update_fields=["version"])
        journal.record(
            by=by,
            act="jury.allocation.copied",
            kind="jury_session",
            ref=str(held.pk),
            after={"dossiers": copied},
        )
    return copied


def as_json(typed: Typed) -> dict[str, Any]:
    """What was typed, as a job and a proposal keep it."""
    return {
        "weight_bp": dict(typed.weight_bp),
        "minimum_cents": dict(typed.minimum_cents),
        "least_cents": {str(pk): cents for pk, cents in typed.least_cents.items()},
        "most_cents": [[pk, nature, cents] for (pk, nature), cents in typed.most_cents.items()],
        "least_bp": typed.least_bp,
        "local_bp": typed.local_bp,
    }


def from_json(told: Mapping[str, Any]) -> Typed:
    """The same, read again."""
    least = {int(pk): cents for pk, cents in told["least_cents"].items()}
    most = {(pk, nature): cents for pk, nature, cents in told.get("most_cents", ())}
    return Typed(**{**told, "least_cents": least, "most_cents": most})


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "dossiers": [
            {
                "ref": one.ref,
                "quality": one.quality,
                "territory": one.territory,
                "budget": one.budget_cents,
                "local": one.local_cents,
                "requests": [[r.funder, r.nature, r.cents] for r in one.requests],
            }
            for one in asked.call.dossiers
        ],
        "envelopes": [[e.funder, e.nature, e.territory, e.cents] for e in asked.call.envelopes],
        "unmarked": list(asked.unmarked),
        "groups": asked.groups,
    }


def _told(asked: Asked, proposal: allocation.Proposal) -> dict[str, Any]:
    by_ref = {one.ref: one for one in asked.call.dossiers}
    return {
        "value": proposal.value,
        "bound": proposal.bound,
        "retained": len(proposal.retained),
        "cents": sum(line.total_cents for line in proposal.lines),
        "ranking": {
            "retained": len(proposal.ranking.refs),
            "refs": list(proposal.ranking.refs),
            "value": proposal.ranking.value,
            "cents": proposal.ranking.cents,
        },
        "lines": [
            {
                "ref": line.ref,
                "application": asked.applications[line.ref],
                "quality": by_ref[line.ref].quality,
                "asked": by_ref[line.ref].asked_cents,
                "retained": line.retained,
                "cents": line.total_cents,
                "amounts": [[*asked.keys[r.funder, r.nature], cents] for r, cents in line.cents.items()],
                "reasons": [_reason(reason) for reason in line.verdict.reasons],
            }
            for line in proposal.lines
        ],
        "left": list(proposal.left_cents),
        "lowered": [_reason(reason) for reason in proposal.told],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "template": reason.template, "params": dict(reason.params)}

"""The intercommunalité puts its dossiers in order; a ranked dossier answers the rules that ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.contracts.models import Contract
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.calls.ranks import judge_ranks, moved

from ..models import Application, Call
from ..queries.ranking import RANKABLE
from .moving import move


@dataclass(frozen=True, slots=True)
class Given:
    """A rank (None: none) and why, with the rank that stood when the page was opened."""

    rank: int | None
    reason: str
    seen: int | None


def rank_dossiers(*, call: Call, contract: Contract, given: Mapping[int, Given], by: Actor) -> int:
    """Give ranks to some dossiers of a contract; how many changed.

    Raises Refused when two dossiers of the contract would share a rank, Conflict when one of them was ranked
    by somebody else since the page was opened.
    """
    with transaction.atomic():
        rows = _rows(call, contract)
        for pk, one in given.items():
            if pk in rows and rows[pk].rank != one.seen:
                raise Conflict
        ranks = {pk: row.rank for pk, row in rows.items()}
        ranks |= {pk: one.rank for pk, one in given.items() if pk in rows}
        refuse_unless(judge_ranks(ranks, {pk: row.title for pk, row in rows.items()}))
        reasons = {pk: one.reason.strip() for pk, one in given.items()}
        return _write(rows, ranks, reasons, by)


def move_rank(*, call: Call, contract: Contract, dossier: int, up: bool, by: Actor) -> int:
    """One place higher or lower among the ranked; a dossier without a rank goes last. How many changed."""
    with transaction.atomic():
        rows = _rows(call, contract)
        if dossier not in rows:
            return 0
        ranked = sorted((row for row in rows.values() if row.rank is not None), key=lambda row: row.rank or 0)
        order, places = [row.pk for row in ranked], [row.rank for row in ranked]
        if dossier in order:
            ranks = dict(zip(moved(order, dossier, up=up), places, strict=True))
        else:
            ranks = {dossier: (places[-1] or 0) + 1 if places else 1}
        return _write(rows, {pk: row.rank for pk, row in rows.items()} | ranks, {}, by)


def _rows(call: Call, contract: Contract) -> dict[int, Application]:
    rows = Application.objects.select_for_update().filter(call=call, contract=contract)
    found = rows.only("pk", "title", "state", "rank", "rank_reason", "version").order_by("pk")
    return {row.pk: row for row in found if row.state in RANKABLE or row.rank is not None}


def _write(
    rows: Mapping[int, Application],
    ranks: Mapping[int, int | None],
    reasons: Mapping[int, str],
    by: Actor,
) -> int:
    changed = [
        row
        for pk, row in rows.items()
        if row.state in RANKABLE
        and (row.rank != ranks[pk] or (pk in reasons and row.rank_reason != reasons[pk]))
    ]
    before = {row.pk: row.rank for row in changed}
    # Two dossiers that change places would meet for a moment: the database refuses it.
    Application.objects.filter(pk__in=before).update(rank=None)
    for row in changed:
        row.rank = ranks[row.pk]
        row.rank_reason = reasons.get(row.pk, row.rank_reason) if row.rank else ""
        row.version += 1
        row.save(update_fields=["rank", "rank_reason", "version"])
        journal.record(
            by=by,
            act="calls.ranked",
            kind="application",
            ref=str(row.pk),
            before={"rank": before[row.pk]},
            after={"rank": row.rank},
            reason=row.rank_reason,
        )
        if row.rank is not None and row.state == "examined":
            move(row, APPLICATION, "rank", by=by)
    return len(changed)

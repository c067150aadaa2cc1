"""A line of the maquette that follows a decision taken in a room above: its level and its sum together."""

from django.db import IntegrityError, transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.contracts.models import FundingLine
from faubourg.rules.verdict import Verdict

from .money_lines import TWICE
from .money_noting import KIND, ref_of, told


def follow_decision(*, line: FundingLine, level: str, cents: int, by: Actor, reason: str = "") -> FundingLine:
    """Raise a line on the ladder, or lower its sum; nothing is written when nothing changed.

    The journal keeps what it was. Raises Refused when another line already says the same at that level.
    """
    with transaction.atomic():
        held = FundingLine.objects.select_for_update(of=("self",)).select_related("objective").get(pk=line.pk)
        if (held.level, held.amount_cents) == (level, cents):
            return held
        before = told(held)
        held.level, held.amount_cents = level, cents
        held.source, held.added_by, held.added_by_name = None, by.ref, by.name
        held.version += 1
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError as twice:
            raise Refused(Verdict.no("level", TWICE)) from twice
        journal.record(
            by=by,
            act="funding.revised",
            kind=KIND,
            ref=ref_of(held.contract, held.territory),
            before=before,
            after=told(held),
            reason=reason,
        )
    return held

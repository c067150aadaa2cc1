"""Moving a convention along its circuit: signed, active, ended, replaced."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.agreements import journal_key
from faubourg.contracts.models import Convention
from faubourg.rules.convention_circuit import BY_ACT, STATE_NAMES, Act, Facts, State, may_move
from faubourg.rules.verdict import Verdict, mark


def advance_convention(*, convention: Convention, act: Act, on: date | None, by: Actor) -> Convention:
    """Apply a signed convention, note its end or its replacement; raises Refused with the reason."""
    with transaction.atomic():
        held = Convention.objects.select_for_update().get(pk=convention.pk)
        if BY_ACT[act].follows:
            sentence = mark("Cette étape suit les signatures : enregistrez-les, elle viendra seule.")
            raise Refused(Verdict.no("circuit_follows", sentence))
        refuse_unless(may_move(act, facts_of(held, on=on)))
        assert on is not None
        move_convention(held, BY_ACT[act].target, on=on, by=by)
    return held


def facts_of(convention: Convention, *, on: date | None) -> Facts:
    """What an act on this convention is judged on."""
    successor = convention.followed_by.order_by("-pk").first()
    return Facts(
        state=State(convention.state),
        on=on,
        today=timezone.localdate(),
        starts_on=convention.starts_on,
        ends_on=convention.ends_on,
        successor=State(successor.state) if successor else None,
    )


def move_convention(held: Convention, to: State, *, on: date, by: Actor, reason: str = "") -> None:
    """Write the new state of a convention that is locked and whose verdict was read."""
    before = State(held.state)
    held.state = to.value
    held.version += 1
    held.save()
    journal.record(
        by=by,
        act="convention.advanced",
        **journal_key(held),
        before={"state": STATE_NAMES[before]},
        after={"state": STATE_NAMES[to], "on": on.isoformat()},
        reason=reason,
    )

"""Moving a neighbourhood along its path: pressenti, entrant, actif, ajusté, sortant, historique."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.neighbourhood_path import BY_ACT, STATE_NAMES, Act, State, may_move
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import PathStep, Territory
from faubourg.territories.queries.path import path_of

from .edit_noting import held, note


@transaction.atomic
def move_neighbourhood(
    *, territory: Territory, act: Act, on: date | None, reference: str, by: Actor
) -> PathStep:
    """One act of the transition table. Raises `Refused` with every reason: state, day, text.

    A state that was only derived from the perimeters is written down first, as derived.
    """
    place = held(territory)
    path = path_of(place, timezone.localdate())
    tidy = " ".join(reference.split())
    refuse_unless(may_move(act, path.state, on=on, reference=tidy, since=path.since))
    if derived := path.derived:
        derived.decided_by, derived.decided_by_ref = FAUBOURG.name, FAUBOURG.ref
        derived.save()
    target = BY_ACT[act].target
    if PathStep.objects.filter(territory=place, state=target.value, since=on).exists():
        raise Refused(
            Verdict.no("path_day", mark("Cette étape est déjà écrite à ce jour : changez la date."))
        )
    step = PathStep.objects.create(
        territory=place,
        state=target.value,
        since=on,
        reference=tidy,
        decided_by=by.name,
        decided_by_ref=by.ref,
    )
    note(
        place,
        "neighbourhood_moved",
        by=by,
        before=_facts(path.state, path.since, ""),
        after=_facts(target, on, tidy),
    )
    return step


def _facts(state: State, since: date | None, reference: str) -> dict[str, str]:
    return {
        "state": state.value,
        "status": STATE_NAMES[state],
        "since": since.isoformat() if since else "",
        "legal_reference": reference,
    }

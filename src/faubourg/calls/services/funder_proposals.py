"""From the jury to each funder: what is asked becomes a decision to take, on the amount of the jury."""

from collections.abc import Mapping

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls.circuits import FUNDER_DECISION
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, FunderDecision
from ..queries.jury_money import Key
from .moving import move

OPEN = ("requested", "favourable", "unfavourable")
NOTHING = mark("Le jury ne propose pas d’aide de ce financeur.")
TAKEN_BACK = mark("Le jury reprend la délibération.")


def propose_to_funders(*, application: Application, amounts: Mapping[Key, int], by: Actor) -> None:
    """A decision for each request and each amount; favourable with the amount, unfavourable without."""
    asked = {(one.funder_id, one.nature, one.year): one.cents for one in application.requests.all()}
    standing = {(one.funder_id, one.nature, one.year): one for one in _decisions(application)}
    for key in dict.fromkeys([*asked, *(key for key, cents in amounts.items() if cents)]):
        decision = standing.get(key) or _requested(application, key, asked.get(key, 0), by)
        cents = amounts.get(key, 0)
        decision.amount_cents = cents
        if cents:
            step = {"cents_before": 0, "cents_after": cents}
            move(
                decision,
                FUNDER_DECISION,
                "favour",
                by=by,
                given={"amount"},
                told={"amount": cents},
                step=step,
            )
        elif decision.state == "requested":
            move(decision, FUNDER_DECISION, "disfavour", by=by, note=NOTHING)


def take_back_from_funders(*, application: Application, by: Actor) -> None:
    """The proposals fall; Refused once a funder has decided, which the jury cannot undo."""
    decisions = _decisions(application)
    if any(decision.state not in OPEN for decision in decisions):
        raise Refused(
            Verdict.no(
                "funders",
                mark("Un financeur a déjà décidé sur ce dossier : le jury ne revient plus sur sa décision."),
            )
        )
    for decision in decisions:
        if decision.state == "favourable":
            step = {"cents_before": decision.amount_cents, "cents_after": 0}
            decision.amount_cents = 0
            move(decision, FUNDER_DECISION, "disfavour", by=by, note=TAKEN_BACK, step=step)


def _decisions(application: Application) -> list[FunderDecision]:
    return list(application.decisions.select_for_update().order_by("pk"))


def _requested(application: Application, key: Key, cents: int, by: Actor) -> FunderDecision:
    decision = FunderDecision(
        application=application,
        funder_id=key[0],
        nature=key[1],
        year=key[2],
        state="",
        requested_cents=cents,
    )
    move(decision, FUNDER_DECISION, "request", by=by, given={"amount"})
    return decision

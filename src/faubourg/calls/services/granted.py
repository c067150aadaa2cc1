"""What follows from the funders' decisions: the dossier moves on, becomes an action of the contract's plan;
each decision stands on its line of the maquette.
"""

from collections.abc import Mapping

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.contracts.models import Action, FundingLine
from faubourg.contracts.services.actions import change_state, propose_action
from faubourg.contracts.services.following import follow_decision
from faubourg.contracts.services.money_lines import Described, reserve
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.territories.models import Territory

from ..models import Application, FunderDecision
from .moving import move

ORIGIN = "application"
OPEN = ("", "requested", "favourable", "unfavourable")
# A freeze or a cut lowers the sum; the line keeps its rung until the new notification.
LEVELS: Mapping[str, str] = {
    "voted": FundingLine.Level.VOTED,
    "notified": FundingLine.Level.NOTIFIED,
    "committed": FundingLine.Level.COMMITTED,
    "paid": FundingLine.Level.PAID,
    "cancelled": FundingLine.Level.CANCELLED,
}
NAME, NUMBER = 160, 30


def follow_line(decision: FunderDecision, by: Actor, reason: str = "") -> None:
    """Write the decision on its line, made at its first vote; nothing when the dossier stands nowhere."""
    if decision.line is None:
        decision.line = _new_line(decision, by) if decision.state == "voted" else None
        if decision.line is not None:
            FunderDecision.objects.filter(pk=decision.pk).update(line=decision.line)
        return
    level = LEVELS.get(decision.state, decision.line.level)
    # What was cancelled says what it was: a sum of zero would tell nothing.
    cents = decision.line.amount_cents if decision.state == "cancelled" else decision.amount_cents
    decision.line = follow_decision(line=decision.line, level=level, cents=cents, by=by, reason=reason)


def _new_line(decision: FunderDecision, by: Actor) -> FundingLine | None:
    application, funder = decision.application, decision.funder
    place = _place(application)
    if place is None:
        return None
    objective = application.action.objective if application.action else None
    row = Described(
        territory=place,
        label=f"{application.title[:NAME]} ({(application.number or str(application.pk))[:NUMBER]})",
        funder=funder.name,
        nature=decision.nature,
        origin=funder.origin,
        level=FundingLine.Level.VOTED,
        objective_id=objective.pk if objective else None,
        organisation=funder.organisation,
        note=funder.programme,
        action_id=application.action.pk if application.action else None,
    )
    return reserve(
        row=row, year=decision.year, cents=decision.amount_cents, contract=application.contract, by=by
    )


def _place(application: Application) -> Territory | None:
    """Its only place; with several or none, the territory that bears the contract, then the first place."""
    places = list(application.territories.all()[:2])
    if len(places) == 1:
        return places[0]
    bearer = (
        application.contract.bearers.select_related("territory").first() if application.contract else None
    )
    return bearer.territory if bearer else (places[0] if places else None)


def ensure_action(application: Application, by: Actor) -> None:
    """The action that the dossier becomes at the first vote: « programmée », proposed only once."""
    if application.contract is None or application.action is not None:
        return
    objective = application.objectives.filter(contract=application.contract, withdrawn_on=None).first()
    action = propose_action(
        contract=application.contract,
        title=application.title,
        by=by,
        origin_kind=ORIGIN,
        origin_ref=str(application.pk),
        neighbourhoods=list(application.territories.all()),
        lead=application.organisation,
        text=application.summary,
        objective=objective,
        starts_on=application.starts_on,
        ends_on=application.ends_on,
    )
    if action.state == Action.State.PROPOSED:
        action = change_state(action=action, to=Action.State.PLANNED, by=by)
    application.action = action
    application.save(update_fields=["action"])


def settle_application(application: Application, by: Actor) -> None:
    """« Décidé par les financeurs », once each funder that was asked has answered."""
    if application.state not in ("retained", "retained_with_reserves"):
        return
    decided = {(one.funder_id, one.nature, one.year): one.state for one in application.decisions.all()}
    asked = {(one.funder_id, one.nature, one.year) for one in application.requests.all()}
    if not decided or asked - set(decided) or any(state in OPEN for state in decided.values()):
        return
    application.decided_on = timezone.localdate()
    move(application, APPLICATION, "decide", by=by, given={"funders"})


def start_action(application: Application, by: Actor) -> None:
    """« En cours », once money is committed and the first day has come; the action of the plan follows."""
    today = timezone.localdate()
    ready = application.state in ("notified", "agreed")
    if not ready or (application.starts_on and application.starts_on > today):
        return
    if not application.decisions.filter(state__in=["committed", "paid"]).exists():
        return
    move(application, APPLICATION, "run", by=by, given={"granted", "convention"})
    if application.action and application.action.state == Action.State.PLANNED:
        change_state(action=application.action, to=Action.State.RUNNING, by=by)

"""The jury of the example: its members, a session that is open, what it decided, what a funder then paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from faubourg.people.models import Person
from faubourg.rules.calls.deliberation import Decision

from ..models import Application, Call, JuryItem, JurySession
from . import funder_decisions, live_session, sittings
from .checking import check_piece, declare_complete
from .deciding import Said, decide_item
from .example import AUTHORITY, LEAD, body
from .juries import add_juror, create_juries, declare_interests
from .letters import draft_letter, send_letter
from .opinions import give_opinion
from .payments import Instalment, Told, advance_payment, plan_payments

ACT = "Délibération d’exemple"


@dataclass(frozen=True, slots=True)
class Services:
    """Who examines and who judges: accounts of the demonstration."""

    officer: Person
    funder: Person
    elected: Person
    delegate: Person


def examine_example(dossier: Application, who: Services, *, opinions: bool = True) -> Application:
    """Its papers are checked, it is complete; both funders say what they think."""
    for piece in dossier.pieces.order_by("pk"):
        check_piece(piece=piece, accepted=True, remark="", by=who.officer.actor)
    complete = declare_complete(
        application=dossier, by=who.officer.actor, received_on=timezone.localdate() - timedelta(days=15)
    )
    for funder in dossier.call.funders.filter(requests__application=dossier) if opinions else ():
        service = who.funder if funder.name == AUTHORITY[0] else who.officer
        asked = dossier.requests.get(funder=funder).cents
        said = {"sense": "favourable", "text": "Avis d’exemple.", "operating_cents": asked}
        give_opinion(
            application=dossier,
            funder=funder,
            values=said | {"investment_cents": 0},
            base_version=0,
            by=service.actor,
        )
    return complete


def hold_example_jury(call: Call, dossiers: Sequence[Application], who: Services) -> JurySession:
    """Two members who vote and a technician who is heard; the first dossier is decided, the next at hand."""
    by = who.officer.actor
    wanted = dossiers[0].contract_id
    jury = next(jury for jury in create_juries(call=call, by=by) if jury.contract_id == wanted)
    seats = [
        add_juror(
            jury=jury,
            person=person,
            name=person.name,
            organisation=body(*LEAD) if person == who.elected else None,
            quality=quality,
            votes=votes,
            by=by,
        )
        for person, quality, votes in (
            (who.elected, "élue (exemple)", True),
            (who.delegate, "déléguée du préfet (exemple)", True),
            (who.officer, "chargée de mission (exemple)", False),
        )
    ]
    for seat in seats:
        declare_interests(juror=seat, links={}, by=by)
    session = sittings.plan_session(
        jury=jury, starts_at=timezone.now() - timedelta(hours=1), place="Salle d’exemple", by=by
    )
    items = sittings.enrol(session=session, applications=dossiers, by=by)
    session = live_session.open_session(session=session, by=by)
    for seat in seats:
        live_session.arrive(session=session, juror_pk=seat.pk, by=by)
    _decide(items[0], who)
    live_session.point_at(session=session, item=items[1], by=by)
    return session


def _decide(item: JuryItem, who: Services) -> None:
    asked = item.application.requests.all()
    amounts = {(one.funder_id, one.nature, one.year): one.cents for one in asked}
    said = Said(Decision.RETAINED, amounts=amounts)
    decide_item(item=item, said=said, base_version=item.version, by=who.officer.actor)


def pay_example(dossier: Application, who: Services) -> None:
    """Each funder votes what the jury proposed, the letter leaves, the Région orders its first payment."""
    today, order = timezone.localdate(), "order"
    deliberation = funder_decisions.Act(ACT, today)
    for decision in dossier.decisions.select_related("funder").order_by("pk"):
        by = who.funder if decision.funder.name == AUTHORITY[0] else who.officer
        funder_decisions.vote(
            call=dossier.call,
            ballots=[funder_decisions.Ballot(decision.pk)],
            act=deliberation,
            by=by.actor,
        )
    letter = draft_letter(application=dossier, funder=None, by=who.officer.actor)
    send_letter(letter=letter, base_version=letter.version, by=who.officer.actor)
    region = dossier.decisions.get(funder__name=AUTHORITY[0])
    parts = (Instalment(7, "notification"), Instalment(3, "bilan"))
    plan_payments(decision=region, parts=parts, base_version=region.version, by=who.funder.actor)
    region.refresh_from_db()
    funder_decisions.commit(decision=region, on=today, base_version=region.version, by=who.funder.actor)
    payment = region.payments.get(rank=1)
    advance_payment(
        payment=payment,
        act=order,
        told=Told(on=today, reference="exemple-1"),
        base_version=payment.version,
        by=who.funder.actor,
    )

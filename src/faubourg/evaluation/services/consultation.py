"""Sending a project for opinion, taking it back, closing; its facts are frozen when it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.contracts.models import Body
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.evaluation.queries import asked_of, communes_to_ask, facts_of, opinions_of
from faubourg.rules.annual_report import (
    Act,
    State,
    deemed_favourable,
    may_close,
    may_send,
    may_set_delay,
    may_start,
)
from faubourg.rules.verdict import Reason, Verdict, mark
from faubourg.territories.models import Territory

from .steps import locked, move, note

Kind = Opinion.Kind


@dataclass(frozen=True, slots=True)
class Recipient:
    """A citizens' body or another party to ask, beside the municipal councils."""

    name: str
    kind: str = Kind.RESIDENTS
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """Whom the project goes to beside the councils, when it left, until when one may answer.

    `proof` tells how it left when that was before today; `why_no_body` why no citizens' body is asked.
    """

    recipients: Sequence[Recipient]
    sent_on: date
    reply_by: date
    why_no_body: str = ""
    proof: str = ""

    @property
    def residents(self) -> int:
        """How many citizens' bodies are asked."""
        return sum(each.kind == Kind.RESIDENTS for each in self.recipients)


def send_for_opinion(
    *, report: AnnualReport, sending: Sending, base_version: int, by: Actor, today: date | None = None
) -> AnnualReport:
    """Freeze the facts and ask every council concerned, citizens' bodies and other parties.

    The councils are those of the communes of the contract's neighbourhoods: nobody leaves one out.
    """
    with transaction.atomic():
        found = locked(report, base_version)
        communes = communes_to_ask(found.contract)
        refuse_unless(_may_leave(found, sending, len(communes), today or timezone.localdate()))
        found.facts, found.frozen_at = facts_of(found.contract, found.year), timezone.now()
        found.sent_on, found.round = sending.sent_on, found.round + 1
        found.why_no_body = "" if sending.residents else sending.why_no_body.strip()
        rows = _asked(found, communes, sending)
        move(found, State.CONSULTED, on=sending.sent_on, by=by, note=sending.proof.strip())
        Opinion.objects.bulk_create(rows)
        told = {"asked": str(len(rows)), "reply_by": sending.reply_by.isoformat()}
        note(found, "report.sent", by=by, after=told, reason=sending.proof.strip())
    return found


def _may_leave(report: AnnualReport, sending: Sending, councils: int, today: date) -> Verdict:
    verdict = may_send(
        State(report.state),
        year=report.year,
        councils=councils,
        bodies=sending.residents,
        why_no_body=sending.why_no_body,
        perspectives=report.perspectives,
        sent_on=sending.sent_on,
        today=today,
        proof=sending.proof,
    )
    return Verdict((*verdict.reasons, *may_set_delay(sending.sent_on, sending.reply_by).reasons))


def _asked(report: AnnualReport, communes: Sequence[Territory], sending: Sending) -> list[Opinion]:
    """One row a council, body and party, each name once, councils first."""
    rows = [Opinion(kind=Kind.COUNCIL, territory=place, name=place.name) for place in communes]
    taken = {row.name.casefold() for row in rows}
    for each in sending.recipients:
        if each.name.casefold() not in taken:
            taken.add(each.name.casefold())
            rows.append(Opinion(kind=each.kind, name=each.name, body=each.body))
    for order, opinion in enumerate(rows):
        opinion.report, opinion.round, opinion.order = report, report.round, order
        opinion.sent_on, opinion.reply_by = sending.sent_on, sending.reply_by
    return rows


def take_back(*, report: AnnualReport, reason: str, by: Actor, on: date | None = None) -> AnnualReport:
    """The project goes back to its authors: it will be sent anew, and the month will run anew."""
    with transaction.atomic():
        found = locked(report)
        reasons = list(may_start(Act.TAKE_BACK, State(found.state)).reasons)
        if not reason.strip():
            sentence = mark("Dites pourquoi le projet est repris : les instances consultées le liront.")
            reasons.append(Reason("reason", False, sentence))
        refuse_unless(Verdict(tuple(reasons)))
        found.facts, found.frozen_at, found.sent_on, found.why_no_body = {}, None, None, ""
        move(found, State.DRAFT, on=on or timezone.localdate(), by=by, note=reason.strip())
        note(found, "report.taken_back", by=by, reason=reason.strip())
    return found


def close_consultation(*, report: AnnualReport, by: Actor, on: date | None = None) -> AnnualReport:
    """Close it; whoever kept silent is deemed favourable. Refused before the month, unless all answered."""
    day = on or timezone.localdate()
    with transaction.atomic():
        found = locked(report)
        asked = asked_of(opinions_of(found))
        refuse_unless(may_close(State(found.state), asked, on=day))
        silent = sorted(each.name for each in deemed_favourable(asked))
        Opinion.objects.filter(report=found, round=found.round, name__in=silent).update(
            sense=Opinion.Sense.SILENT
        )
        found.closed_on = day
        move(found, State.HEARD, on=day, by=by)
        note(found, "report.closed", by=by, after={"deemed_favourable": ", ".join(silent)})
    return found

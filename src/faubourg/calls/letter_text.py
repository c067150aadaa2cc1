"""What a letter says when it is drafted: the decisions, their reasons, what would improve, the appeal route.

An administrative letter is written in French, whatever the language of whoever drafts it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from faubourg.rules.calls.refusals import GROUNDS

from .models import Application, CallFunder, FunderDecision, JuryItem, Letter
from .queries.letters import covered
from .queries.voted import FIRM

Kind = Letter.Kind
OPEN = ("requested", "favourable", "unfavourable")


@dataclass(frozen=True, slots=True)
class Text:
    """A letter to be read again before it is sent."""

    kind: str
    subject: str
    body: str


def text_of(application: Application, funder: CallFunder | None) -> Text | None:
    """The letter of one funder, or of all of them; None while there is nothing new to say."""
    decisions = list(
        covered(application, funder.pk if funder else None)
        .select_related("funder")
        .prefetch_related("steps__event")
        .order_by("funder__order", "funder", "year", "nature")
    )
    kind = _kind(application, funder, decisions)
    if kind is None:
        return None
    with translation.override("fr"):
        return _written(kind, application, funder, decisions)


def _kind(
    application: Application, funder: CallFunder | None, decisions: Sequence[FunderDecision]
) -> str | None:
    if application.state == "rejected" and funder is None:
        return Kind.REFUSAL
    if application.state == "adjourned" and funder is None:
        return Kind.ADJOURNED
    if not decisions or (funder is None and application.decisions.filter(state__in=OPEN).exists()):
        return None
    told = application.letters.filter(kind__in=[Kind.AWARD, Kind.CHANGED], sent_at__isnull=False)
    before = told.filter(funder=funder).exists() or (funder is not None and told.filter(funder=None).exists())
    states = {decision.state for decision in decisions}
    if before:
        # Nothing new to say once everything is notified.
        return Kind.CHANGED if states & {"voted", "frozen", "cancelled"} else None
    return Kind.AWARD if states & set(FIRM) else Kind.REFUSAL


def _written(
    kind: str, application: Application, funder: CallFunder | None, decisions: Sequence[FunderDecision]
) -> Text:
    lines = [_line(decision) for decision in decisions]
    item = (
        JuryItem.objects.filter(application=application).exclude(decision="").order_by("-decided_at").first()
    )
    refused = [line for line in lines if line["state"] == "refused"]
    granted = [line for line in lines if line["state"] in FIRM and line["cents"]]
    call = application.call
    context = {
        "application": application,
        "call": call,
        "granted": granted,
        "refused": refused,
        "gone": [line for line in lines if line["state"] == "cancelled"],
        "total": sum(line["cents"] for line in granted),
        "changed": kind == Kind.CHANGED,
        "words": item.reason if item else "",
        "reserves": item.reserves if item else "",
        "forwards": list(dict.fromkeys(line["forward"] for line in refused if line["forward"])),
        "appeal": call.appeal_route,
        "contact": call.contact,
        "author": funder.name if funder else call.lead.name,
    }
    template, subject = _SAID[kind]
    body = render_to_string(f"calls/letters/{template}.txt", context)
    return Text(kind, subject.format(title=application.title)[:200], _tidy(body))


_SAID: dict[str, tuple[str, str]] = {
    Kind.AWARD: ("award", "Décision sur votre demande : {title}"),
    Kind.CHANGED: ("award", "Nouvelle décision sur votre demande : {title}"),
    Kind.REFUSAL: ("refusal", "Décision sur votre demande : {title}"),
    Kind.ADJOURNED: ("adjourned", "Votre demande est ajournée : {title}"),
}


def _line(decision: FunderDecision) -> dict[str, Any]:
    """One decision as the templates read it; money in cents."""
    ground = GROUNDS.get(decision.ground)
    changes = [step for step in decision.steps.all() if step.event]
    event = changes[-1].event if changes and decision.state in ("frozen", "cancelled") else None
    return {
        "funder": decision.funder.name,
        "nature": str(decision.get_nature_display()),
        "year": str(decision.year),
        "cents": decision.amount_cents,
        "before": changes[-1].cents_before if event else None,
        "requested": decision.requested_cents,
        "act": decision.act,
        "voted_on": decision.voted_on,
        "conditions": decision.conditions,
        "why": decision.reason if decision.state == "refused" else (_because(event) if event else ""),
        "forward": gettext(ground.forward) if ground and decision.ground != "other" else "",
        "state": decision.state,
    }


def _because(event: Any) -> str:
    act = f" ({event.act})" if event.act else ""
    return f"Motif : {event.reason}{act}."


def _tidy(body: str) -> str:
    """One empty line between two paragraphs, never more."""
    paragraphs = [part.strip() for part in body.replace("\r\n", "\n").split("\n\n")]
    return "\n\n".join(part for part in paragraphs if part)

"""Which summary sheet an address means, and who asks: every page of a sheet passes through here."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from faubourg.base.refusal import require
from faubourg.rules.calls.intents import Awaited, judge_opinion

from ..access.intents import can_read_intent
from ..models import Intent
from ..queries.applicants import mandate_of
from ..queries.intents import WAITING, intent_by_pk
from .applicant_finding import me, read_roles_ahead


def asked_intent(request: HttpRequest, pk: int) -> Intent:
    """The sheet of this number that this person may read: 403 for who stands back."""
    read_roles_ahead(request)
    found = intent_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune fiche synthétique ne porte ce numéro."))
    require(can_read_intent(request.user, found))
    return found


def awaited(intent: Intent) -> Awaited | None:
    """Where its opinion stands, while it is awaited or once it is given."""
    if intent.opinion_due_on is None:
        return None
    waits = intent.state in WAITING
    if not waits and intent.opinion_on is None:
        return None
    return judge_opinion(intent.opinion_due_on, None if waits else intent.opinion_on, localdate())


def frame(request: HttpRequest, intent: Intent) -> dict[str, Any]:
    """Its call, its organisation, its state, the banner of who types on a mandate."""
    return {
        "intent": intent,
        "call": intent.call,
        "organisation": intent.organisation,
        "mandate": mandate_of(me(request), intent.organisation),
        "intent_url": reverse("intent", args=[intent.pk]),
        "call_url": intent.call.get_absolute_url(),
    }

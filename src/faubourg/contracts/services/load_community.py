"""The community of actors of Clermont « Centre » and its first meeting, as the City’s page of 2024 has it.

Facts only: a day without an hour, a count without names. What a person edited since is never touched.
"""

import json
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

from django.utils import timezone

from faubourg.contracts.models import Body, Contract, Meeting
from faubourg.territories.models import Territory
from faubourg.territories.services.load_bulk import Written

FILE = "clermont-centre-community.json"


def bring_community() -> Written:
    """The body and its meetings; nothing when the contract or the neighbourhood is not loaded."""
    said = json.loads((files("faubourg.contracts") / "seeds" / FILE).read_text(encoding="utf-8"))
    contract = Contract.objects.filter(**said["contract"]).first()
    quarter = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code=said["quarter"]).first()
    if contract is None or quarter is None:
        return Written()
    body, created = Body.objects.get_or_create(
        contract=contract,
        kind=Body.Kind.COMMUNITY,
        territory=quarter,
        defaults={**said["body"], "order": contract.bodies.count() + 1},
    )
    written = Written(created=int(created))
    for meeting in said["meetings"]:
        written += _bring_meeting(body, meeting)
    return written


def _bring_meeting(body: Body, said: dict[str, Any]) -> Written:
    """One meeting of a day: whichever stands that day is the one that the document tells."""
    day = date.fromisoformat(said["day"])
    if body.meetings.filter(starts_at__date=day).exists():
        return Written()
    Meeting.objects.create(
        body=body,
        title=said["title"],
        state=said["state"],
        starts_at=timezone.make_aware(datetime.combine(day, time.min)),
        ends_at=timezone.make_aware(datetime.combine(day, time(23, 59))),
        hour_known=False,
        printed_attendance=said["printed_attendance"],
        present_count=said["present_count"],
    )
    return Written(created=1)

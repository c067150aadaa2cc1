"""The facts of a year, read from every room below: what the report opens with, then freezes.

Codes and values, no sentence, so that a frozen report is read in any language; no person's name; a figure
with its source and vintage, a secret one without its value.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from faubourg.contracts.models import Contract

from .doings import actions, axes, commitments, deliverables, interpellations, meetings
from .money import events, lines_and_events, money
from .situation import situation

# Grows when a key changes its meaning: a report of 2024 still reads itself in 2034.
SCHEMA = 1


def facts_of(contract: Contract, year: int, *, at: datetime | None = None) -> dict[str, Any]:
    """Everything that one year of a contract holds; eight queries whatever its size."""
    moment = at or timezone.now()
    day = timezone.localtime(moment).date()
    read = lines_and_events(contract, year)
    return {
        "schema": SCHEMA,
        "year": year,
        "taken_at": moment.isoformat(),
        "contract": {
            "generation": contract.generation,
            "code": contract.code,
            "name": contract.name,
            "source": {"slug": contract.source_id, "title": contract.source.title},
        },
        "axes": axes(contract),
        "situation": situation(contract, year),
        "actions": actions(contract, year),
        "money": money(read, year),
        "money_events": events(read),
        "commitments": commitments(contract, year, day),
        "meetings": meetings(contract, year),
        "deliverables": deliverables(contract, year, day),
        "interpellations": interpellations(contract, year),
    }

"""Reads of the room `evaluation`: reports of a contract, their opinions, the facts of a year."""

from .facts import facts_of
from .reports import (
    asked_of,
    bodies_to_propose,
    communes_to_ask,
    opinion_by_pk,
    opinions_of,
    published_reports,
    report_of,
    reports_of,
)

__all__ = [
    "asked_of",
    "bodies_to_propose",
    "communes_to_ask",
    "facts_of",
    "opinion_by_pk",
    "opinions_of",
    "published_reports",
    "report_of",
    "reports_of",
]

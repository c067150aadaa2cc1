"""Which dossiers and amounts maximise quality inside each funder's envelopes, and why not the others."""

from .check import problems_of
from .facts import ANY, Call, Dossier, Envelope, Request, Terms
from .proposal import Line, Proposal, propose
from .ranking import Ranking

__all__ = [
    "ANY",
    "Call",
    "Dossier",
    "Envelope",
    "Line",
    "Proposal",
    "Ranking",
    "Request",
    "Terms",
    "problems_of",
    "propose",
]

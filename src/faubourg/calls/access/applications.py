"""Who reads, writes and examines a dossier. Whoever stands back meets a no first, on every address of it.

A juror reads what the jury has before it, once interests are declared; the follower of the call or of the
dossier's contract reads every dossier that was submitted; the applicant's people read their own.
"""

from datetime import date

from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict, mark

from ..models import Application
from .applicants import can_write_for
from .funders import EXAMINERS
from .interests import stands_back
from .readers import Reader

__all__ = [
    "EXAMINERS",
    "OWN_STATES",
    "can_examine",
    "can_read_application",
    "can_write_application",
    "stands_back",
]

OWN_STATES = frozenset({"draft", "to_complete"})


def can_read_application(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Read everything of a dossier but what jurors keep to themselves."""
    return Reader(person, application, on).may_read


def can_write_application(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Write a dossier while it is its applicant's: a draft, or one to which pieces are asked."""
    verdict = can_write_for(person, application.organisation, on)
    if not verdict.ok or application.state in OWN_STATES:
        return verdict
    return Verdict.no(
        "dossier_is_in",
        mark(
            "Ce dossier est déposé : son contenu ne change plus. Écrivez au service par les échanges du "
            "dossier."
        ),
    )


def can_examine(person: Visitor, application: Application, on: date | None = None) -> Verdict:
    """Check, comment and give an opinion: the services of the call or of the dossier's contract."""
    return Reader(person, application, on).may_examine

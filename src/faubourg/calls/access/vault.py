"""Who opens a paper of the vault: who acts for its organisation, who examines a dossier that uses it."""

from datetime import date

from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict

from ..models import Application, VaultPiece
from .applicants import acts_for, can_read_applicant
from .applications import can_examine


def can_open_piece(person: Visitor, piece: VaultPiece, on: date | None = None) -> Verdict:
    """Download it; whoever stands back from every dossier that uses it does not."""
    if acts_for(person, piece.organisation, on=on):
        return Verdict.yes()
    using = Application.objects.filter(pieces__vault=piece).select_related(
        "organisation", "contract__departement", "call__lead", "call__territory"
    )
    if any(can_examine(person, application, on).ok for application in using):
        return Verdict.yes()
    return can_read_applicant(person, piece.organisation, on)

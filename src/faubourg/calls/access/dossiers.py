"""Who lists the dossiers of a call and who gives its opinion: the services, never an élu as such."""

from datetime import date

from faubourg.people.access import Visitor, holds
from faubourg.people.models import RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Call
from .calls import can_follow_call, needs
from .readers import EXAMINERS


def can_list_dossiers(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Every dossier that was submitted to a call; an élu reads those of the jury on the jury's pages."""
    followed = can_follow_call(person, call, on)
    if not followed.ok:
        return followed
    return needs(
        person,
        holds(person, EXAMINERS | {RoleGrant.Role.EVALUATOR}, None, on),
        "services_list_dossiers",
        mark(
            "La liste des dossiers de « {call} » est celle des services ; vos dossiers sont sur la page de "
            "votre jury, une fois vos intérêts déclarés."
        ),
        call=call.title,
    )

"""Who writes a letter, and who reads it: its service, its dossier's services, the organisation once sent."""

from faubourg.people.access import Visitor
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, CallFunder, Letter
from .applicants import acts_for
from .calls import can_run_call, needs
from .interests import impartial
from .money import can_decide_on
from .readers import Reader


def can_write_letter(person: Visitor, application: Application, funder: CallFunder | None) -> Verdict:
    """That of one funder: who decides for it; that of all of them: whoever runs the call."""
    if funder is not None:
        return can_decide_on(person, application, funder)
    fair = impartial(person, application)
    return can_run_call(person, application.call) if fair.ok else fair


def can_read_letter(person: Visitor, letter: Letter) -> Verdict:
    """The organisation reads what was sent to it; the services of the dossier read drafts too."""
    application = letter.application
    workings = Reader(person, application).may_read_workings
    if workings.ok:
        return workings
    return needs(
        person,
        letter.sent_at is not None and acts_for(person, application.organisation),
        "readers_of_the_letter",
        mark("Ce courrier est lu par {organisation}, une fois envoyé, et par les services de l’appel."),
        organisation=application.organisation.name,
    )

"""Where a draft of the governance goes on: the minutes of a meeting, its agenda."""

from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from .listings import contract_url
from .models import Meeting


def register() -> None:
    """Called once, at start-up."""
    unsent.register("meeting-minutes", _("compte rendu"), lambda rest: _place(rest, "meeting_minutes"))
    unsent.register("meeting-agenda", _("ordre du jour"), lambda rest: _place(rest, "meeting_agenda"))


def _place(rest: str, name: str) -> tuple[str, str] | None:
    """The number of a meeting."""
    if not rest.isdecimal():
        return None
    meeting = Meeting.objects.select_related("body__contract").filter(pk=int(rest)).first()
    return (meeting.title, contract_url(meeting.body.contract, name, meeting.pk)) if meeting else None

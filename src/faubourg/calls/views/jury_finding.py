"""Which jury, session or dossier of a session an address means, and whether who asks may read it."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.base.refusal import require

from ..access import can_enter_jury, can_read_jury, can_run_call, seat_of
from ..access.readers import Reader
from ..models import Juror, Jury, JuryItem, JurySession
from ..queries.applications import application_in
from ..queries.juries import jury_by_pk, session_by_pk


def asked_jury(request: HttpRequest, pk: int) -> Jury:
    """The jury of this number, for its members and the services; its dossiers are asked for apart."""
    jury = jury_by_pk(pk)
    if jury is None:
        raise Http404(_("Aucun jury ne porte ce numéro."))
    require(can_enter_jury(request.user, jury))
    return jury


def asked_session(request: HttpRequest, pk: int) -> JurySession:
    """The session of this number, once interests are declared."""
    session = session_by_pk(pk)
    if session is None:
        raise Http404(_("Aucune séance de jury ne porte ce numéro."))
    require(can_read_jury(request.user, session.jury))
    return session


def run_session(request: HttpRequest, pk: int) -> JurySession:
    """The same, for who runs the call."""
    session = asked_session(request, pk)
    require(can_run_call(request.user, session.jury.call))
    return session


def asked_item(request: HttpRequest, session: JurySession, pk: int) -> JuryItem:
    """A dossier of that session: 403 for whoever stands back from it or asks it, whatever the roles."""
    return asked_reading(request, session, pk)[0]


def asked_reading(request: HttpRequest, session: JurySession, pk: int) -> tuple[JuryItem, Reader]:
    """The same with its reader, who has answered what rights ask."""
    item = session.items.filter(pk=pk).first()
    application = application_in(session.jury.call, item.application_id) if item else None
    if item is None or application is None:
        raise Http404(_("Ce dossier n’est pas à cette séance."))
    seat = seat_of(request.user, session.jury)
    seated = seat is not None and seat.declared_at is not None
    reader = Reader(request.user, application, seated=seated)
    require(reader.may_read_workings)
    item.application, item.session = application, session
    return item, reader


def asked_juror(jury: Jury, pk: int) -> Juror:
    """A member of that jury."""
    juror = jury.jurors.select_related("person", "organisation").filter(pk=pk).first()
    if juror is None:
        raise Http404(_("Ce membre ne siège pas à ce jury."))
    juror.jury = jury
    return juror


def session_url(session: JurySession, name: str = "jury_session", *more: object) -> str:
    """A page of a session."""
    return reverse(name, args=[session.pk, *more])

"""Files of a meeting: the convocation as it was sent, the minutes, and what proves a decision."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf
from faubourg.base.refusal import require
from faubourg.base.views.kept import handed
from faubourg.contracts.access.governance import can_read_decision
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Meeting
from faubourg.contracts.queries.decisions import made_at, open_before
from faubourg.contracts.queries.meetings import agenda_of, convocation_of, room_of

from .meeting_document import convocation, minutes
from .meetings import kept_reasons
from .not_compiled import not_compiled
from .steering import asked_decision, asked_meeting, rights_over


@require_safe
def meeting_convocation(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The one that was sent; before, what would be."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).read)
    sent = convocation_of(found)
    if sent is not None and found.convened_at is not None:
        return FileResponse(
            sent.file.open("rb"), filename=_name("convocation", found), content_type="application/pdf"
        )
    try:
        content = convocation(found, agenda_of(found))
    except pdf.NotCompiled:
        return _refused(request, found)
    return _pdf(content, _name("convocation", found))


@require_safe
def meeting_minutes_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/compte-rendu.pdf`: PDF/A-3a and PDF/UA-1."""
    found = asked_meeting(code, pk)
    require(rights_over(request, found.body).read)
    room = room_of(found)
    try:
        content = minutes(
            found,
            points=agenda_of(found),
            room=room,
            quorum=kept_reasons(found) or room.quorum.verdict.reasons,
            made=list(made_at(found)),
            followed=list(open_before(found)),
        )
    except pdf.NotCompiled:
        return _refused(request, found)
    return _pdf(content, _name("compte-rendu", found))


@require_safe
def decision_evidence(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The document that shows a decision done."""
    found = asked_decision(code, pk)
    require(can_read_decision(request.user, found))
    document = found.document
    if document is None:
        raise Http404(_("Cette décision n’a pas de document."))
    return handed(document)


def _name(what: str, meeting: Meeting) -> str:
    return f"{what}-{slugify(meeting.body.name)[:60]}-{localdate(meeting.starts_at):%Y-%m-%d}.pdf"


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Language": (get_language() or "fr")[:2],
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _refused(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    back = contract_url(meeting.body.contract, "meeting", meeting.pk)
    return not_compiled(request, title=meeting.title, back=back)

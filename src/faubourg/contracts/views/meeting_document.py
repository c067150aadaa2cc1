"""The convocation and the minutes of a meeting as the data of their typst template."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from faubourg.base import pdf
from faubourg.base.sentences import in_words
from faubourg.contracts.models import AgendaItem, DecisionItem, Meeting
from faubourg.contracts.moments import moment_of
from faubourg.contracts.queries.meetings import Room
from faubourg.rules.verdict import Reason

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "meeting.typ"


def convocation(meeting: Meeting, points: Sequence[AgendaItem]) -> bytes:
    """The letter that convenes: when, where, the agenda in its two parts."""
    title = gettext("Convocation – %(title)s") % {"title": meeting.title}
    return _compiled(meeting, title, [_agenda(points)])


def minutes(
    meeting: Meeting,
    *,
    points: Sequence[AgendaItem],
    room: Room,
    quorum: Sequence[Reason],
    made: Sequence[DecisionItem],
    followed: Sequence[DecisionItem],
) -> bytes:
    """The minutes: who came, the quorum, the text, what was decided and what is still open."""
    title = gettext("Compte rendu – %(title)s") % {"title": meeting.title}
    sections = [
        _presence(meeting, room, quorum),
        _agenda(points),
        {"title": gettext("Compte rendu"), "paragraphs": _paragraphs(meeting.minutes)},
        _decisions(gettext("Décisions prises"), made),
        _decisions(gettext("Décisions suivies"), followed),
    ]
    return _compiled(meeting, title, [section for section in sections if _says(section)])


def _says(section: dict[str, Any]) -> bool:
    return bool(section.get("rows") or section.get("paragraphs"))


def _compiled(meeting: Meeting, title: str, sections: list[dict[str, Any]]) -> bytes:
    validated = meeting.minutes_validated_on
    data = {
        "overline": meeting.body.name,
        "contract": meeting.body.contract.name,
        "title": title,
        "facts": [
            [gettext("Quand"), capfirst(moment_of(meeting))],
            [gettext("Où"), meeting.place or gettext("lieu à préciser")],
            *([[gettext("Validé"), date_format(validated, "DATE_FORMAT")]] if validated else []),
        ],
        "sections": sections,
        "foot": gettext("%(contract)s · édité le %(day)s par Faubourg")
        % {"contract": meeting.body.contract.name, "day": date_format(timezone.localdate(), "DATE_FORMAT")},
    }
    return pdf.compile(TEMPLATE, data, lang=(get_language() or "fr")[:2], title=title)


def _agenda(points: Sequence[AgendaItem]) -> dict[str, Any]:
    return {
        "title": gettext("Ordre du jour"),
        "headers": [gettext("N°"), gettext("Point"), gettext("Volet"), gettext("Minutes")],
        "rows": [
            [str(rank), point.title, str(point.get_part_display()), str(point.minutes_planned or "–")]
            for rank, point in enumerate(points, start=1)
        ],
    }


def _presence(meeting: Meeting, room: Room, quorum: Sequence[Reason]) -> dict[str, Any]:
    """Seats by seat, then who came without one; the quorum and the printed count in words."""
    rows = [
        [
            place.line.seat.title,
            _organisation(place.line.seat),
            place.person_name or "–",
            _status(place.attendance),
        ]
        for place in room.places
    ]
    rows += [
        [gettext("sans siège"), _organisation(row), row.person_name or "–", _status(row)]
        for row in room.others
    ]
    said = [in_words(reason) for reason in quorum]
    if meeting.printed_attendance:
        said.append(gettext("Présence imprimée : %(said)s.") % {"said": meeting.printed_attendance})
    if meeting.present_count is not None:
        said.append(gettext("Personnes présentes : %(n)s.") % {"n": meeting.present_count})
    return {
        "title": gettext("Présences"),
        "headers": [gettext("Siège"), gettext("Organisation"), gettext("Personne"), gettext("Présence")],
        "rows": rows,
        "paragraphs": said,
    }


def _organisation(owner: Any) -> str:
    return owner.organisation.name if owner.organisation else "–"


def _status(attendance: Any) -> str:
    return str(attendance.get_status_display()) if attendance else gettext("non noté")


def _decisions(title: str, items: Sequence[DecisionItem]) -> dict[str, Any]:
    return {
        "title": title,
        "headers": [gettext("Décision"), gettext("Responsable"), gettext("Pour le"), gettext("État")],
        "rows": [
            [
                item.text,
                item.owner_name or (item.organisation.name if item.organisation else "–"),
                date_format(item.due_on, "SHORT_DATE_FORMAT") if item.due_on else "–",
                str(item.get_state_display()),
            ]
            for item in items
        ],
    }


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]

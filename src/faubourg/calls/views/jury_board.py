"""The one screen of a session: what every device in the room shows, and the dossier that it speaks of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faubourg.rules.calls import sittings as calendar
from faubourg.rules.calls.circuits import SITTING
from faubourg.rules.governance.quorum import Quorum

from ..access import can_run_call
from ..models import Envelope, Juror, JuryItem, JurySession
from ..queries.envelopes import places_in
from ..queries.jury_money import Held, held_of
from ..queries.sittings import Sitting, items_for, narrow, sitting_of, with_sums

GRANTED = ("retained", "retained_with_reserves")
WIDTH = 100


@dataclass(frozen=True)
class Line:
    """A dossier of the session as the list shows it."""

    item: JuryItem
    title: str
    who: str
    recused: tuple[Juror, ...]
    cents: int
    here: bool
    sitting: Sitting

    @property
    def quorum(self) -> Quorum:
        """Counted when it is shown: the dossier at hand only."""
        return self.sitting.quorum(self.item.application)


@dataclass(frozen=True)
class Bar:
    """An envelope with what is typed but not saved yet (`given`)."""

    held: Held
    given: int

    @property
    def left(self) -> int:
        """Negative when it would be overrun."""
        return self.held.left - self.given

    @property
    def over(self) -> int:
        """By how much."""
        return max(0, -self.left)

    @property
    def drawing(self) -> SafeString:
        """The share that is taken; the words beside say the same."""
        whole = max(self.held.available, self.held.taken + self.given, 1)
        taken, given = self.held.taken * WIDTH / whole, self.given * WIDTH / whole
        limit = self.held.available * WIDTH / whole
        return format_html(
            '<svg class="envelope-bar{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
            '<rect class="envelope-room" width="100" height="6"/>'
            '<rect class="envelope-taken" width="{}" height="6"/>'
            '<rect class="envelope-given" x="{}" width="{}" height="6"/>'
            '<rect class="envelope-over" x="{}" width="{}" height="6"/></svg>',
            " is-over" if self.over else "",
            f"{taken:.2f}",
            f"{taken:.2f}",
            f"{given:.2f}",
            f"{limit:.2f}",
            f"{WIDTH - limit if self.over else 0:.2f}",
        )


def bars_of(held: Sequence[Held], given: Mapping[int, int] | None = None) -> list[Bar]:
    """The envelopes of the call; `given`: cents by envelope of what is being typed."""
    return [Bar(one, (given or {}).get(one.envelope.pk, 0)) for one in held]


def stamped(session: JurySession, envelopes: Iterable[Envelope]) -> tuple[int, str]:
    """How many dossiers the session has, and its stamp; one query besides the envelopes.

    The stamp changes when anything that the screens show does: this session, other juries' decisions,
    envelopes.
    """
    items = JuryItem.objects.filter(session__jury__call=session.jury.call_id).aggregate(
        versions=Sum("version"), here=Count("pk", filter=Q(session=session))
    )
    money = sum(one.version + one.amount_cents + getattr(one, "changed", 0) for one in envelopes)
    return items["here"], f"{session.version}-{items['versions'] or 0}-{money}"


def board_of(
    request: HttpRequest, session: JurySession, envelopes: Sequence[Envelope] | None = None
) -> dict[str, Any]:
    """What every screen shows, less what this reader stands back from; `envelopes`: as announced."""
    sitting = sitting_of(session)
    items = list(with_sums(narrow(items_for(session, request.user))))
    places = [p for p in sitting.places if p.juror.person_id and p.juror.person_id == request.user.pk]
    mine = next((place for place in places if place.juror.left_on is None), None)
    held = held_of(session.jury.call_id, envelopes, places_in(session.jury.call))
    all_items, stamp = stamped(session, [one.envelope for one in held])
    quorum = sitting.quorum()
    day, today = timezone.localdate(session.starts_at), timezone.localdate()
    return {
        "call": session.jury.call,
        "jury": session.jury,
        "session": session,
        "state": SITTING.states[session.state],
        "sitting": sitting,
        "lines": [_line(item, sitting, session) for item in items],
        "hidden": all_items - len(items),
        "quorum": quorum,
        "bars": bars_of(held),
        "held": held,
        "stamp": stamp,
        "shown": "",
        "seat": mine.juror if mine else None,
        "my_place": mine,
        "may_run": can_run_call(request.user, session.jury.call),
        "invitation": calendar.judge_invitation(day, session.invited_on, today),
        "announced": calendar.judge_announced(day, sitting.announced, quorum.needed, today),
        "open": session.state == JurySession.State.OPEN,
        "planned": session.state == JurySession.State.PLANNED,
    }


def _line(item: JuryItem, sitting: Sitting, session: JurySession) -> Line:
    cents = (getattr(item, "proposed_cents", 0) or 0) if item.decision in GRANTED else 0
    dossier = item.application
    here = item.pk == session.at_hand_id
    return Line(
        item, dossier.title, dossier.organisation.name, sitting.recused(dossier), cents, here, sitting
    )

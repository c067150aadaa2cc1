"""The one screen of a session: what every device in the room shows, and the dossier that it speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faubourg.rules.calls import sittings as calendar
from faubourg.rules.calls.circuits import SITTING
from faubourg.rules.governance.quorum import Quorum

from ..access import can_run_call, seat_of
from ..models import Envelope, Juror, JuryItem, JurySession
from ..queries.jury_money import Held, Key, held_of
from ..queries.sittings import Sitting, hidden_count, items_for, sitting_of

GRANTED = ("retained", "retained_with_reserves")
WIDTH = 100


@dataclass(frozen=True)
class Line:
    """A dossier of the session as the list shows it."""

    item: JuryItem
    recused: tuple[Juror, ...]
    quorum: Quorum
    cents: int
    here: bool


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


def stamp_of(session: JurySession) -> str:
    """Changes when anything that the screens show does: this session, other juries' decisions, envelopes."""
    call = session.jury.call_id
    decided = JuryItem.objects.filter(session__jury__call=call).aggregate(n=Sum("version"))["n"]
    money = Envelope.objects.filter(funder__call=call).aggregate(n=Sum("version"))["n"]
    return f"{session.version}-{decided or 0}-{money or 0}"


def board_of(request: HttpRequest, session: JurySession) -> dict[str, Any]:
    """What every screen shows, less what this reader stands back from."""
    sitting = sitting_of(session)
    items = list(items_for(session, request.user).prefetch_related("amounts"))
    seat = seat_of(request.user, session.jury)
    quorum = sitting.quorum()
    day, today = timezone.localdate(session.starts_at), timezone.localdate()
    return {
        "call": session.jury.call,
        "jury": session.jury,
        "session": session,
        "state": SITTING.states[session.state],
        "sitting": sitting,
        "lines": [_line(item, sitting, session) for item in items],
        "hidden": hidden_count(session, items),
        "quorum": quorum,
        "bars": bars_of(held_of(session.jury.call_id)),
        "stamp": stamp_of(session),
        "shown": "",
        "seat": seat,
        "my_place": next((p for p in sitting.places if seat and p.juror.pk == seat.pk), None),
        "may_run": can_run_call(request.user, session.jury.call),
        "invitation": calendar.judge_invitation(day, session.invited_on, today),
        "announced": calendar.judge_announced(day, sitting.announced, quorum.needed, today),
        "open": session.state == JurySession.State.OPEN,
        "planned": session.state == JurySession.State.PLANNED,
    }


def _line(item: JuryItem, sitting: Sitting, session: JurySession) -> Line:
    cents = sum(amount.cents for amount in item.amounts.all()) if item.decision in GRANTED else 0
    application = item.application
    return Line(
        item, sitting.recused(application), sitting.quorum(application), cents, item.pk == session.at_hand_id
    )


def proposed_of(item: JuryItem) -> dict[Key, int]:
    """The amounts that stand for a dossier: decided, or prefilled."""
    return {(one.funder_id, one.nature, one.year): one.cents for one in item.amounts.all()}

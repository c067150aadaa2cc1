"""Who answers for a place, proposed and explained: what land, category and hour lead to. Nothing is written.

The proposal is kept with the report in French, sentence by sentence: a later edit of the table changes
nothing of why somebody was asked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from faubourg.base.sentences import in_words
from faubourg.base.together import together
from faubourg.rules import routing
from faubourg.rules.proximity.deadlines import day_in_paris, moment_at
from faubourg.rules.routing import Answer, Assignment, Holder, Moment, Referred, Routed, Unowned
from faubourg.rules.verdict import Reason
from faubourg.rules.working_days import Place

from ..models import Area, Category, Partner, Referent
from ..queries.attribution import Attribution, Lines, asked_of, drawn_up
from ..queries.land import Ground, grounds_of, lands_near


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom the table names. `partner` None: nobody (`answer` is Unowned) or another desk (Referred).

    `referent` is whoever of the partner is told first; `might` are those an arbitration would choose among.
    """

    answer: Answer
    grounds: tuple[Ground, ...]
    partner: Partner | None = None
    referent: Referent | None = None
    others: tuple[Partner, ...] = ()
    might: tuple[Partner, ...] = ()

    @property
    def desk(self) -> str:
        """The desk that must know, empty when it is a matter of proximity."""
        return self.answer.desk if isinstance(self.answer, Referred) else ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in the order in which one reads it."""
        return self.answer.reasons

    def kept(self, at: datetime) -> dict[str, Any]:
        """For `Ticket.routing`: ids, and sentences in French as they read that day."""
        with translation.override("fr"):
            reasons = [{"code": one.code, "met": one.met, "sentence": in_words(one)} for one in self.reasons]
        kinds = {Routed: "routed", Unowned: "unowned", Referred: "referred"}
        return {
            "answer": kinds[type(self.answer)],
            "at": timezone.localtime(at).isoformat(timespec="seconds"),
            "partner": self.partner.pk if self.partner else None,
            "referent": self.referent.pk if self.referent else None,
            "others": [one.pk for one in self.others],
            "might": [one.pk for one in self.might],
            "lands": [land.pk for ground in self.grounds for land in ground.lands],
            "desk": self.desk,
            "reasons": reasons,
        }


def route_at(
    area: Area,
    category: Category,
    lon: float,
    lat: float,
    accuracy_m: int | None,
    *,
    at: datetime,
    consented: bool = False,
) -> Proposal:
    """Who answers for this category there and then; WGS 84, metres. One query."""
    if category.desk:
        table = routing.Table((routing.Category(category.name, category.desk),), (), ())
        moment = Moment(0, 0)
        return Proposal(routing.route(table, category.name, (), moment, consented=consented), ())
    day = day_in_paris(at)
    found = together(lands=lands_near(area, lon, lat, accuracy_m, day), **asked_of(area))
    grounds = grounds_of(found["lands"], lon, lat, accuracy_m)
    attribution = drawn_up(found, day)
    lines = Lines(attribution, (category,), tuple(dict.fromkeys((g.partner, g.use) for g in grounds)))
    place = Place.ALSACE_MOSELLE if area.alsace_moselle else Place.FRANCE
    holders = [Holder(lines.owner((one.partner, one.use)), one.certain) for one in grounds]
    return _named(attribution, grounds, answer_of(lines, category, holders, moment_at(at, place)))


def answer_of(lines: Lines, category: Category, holders: list[Holder], moment: Moment) -> Answer:
    """What the table says; the partners that the deciding line adds come with it."""
    answer = routing.route(lines.table(), lines.category(category), holders, moment)
    if not isinstance(answer, Routed):
        return answer
    helping = lines.helping(answer.lead.rule)
    return routing.route(helping, lines.category(category), holders, moment) if helping else answer


def _named(attribution: Attribution, grounds: tuple[Ground, ...], answer: Answer) -> Proposal:
    if isinstance(answer, Routed):
        partner = attribution.by_name(answer.lead.partner)
        others = tuple(filter(None, (attribution.by_name(one.partner) for one in answer.others)))
        return Proposal(answer, grounds, partner, _referent(attribution, partner, answer.lead), others)
    if isinstance(answer, Unowned):
        return Proposal(answer, grounds, might=tuple(filter(None, map(attribution.by_name, answer.partners))))
    return Proposal(answer, grounds)


def _referent(attribution: Attribution, partner: Partner | None, lead: Assignment) -> Referent | None:
    """The one that the rules chose: its code ends with its id."""
    pk = int(lead.referent.rpartition(":")[2])
    found = attribution.referents.get(partner.pk, ()) if partner else ()
    return next((one for one in found if one.pk == pk), None)

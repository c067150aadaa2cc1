"""Who may do what with one report: the area's team, the partner that has it, residents who check it."""

from collections.abc import Iterable
from datetime import date

from faubourg.base.lasting import lasts_on
from faubourg.people.access import Visitor
from faubourg.people.models import Membership, Person
from faubourg.rules.verdict import Verdict, mark

from ..models import AreaSeat, Category, Partner, Ticket
from .areas import can_follow_area, can_run_area, can_take_calls, needs, partners_of, tasks_of


def can_read_workings(person: Visitor, ticket: Ticket, on: date | None = None) -> Verdict:
    """Read what was typed, the photographs, the notes between services; who reported is for the team."""
    home = ticket.category.theme == Category.Theme.HOUSING
    partners = {one.pk for one in partners_of(person, ticket.area, on)} if home else set()
    if partners and ticket.partner_id not in partners:
        # A landlord is a partner too: who lives badly must not be known by whoever lets the dwelling.
        return needs(
            person,
            can_take_calls(person, ticket.area, on).ok is True,
            "team_and_desk_only",
            mark(
                "Un logement dégradé est lu par l’équipe et le guichet qui le traite, jamais par un bailleur."
            ),
        )
    return can_follow_area(person, ticket.area, on)


def can_run_ticket(person: Visitor, ticket: Ticket, on: date | None = None) -> Verdict:
    """Qualify, attribute, arbitrate, refuse, refer; read who reported and call them."""
    return can_run_area(person, ticket.area, on)


def acts_for(person: Visitor, ticket: Ticket, on: date | None = None) -> bool:
    """Whether this person answers for the partner that leads this report."""
    return ticket.partner_id in {partner.pk for partner in partners_of(person, ticket.area, on)}


def can_repair(person: Visitor, ticket: Ticket, on: date | None = None) -> Verdict:
    """Plan, start, declare done, contest: the partner it is attributed to, or the team in its name."""
    partner = ticket.partner.name if ticket.partner else ""
    return needs(
        person,
        acts_for(person, ticket, on) or can_run_ticket(person, ticket, on).ok is True,
        "its_partner_only",
        mark("Ce signalement est attribué à « {partner} » : ses référent·e·s et l’équipe y répondent."),
        partner=partner,
    )


def can_answer_share(person: Visitor, partner: Partner, ticket: Ticket, on: date | None = None) -> Verdict:
    """Say that one's part is done: the partner asked beside the one that leads, or the team."""
    asked = partner.pk in {one.pk for one in partners_of(person, ticket.area, on)}
    return needs(
        person,
        asked or can_run_ticket(person, ticket, on).ok is True,
        "its_partner_only",
        mark("Ce signalement est attribué à « {partner} » : ses référent·e·s et l’équipe y répondent."),
        partner=partner.name,
    )


def can_check(person: Visitor, ticket: Ticket, on: date | None = None) -> Verdict:
    """Say with an account whether it is really done: a resident or a relay; nobody who works for the area,
    nor a colleague of who did it, nor who said that it was.
    """
    done = needs(
        person,
        not _did_it(person, ticket, on),
        "not_who_did_it",
        mark("Qui a fait le travail ne le vérifie pas : un·e habitant·e ou un·e relais dit ce qui se voit."),
    )
    if not done.ok:
        return done
    return needs(
        person,
        not can_follow_area(person, ticket.area, on).ok,
        "residents_check",
        mark(
            "Qui suit « {area} » par son travail ou son mandat ne vérifie pas : un·e habitant·e ou un·e "
            "relais dit ce qui se voit."
        ),
        area=ticket.area.name,
    )


def _did_it(person: Visitor, ticket: Ticket, on: date | None) -> bool:
    """Whether they answer for a partner that worked on it, are of its house, or declared it done."""
    if not isinstance(person, Person):
        return False
    worked = [share.partner for share in ticket.shares.all()]
    if ticket.partner is not None:
        worked.append(ticket.partner)
    answered = {partner.pk for partner in partners_of(person, ticket.area, on)}
    if answered & {partner.pk for partner in worked} or _of_the_house(person, worked, on):
        return True
    declared = ticket.steps.filter(move="declare_done").order_by("-pk").values_list("by", flat=True).first()
    return declared == person.ref


def _of_the_house(person: Person, partners: Iterable[Partner], on: date | None) -> bool:
    """Whether they work that day in the organisation of one of these services."""
    houses = {partner.organisation_id for partner in partners}
    held = Membership.objects.filter(lasts_on(on), person=person, organisation__in=houses)
    return bool(houses) and held.exists()


def is_relay(person: Visitor, ticket: Ticket, on: date | None = None) -> bool:
    """Whether this person relays residents in this area."""
    return isinstance(person, Person) and AreaSeat.Task.RELAY in tasks_of(person, ticket.area, on)

"""A report from hand to hand: qualified, attributed, contested, arbitrated, done, checked, closed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from faubourg.base.actor import Actor
from faubourg.base.models import JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.proximity.models import Arbitration, Check, Ticket
from faubourg.proximity.queries.weeks import monday_of, week_and_last
from faubourg.proximity.services import attributing, repairing, settling
from faubourg.rules.proximity.circuits import REPORT
from tests.factories.proximity import (
    AreaFactory,
    CategoryFactory,
    PartnerFactory,
    ReferentFactory,
    TicketFactory,
)

pytestmark = pytest.mark.django_db
TEAM = Actor(ref=None, name="L’équipe")


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def partner(area):
    found = PartnerFactory(area=area, name="Propreté")
    ReferentFactory(partner=found)
    return found


def at(area, state, **fields):
    return TicketFactory(area=area, state=state, **fields)


def refusals(refused):
    return {reason.code for reason in refused.value.verdict.refusals()}


def test_a_report_travels_from_the_tap_to_its_closing(area, partner):
    ticket = at(area, "new")
    attributing.qualify(
        ticket=ticket, category=ticket.category, severity=2, public_text="Un dépôt au pied de la tour",
        partner=partner, base_version=ticket.version, by=TEAM,
    )  # fmt: skip
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner, ticket.severity) == ("assigned", partner, 2)
    today = timezone.localdate()
    repairing.plan(ticket=ticket, on=today, words="", base_version=ticket.version, by=TEAM)
    repairing.start(ticket=ticket, base_version=ticket.version + 1, by=TEAM)
    repairing.declare_done(ticket=ticket, words="Enlevé", base_version=ticket.version + 2, by=TEAM)
    repairing.check_repair(ticket=ticket, who=Check.Who.REPORTER, repaired=True, text="Merci", by=TEAM)
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert ticket.closed_at is not None
    assert [step.after for step in ticket.steps.all()] == [
        "qualified", "assigned", "planned", "in_progress", "declared_done", "verified", "closed",
    ]  # fmt: skip
    assert JournalEntry.objects.filter(act="proximity.moved", object_ref=str(ticket.pk)).count() == 7


def test_another_category_moves_the_deadline_from_the_day_it_came(area, partner):
    ticket = at(area, "new", due_on=date(2026, 3, 31))
    quick = CategoryFactory(area=area, working_days=2)
    held = attributing.qualify(
        ticket=ticket, category=quick, severity=None, public_text="", partner=None,
        base_version=ticket.version, by=TEAM,
    )  # fmt: skip
    # Came on Monday 2 March.
    assert held.due_on == date(2026, 3, 4)


def test_nothing_is_attributed_to_an_absent_person(area):
    vacant = PartnerFactory(area=area)
    ReferentFactory(partner=vacant, until=date(2021, 1, 1))
    ticket = at(area, "qualified")
    with pytest.raises(Refused) as refused:
        attributing.assign(ticket=ticket, partner=vacant, words="", base_version=1, by=TEAM)
    assert refusals(refused) == {"report_referent"}


def test_one_referent_may_answer_for_several_landlords(area, partner):
    landlord = PartnerFactory(area=area)
    partner.answers_for.add(landlord)
    ticket = at(area, "qualified")
    held = attributing.assign(ticket=ticket, partner=landlord, words="", base_version=1, by=TEAM)
    assert held.state == "assigned"


def test_a_partner_of_another_area_does_not_answer_here(area):
    elsewhere = PartnerFactory()
    ReferentFactory(partner=elsewhere)
    with pytest.raises(Refused) as refused:
        attributing.assign(ticket=at(area, "qualified"), partner=elsewhere, words="", base_version=1, by=TEAM)
    assert refusals(refused) == {"other_area"}


def test_degraded_housing_is_never_treated_as_litter(area, partner):
    housing = CategoryFactory(area=area, theme="housing", desk="Signal Logement")
    ticket = at(area, "qualified", category=housing)
    with pytest.raises(Refused) as refused:
        attributing.assign(ticket=ticket, partner=partner, words="", base_version=1, by=TEAM)
    assert refusals(refused) == {"another_desk"}
    with pytest.raises(Refused) as refused:
        settling.refer(ticket=ticket, desk="", consented=False, base_version=1, by=TEAM)
    assert refusals(refused) == {"report_consent"}
    held = settling.refer(ticket=ticket, desk="", consented=True, base_version=1, by=TEAM)
    assert (held.state, held.public_reason) == ("referred", "Signal Logement")


def test_what_a_partner_contests_is_arbitrated_within_ten_days(area, partner):
    ticket = at(area, "assigned", partner=partner)
    held = attributing.contest(ticket=ticket, reason="C’est au bailleur", base_version=1, by=TEAM)
    assert (held.state, held.partner) == ("unowned", None)
    opened = Arbitration.objects.get(ticket=ticket)
    waited = opened.due_on - timezone.localdate()
    assert timedelta(days=10) <= waited <= timedelta(days=14)
    landlord = PartnerFactory(area=area)
    ReferentFactory(partner=landlord)
    with pytest.raises(Refused) as refused:
        attributing.arbitrate(ticket=held, partner=landlord, decision="", base_version=held.version, by=TEAM)
    assert refusals(refused) == {"report_reason"}
    attributing.arbitrate(
        ticket=held, partner=landlord, decision="Pied d’immeuble", base_version=held.version, by=TEAM
    )
    opened.refresh_from_db()
    ticket.refresh_from_db()
    assert (ticket.partner, opened.decided_for, opened.contested_by) == (landlord, landlord, partner)


def test_not_repaired_opens_it_again_with_a_new_delay(area, partner):
    done = timezone.now() - timedelta(days=1)
    ticket = at(area, "declared_done", partner=partner, declared_done_at=done, due_on=date(2020, 1, 1))
    repairing.check_repair(
        ticket=ticket, who=Check.Who.RELAY, repaired=False, text="Le tas est toujours là", by=TEAM
    )
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened, ticket.declared_done_at) == ("assigned", 1, None)
    assert ticket.due_on > timezone.localdate()
    assert ticket.steps.get().note == "Le tas est toujours là"
    assert not ticket.steps.get().public


@pytest.mark.parametrize("vacant", ["nobody", "left", "inactive"])
@pytest.mark.parametrize("way", ["checked", "reopened"])
def test_reopened_with_nobody_in_post_it_waits_where_an_owner_is_looked_for(area, vacant, way):
    gone = PartnerFactory(area=area, name="Bailleur", active=vacant != "inactive")
    if vacant == "left":
        ReferentFactory(partner=gone, since=date(2020, 1, 1), until=date(2021, 1, 1))
    elif vacant == "inactive":
        ReferentFactory(partner=gone)
    ticket = at(area, "declared_done", partner=gone, declared_done_at=timezone.now(), answer_by="email",
                contact="a@exemple.fr")  # fmt: skip
    words = "Camille dit que le tas est là"
    if way == "checked":
        repairing.check_repair(ticket=ticket, who=Check.Who.REPORTER, repaired=False, text=words, by=TEAM)
    else:
        repairing.reopen(ticket=ticket, reason=words, base_version=None, by=TEAM, typed=True)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner, ticket.reopened) == ("unowned", None, 1)
    assert ticket.steps.get().partner == gone
    opened = ticket.arbitrations.get()
    assert opened.due_on > timezone.localdate()
    assert "Bailleur" in opened.reason
    assert "Camille" not in opened.reason
    assert not JournalEntry.objects.filter(payload__contains="Camille").exists()
    assert "rouvert" in ticket.news.get().text
    somebody = PartnerFactory(area=area)
    ReferentFactory(partner=somebody)
    attributing.arbitrate(
        ticket=ticket, partner=somebody, decision="Repris", base_version=ticket.version, by=TEAM
    )
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner) == ("assigned", somebody)


def test_somebody_who_speaks_for_a_partner_keeps_it(area):
    silent, speaking = PartnerFactory(area=area), PartnerFactory(area=area)
    speaking.answers_for.add(silent)
    ReferentFactory(partner=speaking)
    ticket = at(area, "closed", partner=silent)
    repairing.reopen(ticket=ticket, reason="Revenu", base_version=None, by=TEAM)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner) == ("assigned", silent)


def test_a_no_without_words_still_says_why(area, partner):
    ticket = at(area, "declared_done", partner=partner, declared_done_at=timezone.now())
    repairing.check_repair(ticket=ticket, who=Check.Who.REPORTER, repaired=False, text=" ", by=TEAM)
    assert ticket.steps.get().note


@pytest.mark.parametrize(("days", "closed"), [(14, 0), (15, 0), (16, 1)])
def test_fifteen_days_of_silence_close(area, days, closed):
    ticket = at(area, "declared_done", declared_done_at=timezone.now() - timedelta(days=days))
    assert repairing.close_by_silence() == closed
    assert repairing.close_by_silence() == 0
    ticket.refresh_from_db()
    assert ticket.state == ("closed" if closed else "declared_done")


def test_a_convention_may_leave_more_time(area):
    area.silence_days = 30
    area.save()
    at(area, "declared_done", declared_done_at=timezone.now() - timedelta(days=20))
    assert repairing.close_by_silence() == 0


def test_a_duplicate_is_never_of_a_duplicate(area):
    first, second, third = (at(area, "qualified") for _ in range(3))
    settling.mark_duplicate(ticket=third, original=second, base_version=1, by=TEAM)
    settling.mark_duplicate(ticket=second, original=first, base_version=1, by=TEAM)
    third.refresh_from_db()
    assert third.original == first
    again = at(area, "qualified")
    assert settling.mark_duplicate(ticket=again, original=second, base_version=1, by=TEAM).original == first
    with pytest.raises(Refused) as refused:
        settling.mark_duplicate(ticket=first, original=second, base_version=1, by=TEAM)
    assert refusals(refused) == {"duplicate_of_itself"}


def test_a_duplicate_is_of_the_same_area(area):
    ticket, elsewhere = at(area, "qualified"), TicketFactory()
    with pytest.raises(Refused) as refused:
        settling.mark_duplicate(ticket=ticket, original=elsewhere, base_version=1, by=TEAM)
    assert refusals(refused) == {"duplicate_elsewhere"}


def test_a_refusal_says_why_to_everybody(area):
    ticket = at(area, "new")
    with pytest.raises(Refused):
        settling.refuse(ticket=ticket, reason=" ", base_version=1, by=TEAM)
    settling.refuse(ticket=ticket, reason="Un chantier privé", base_version=1, by=TEAM)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.public_reason) == ("refused", "Un chantier privé")
    held = settling.reconsider(ticket=ticket, reason="Il déborde", base_version=ticket.version, by=TEAM)
    assert (held.state, held.public_reason) == ("qualified", "")


def test_a_refused_place_of_nobody_leaves_no_arbitration(area):
    ticket = at(area, "qualified")
    attributing.find_no_owner(ticket=ticket, reason="Friche", base_version=1, by=TEAM)
    settling.refuse(ticket=ticket, reason="Hors du territoire", base_version=None, by=TEAM)
    assert not Arbitration.objects.exists()


def test_an_act_on_another_version_is_refused(area, partner):
    ticket = at(area, "qualified", version=3)
    with pytest.raises(Conflict):
        attributing.assign(ticket=ticket, partner=partner, words="", base_version=2, by=TEAM)


def test_a_day_gone_is_not_planned(area, partner):
    ticket = at(area, "assigned", partner=partner)
    with pytest.raises(Refused) as refused:
        repairing.plan(
            ticket=ticket, on=timezone.localdate() - timedelta(days=1), words="", base_version=1, by=TEAM
        )
    assert refusals(refused) == {"planned_before_today"}


def test_several_partners_on_one_report(area, partner):
    ticket = at(area, "assigned", partner=partner)
    other = PartnerFactory(area=area)
    share = attributing.share(ticket=ticket, partner=other, words="La lampe", by=TEAM)
    assert attributing.share(ticket=ticket, partner=other, words="Les deux lampes", by=TEAM).pk == share.pk
    with pytest.raises(Refused):
        attributing.share(ticket=ticket, partner=partner, words="", by=TEAM)
    attributing.share_done(share=share, words="Remplacées", by=TEAM)
    share.refresh_from_db()
    assert share.done_on == timezone.localdate()


def test_nothing_is_said_in_an_empty_note(area):
    with pytest.raises(Refused):
        attributing.note(ticket=at(area, "new"), text=" \u202e", by=TEAM)
    assert attributing.note(ticket=at(area, "new"), text="Voir le gardien", by=TEAM).text == "Voir le gardien"


def test_every_state_of_the_table_fits_its_column():
    assert all(len(state) <= Ticket._meta.get_field("state").max_length for state in REPORT.states)


def test_what_waits_for_an_owner_already_is_not_reopened(area):
    ticket = at(area, "unowned")
    ticket.arbitrations.create(opened_on=date(2026, 3, 2), due_on=date(2026, 3, 12), reason="Place privée")
    with pytest.raises(Refused):
        repairing.reopen(ticket=ticket, reason="Revenu", base_version=None, by=TEAM)
    assert ticket.arbitrations.count() == 1


def test_why_nobody_answers_is_kept_in_the_language_of_the_team(area):
    ticket = at(area, "closed", partner=PartnerFactory(area=area, name="Bailleur"))
    with override("en"):
        repairing.reopen(ticket=ticket, reason="Back again", base_version=None, by=TEAM)
    assert ticket.arbitrations.get().reason.startswith("Rouvert")


def test_the_week_counts_what_was_reopened_whoever_is_left_to_answer(area, partner):
    for held in (partner, PartnerFactory(area=area)):
        ticket = at(area, "closed", partner=held)
        repairing.reopen(ticket=ticket, reason="Revenu", base_version=None, by=TEAM)
    this, _last = week_and_last(area, monday_of(timezone.localdate()))
    assert this.reopened == 2

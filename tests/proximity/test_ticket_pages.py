"""The pages of reports: what everybody reads, what the team and partners do, lists that stay quick."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.people.models import RoleGrant
from faubourg.proximity.forms import tickets as forms
from faubourg.proximity.models import AreaSeat, Ticket
from faubourg.rules.working_days import working_days_between
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.proximity import (
    ArbitrationFactory,
    AreaFactory,
    AreaSeatFactory,
    PartnerFactory,
    ReferentFactory,
    TicketFactory,
)

pytestmark = pytest.mark.django_db
SECRETS = ("Madame Secrète", "06 12 34 56 78", "porte 14", "Un dépôt sauvage")


@pytest.fixture
def area():
    return AreaFactory(code="ville")


@pytest.fixture
def team(client, area):
    client.force_login(AreaSeatFactory(area=area).person)
    return client


def typed(area, **fields):
    return TicketFactory(
        area=area,
        contact_name=SECRETS[0],
        contact=SECRETS[1],
        place_words=SECRETS[2],
        answer_by="sms",
        **fields,
    )


def sheet(ticket):
    return reverse("ticket", args=[ticket.reference])


def act(ticket, code):
    return reverse("ticket_act", args=[ticket.reference, code])


def test_nothing_personal_is_public(client, area):
    ticket = typed(area, public_text="Un tas au pied de la tour")
    page = client.get(sheet(ticket)).content.decode()
    assert "Un tas au pied de la tour" in page
    assert not [secret for secret in SECRETS if secret in page]


def test_a_partner_reads_what_was_typed_but_not_who(client, area):
    partner = PartnerFactory(area=area)
    client.force_login(ReferentFactory(partner=partner).person)
    page = client.get(sheet(typed(area, state="assigned", partner=partner))).content.decode()
    assert "Un dépôt sauvage" in page
    assert "Madame Secrète" not in page
    assert "06 12 34 56 78" not in page


def test_the_team_reads_who_reported(team, area):
    assert "Madame Secrète" in team.get(sheet(typed(area))).content.decode()


def test_an_unknown_reference_is_told(client):
    answer = client.get("/signalements/RIEN/")
    assert answer.status_code == 404


def test_the_team_qualifies_in_one_form(team, area):
    partner = ReferentFactory(partner__area=area).partner
    ticket = typed(area)
    said = {
        "version": ticket.version, "category": ticket.category.pk, "severity": "3",
        "public_text": "Un tas", "partner": partner.pk,
    }  # fmt: skip
    assert team.post(act(ticket, "qualifier"), said).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.partner) == ("assigned", partner)


def test_what_was_typed_stays_when_it_is_refused(team, area):
    ticket = typed(area, state="qualified")
    answer = team.post(
        act(ticket, "refuser"), {"version": ticket.version + 1, "reason": "Un motif long à écrire"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Un motif long à écrire" in page
    assert "a changé entre-temps" in page
    ticket.refresh_from_db()
    assert ticket.state == "qualified"


def test_a_form_without_its_version_overwrites_nothing(team, area):
    ticket = typed(area, state="qualified")
    assert team.post(act(ticket, "refuser"), {"reason": "Non"}).status_code == 422


def test_a_partner_contests_but_does_not_refuse(client, area):
    partner = ReferentFactory(partner__area=area).partner
    client.force_login(partner.referents.get().person)
    ticket = TicketFactory(area=area, state="assigned", partner=partner)
    assert client.post(act(ticket, "refuser"), {"reason": "Non", "version": 1}).status_code == 403
    assert client.post(act(ticket, "contester"), {"reason": "Au bailleur", "version": 1}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == "unowned"


def test_another_partner_answers_for_nothing_here(client, area):
    client.force_login(ReferentFactory(partner__area=area).person)
    ticket = TicketFactory(area=area, state="assigned", partner=PartnerFactory(area=area))
    assert client.post(act(ticket, "declarer-fait"), {"version": 1}).status_code == 403


def test_a_resident_with_an_account_checks_but_never_who_did_it(client, area):
    partner = ReferentFactory(partner__area=area).partner
    done = {"state": "declared_done", "declared_done_at": timezone.now(), "partner": partner}
    address = reverse("ticket_check", args=[TicketFactory(area=area, **done).reference])
    client.force_login(partner.referents.get().person)
    assert client.post(address, {"repaired": "yes"}).status_code == 403
    client.force_login(PersonFactory())
    assert client.post(address, {"repaired": "yes"}).status_code == 302
    assert Ticket.objects.get().state == "closed"


def test_a_relay_is_known_as_one(client, area):
    relay = AreaSeatFactory(area=area, task=AreaSeat.Task.RELAY).person
    ticket = TicketFactory(area=area, state="declared_done", declared_done_at=timezone.now())
    client.force_login(relay)
    client.post(reverse("ticket_check", args=[ticket.reference]), {"repaired": "no", "text": "Encore là"})
    assert ticket.checks.get().who == "relay"


@pytest.mark.parametrize("name", ["area_tickets", "area_unowned", "area_week"])
def test_the_delegate_follows_and_a_visitor_does_not(client, area, name):
    address = reverse(name, args=[area.code])
    assert client.get(address).status_code in (302, 403)
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 403
    delegate = RoleGrantFactory(
        role=RoleGrant.Role.PREFECT_DELEGATE, scope_kind="commune", scope_code=area.territory.code
    ).person
    client.force_login(delegate)
    assert client.get(address).status_code == 200


def test_the_list_is_narrowed_by_state_lateness_and_partner(team, area):
    partner = PartnerFactory(area=area)
    late = timezone.localdate() - timedelta(days=7)
    TicketFactory(area=area, reference="TARD", state="assigned", partner=partner, due_on=late)
    TicketFactory(area=area, reference="NEUF")
    TicketFactory(reference="LOIN")
    address = reverse("area_tickets", args=[area.code])

    def shown(**asked):
        page = team.get(address, asked).content.decode()
        return {name for name in ("TARD", "NEUF", "LOIN") if f">{name}<" in page}

    assert shown() == {"TARD", "NEUF"}
    assert shown(retard="on") == {"TARD"}
    assert shown(etat="new") == {"NEUF"}
    assert shown(qui=partner.pk) == {"TARD"}
    assert shown(qui=0) == {"NEUF"}
    assert shown(q="neu") == {"NEUF"}
    assert (
        f"{working_days_between(late, timezone.localdate())} j"
        in team.get(address, {"retard": "on"}).content.decode()
    )


def test_a_day_of_the_list_is_short_and_french(team, area):
    TicketFactory(area=area, due_on=date(2026, 2, 1))
    page = team.get(reverse("area_tickets", args=[area.code])).content.decode()
    assert "1er\u00a0fév.\u00a02026" in page


def test_a_referent_sees_what_is_asked_of_them_nearest_first(client, area):
    partner = ReferentFactory(partner__area=area).partner
    client.force_login(partner.referents.get().person)
    TicketFactory(area=area, reference="PRES", state="assigned", partner=partner, lon=3.0, lat=45.0)
    TicketFactory(area=area, reference="LOIN", state="assigned", partner=partner, lon=3.1, lat=45.0)
    TicketFactory(area=area, reference="AUTRE", state="assigned", partner=PartnerFactory(area=area))
    near = client.get("/mes-signalements/", {"lon": "3.0001", "lat": "45"}).context["near"]
    assert [one.reference for one in near] == ["PRES", "LOIN"]
    assert client.get("/mes-signalements/", {"lon": "nan", "lat": "x"}).context["near"] is None


def test_the_week_counts_what_came_and_what_was_closed(team, area):
    TicketFactory(area=area, created_at=timezone.now())
    TicketFactory(area=area, created_at=timezone.now() - timedelta(days=30))
    context = team.get(reverse("area_week", args=[area.code])).context
    assert context["week"].came == 1
    assert context["next"] is None
    assert team.get(reverse("area_week", args=[area.code]), {"du": "n'importe"}).status_code == 200


@pytest.mark.parametrize("name", ["area_tickets", "area_unowned", "area_week"])
def test_lists_ask_as_much_for_three_as_for_one(team, area, name, django_assert_max_num_queries):
    address = reverse(name, args=[area.code])
    counts = []
    for more in (1, 2):
        fill(area, more)
        with django_assert_max_num_queries(15) as captured:
            assert team.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_of_fifty_asks_twelve_questions_at_most(team, area, django_assert_max_num_queries):
    fill(area, 30)
    with django_assert_max_num_queries(12):
        team.get(reverse("area_tickets", args=[area.code]))


def fill(area, n):
    """One late report and one that nobody owns, `n` times."""
    late = timezone.localdate() - timedelta(days=1)
    for _ in range(n):
        ArbitrationFactory(ticket__area=area, ticket__state="unowned")
        TicketFactory(area=area, state="assigned", partner=PartnerFactory(area=area), due_on=late)


@pytest.mark.parametrize("form", [forms.PartnerForm, forms.PlanForm, forms.DoneForm, forms.CheckForm])
def test_a_label_leaves_it_to_the_page_to_say_what_is_optional(form):
    assert not [field.label for field in form.base_fields.values() if "facultati" in str(field.label)]

"""A GUP convention: perimeter and duration with why, plan, reviews that keep their figures, no gap (J5.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.refusal import Refused
from faubourg.contracts.models import Convention
from faubourg.contracts.services import amendments, signing
from faubourg.contracts.services.convention_moves import advance_convention
from faubourg.contracts.services.conventions import Terms
from faubourg.proximity.models import Category, GupReview, Proposal
from faubourg.proximity.queries import gup as queries
from faubourg.proximity.services import gup as services
from faubourg.proximity.services.gup import ActionWords, Words
from faubourg.rules.convention_circuit import Act
from faubourg.rules.expiry import add_months
from tests.factories.contracts import ContractFactory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    ObservationFactory,
    PartnerFactory,
    TicketFactory,
    WalkFactory,
)
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ANSWERS = dict.fromkeys(queries.QUESTIONS, "Oui, à leur façon.")


@pytest.fixture
def area():
    found = AreaFactory(code="ville")
    found.contracts.add(ContractFactory())
    return found


@pytest.fixture
def team(area):
    return AreaSeatFactory(area=area).person


def terms(**more):
    told = {
        "kind": "gup", "title": "GUP d’essai", "starts_on": TODAY - timedelta(days=400),
        "ends_on": TODAY + timedelta(days=300), "duration_reason": "alignée sur le mandat",
    }  # fmt: skip
    return Terms(**{**told, **more})


def opened(area, team, *, words=None, **more):
    return services.open_gup(
        area=area, contract=area.contracts.first(), terms=terms(**more), words=words or Words(), by=team.actor
    )


def active(area, team, **more):
    gup = opened(area, team, **more)
    party = signing.add_party(agreement=gup.convention, name="Ville", by=team.actor)
    signing.sign_party(party=party, on=TODAY, by=team.actor)
    gup.convention.refresh_from_db()
    advance_convention(convention=gup.convention, act=Act.ACTIVATE, on=TODAY, by=team.actor)
    gup.convention.refresh_from_db()
    return gup


class TestTerms:
    def test_a_targeted_perimeter_is_refused_without_its_shared_diagnosis(self, area, team):
        place = TerritoryFactory(neighbourhood=True)
        targeted = {
            "scope": Convention.Scope.TARGETED,
            "territories": [place],
            "scope_reason": "Vu.",
        }
        with pytest.raises(Refused, match="diagnostic partagé"):
            opened(area, team, **targeted)
        walk = WalkFactory(area=area, state="restored")
        gup = opened(area, team, words=Words(walks=[walk]), **targeted)
        assert list(gup.diagnosis.all()) == [walk]

    def test_a_walk_of_elsewhere_justifies_nothing(self, area, team):
        with pytest.raises(Refused, match="autre territoire"):
            opened(area, team, words=Words(walks=[WalkFactory()]))

    def test_a_duration_says_why(self, area, team):
        with pytest.raises(Refused, match="Dites pourquoi cette durée"):
            opened(area, team, duration_reason="")

    def test_the_duration_is_judged_against_the_mandate(self, area, team):
        gup = opened(area, team, starts_on=date(2027, 1, 1), ends_on=date(2029, 12, 31))
        reason = queries.duration_of(gup.convention, date(2027, 1, 1))
        assert (reason.met, reason.threshold) == (False, date(2033, 3, 1))


class TestPlanAndReviews:
    def test_an_action_is_told_once_in_the_plan_of_the_contract(self, area, team):
        gup = opened(area, team)
        words = ActionWords(title="Réparer les bancs", operating_cents=500_000, investment_cents=1_200_000)
        row = services.write_action(gup=gup, words=words, by=team.actor)
        assert row.action.contract == area.contracts.first()
        TicketFactory(area=area, action=row.action, state="closed")
        told = queries.actions_of(gup).get()
        assert (told.tickets, told.closed) == (1, 1)
        assert queries.budget_of(gup) == {"operating": 500_000, "investment": 1_200_000}

    def test_a_review_fills_itself_and_keeps_its_figures(self, area, team):
        gup = active(area, team)
        partner, noon = PartnerFactory(area=area), timezone.now()
        category = Category.objects.create(area=area, code="a", name="A", theme="bulky")
        common = {"area": area, "category": category, "partner": partner, "created_at": noon}
        TicketFactory(**common, state="closed", declared_done_at=noon + timedelta(days=2))
        TicketFactory(**common, reopened=1, by_night=True)
        walk = WalkFactory(area=area, state="restored", starts_at=noon, people_count=11)
        ObservationFactory(walk=walk)
        Proposal.objects.create(walk=walk, title="Un banc", fate="dropped", reason="Déjà fait")
        review = services.prepare_review(gup=gup, kind="annual", year=TODAY.year, by=team.actor)
        told = review.figures
        assert (told["all"]["count"], told["closed"], told["all"]["reopened"]) == (2, 1, 1)
        assert (told["walks"], told["participants"], told["proposals"]) == (1, 11, {"dropped": 1})
        assert told["partners"][0]["median"] == 2
        with pytest.raises(Refused, match="Des chiffres ne suffisent pas"):
            services.publish_review(review=review, base_version=review.version, by=team.actor)
        review = services.write_review(
            review=review, summary="Mieux.", answers=ANSWERS, base_version=review.version, by=team.actor
        )
        services.publish_review(review=review, base_version=review.version, by=team.actor)
        TicketFactory(**common)
        assert GupReview.objects.get().figures["all"]["count"] == 2
        again = GupReview.objects.get()
        with pytest.raises(Refused, match="est publié"):
            services.write_review(
                review=again, summary="", answers={}, base_version=again.version, by=team.actor
            )

    def test_prepared_twice_it_is_one(self, area, team):
        gup = active(area, team)
        for _time in range(2):
            services.prepare_review(gup=gup, kind="annual", year=TODAY.year, by=team.actor)
        assert gup.reviews.count() == 1

    def test_no_review_of_a_year_to_come(self, area, team):
        with pytest.raises(Refused, match="pas commencée"):
            services.prepare_review(gup=opened(area, team), kind="annual", year=TODAY.year + 1, by=team.actor)


def test_from_the_alert_to_the_next_convention_without_a_gap(area, team):
    gup = active(area, team)
    convention, ends = gup.convention, gup.convention.ends_on
    assert queries.ending(convention, TODAY).notice == 12
    bridge = amendments.propose_bridge(agreement=convention, by=team.actor)
    assert queries.bridge_of(convention) == bridge
    amendments.sign_amendment(amendment=bridge, signed_on=TODAY, by=team.actor)
    convention.refresh_from_db()
    assert convention.ends_on == add_months(ends, 12)
    assert queries.ending(convention, TODAY) is None
    # A year later the alert is back; the next convention begins the day after and follows the mandate.
    later = add_months(convention.ends_on, -6)
    assert queries.ending(convention, later).notice == 6
    following = terms(
        title="GUP suivante", starts_on=convention.ends_on + timedelta(days=1), ends_on=date(2032, 12, 31),
        follows=convention,
    )  # fmt: skip
    after = services.open_gup(
        area=area, contract=convention.contract, terms=following, words=Words(), by=team.actor
    )
    assert queries.ending(convention, later).notice == 6  # a project covers nothing
    party = signing.add_party(agreement=after.convention, name="Ville", by=team.actor)
    signing.sign_party(party=party, on=TODAY, by=team.actor)
    assert queries.ending(convention, later) is None
    after.convention.refresh_from_db()
    assert queries.duration_of(after.convention, TODAY).met is True


class TestPages:
    def test_the_team_opens_one_in_a_form(self, client, area, team):
        client.force_login(team)
        address = reverse("gup_new", args=["ville"])
        assert client.get(address).status_code == 200
        data = {
            "title": "GUP de la ville", "scope": "targeted", "starts_on": "2026-01-01",
            "ends_on": "2032-12-31", "duration_reason": "le mandat",
        }  # fmt: skip
        refused = client.post(address, data)
        assert refused.status_code == 422
        assert "diagnostic partagé" in refused.content.decode()
        answer = client.post(address, data | {"scope": "general"})
        assert answer.status_code == 302
        assert client.get(answer.url).status_code == 200

    def test_a_draft_is_not_public_a_signed_one_is(self, client, area, team):
        assert client.get(reverse("gup", args=[opened(area, team).pk])).status_code == 302
        gup = active(area, team, title="GUP signée")
        assert "GUP signée" in client.get(reverse("gup", args=[gup.pk])).content.decode()
        listed = client.get(reverse("area_conventions", args=["ville"])).content.decode()
        assert "GUP signée" in listed
        assert "GUP d’essai" not in listed

    def test_a_review_as_a_page_and_a_pdf(self, client, area, team):
        gup = active(area, team)
        TicketFactory(area=area, partner=PartnerFactory(area=area), created_at=timezone.now())
        review = services.prepare_review(gup=gup, kind="annual", year=TODAY.year, by=team.actor)
        assert client.get(reverse("gup_review", args=[review.pk])).status_code == 302
        client.force_login(team)
        assert client.get(reverse("gup_review", args=[review.pk])).status_code == 200
        edit = reverse("gup_review_edit", args=[review.pk])
        told = ANSWERS | {"summary": "Mieux.", "version": review.version}
        assert client.post(edit, told).status_code == 302
        publish = reverse("gup_review_publish", args=[review.pk])
        assert client.post(publish, {"version": GupReview.objects.get().version}).status_code == 302
        client.logout()
        assert client.get(reverse("gup_review", args=[review.pk])).status_code == 200
        answer = client.get(reverse("gup_review_pdf", args=[review.pk]))
        assert answer.content.startswith(b"%PDF")

    @pytest.mark.parametrize("name", ["gup_next", "gup_edit", "gup_action_new", "gup_review_new"])
    def test_forms_show(self, client, area, team, name):
        client.force_login(team)
        assert client.get(reverse(name, args=[opened(area, team).pk])).status_code == 200

    def test_a_task_is_entrusted(self, client, area, team):
        client.force_login(team)
        owner = PartnerFactory(area=area).organisation
        data = {
            "title": "Le jardin du 4", "organisation": owner.name, "group_name": "Les voisins du 4",
            "agreement_on": "2026-03-01", "insurance": "Le bailleur assure", "charges_cents": "1 200",
        }  # fmt: skip
        answer = client.post(reverse("entrusted_new", args=["ville"]), data)
        assert answer.status_code == 302
        client.logout()
        page = client.get(reverse("area_entrusted", args=["ville"])).content.decode()
        assert "Le jardin du 4" in page
        assert "1\u202f200\u202f€ par an" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same(self, client, area, team, django_assert_max_num_queries, count):
        for _one in range(count):
            active(area, team)
        with django_assert_max_num_queries(15):
            client.get(reverse("area_conventions", args=["ville"]))

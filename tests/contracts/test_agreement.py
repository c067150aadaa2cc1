"""Articles, amendments, conventions and posts: frozen once signed, changed by amendment, explained."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Amendment, Article, Convention
from faubourg.contracts.services import amendments, articles, conventions, posts, signing
from faubourg.contracts.services.convention_moves import advance_convention
from faubourg.rules import convention_circuit
from faubourg.rules.contract_circuit import State
from tests.factories.agreement import (
    AmendmentFactory,
    ArticleFactory,
    ConventionFactory,
    PostFactory,
    SignatoryFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
SIGNED, END = date(2024, 7, 10), date(2030, 12, 31)


@pytest.fixture
def in_force(town):
    """The contract of the town, in force, with two articles and an annex."""
    for number in ("2", "1"):
        ArticleFactory(contract=town.contract, number=number, title=f"Titre {number}", body="Six ans.")
    ArticleFactory(contract=town.contract, number="1", title="Carte", annex=True)
    contract = town.contract
    contract.state, contract.signed_on, contract.in_force_on = State.IN_FORCE, SIGNED, SIGNED
    contract.ends_on = END
    contract.save()
    return contract


def url(name, contract, *args):
    return reverse(name, args=[contract.code, *args])


# --- articles -------------------------------------------------------------------------------------------


def test_articles_are_placed_by_their_number_and_a_number_is_taken_once(town, officer):
    for number in ("10", "2", "3 bis", "3"):
        articles.add_article(agreement=town.contract, number=number, title="T", by=officer.actor)
    assert [row.number for row in town.contract.articles.all()] == ["2", "3", "3 bis", "10"]
    with pytest.raises(Refused):
        articles.add_article(agreement=town.contract, number=" 3 BIS", title="T", by=officer.actor)
    articles.add_article(agreement=town.contract, number="2", title="Annexe", annex=True, by=officer.actor)


def test_two_people_who_write_an_article_do_not_overwrite_each_other(town, officer):
    row = articles.add_article(agreement=town.contract, number="1", title="T", by=officer.actor)
    told = {"number": "1", "title": "T", "annex": False, "base_version": 1, "by": officer.actor}
    articles.update_article(article=row, body="A", **told)
    with pytest.raises(Conflict):
        articles.update_article(article=row, body="B", **told)
    assert town.contract.articles.get().body == "A"


def test_a_signed_text_is_frozen(in_force, officer):
    row = in_force.articles.first()
    told = {"number": "9", "title": "T", "by": officer.actor}
    for write in (
        lambda: articles.add_article(agreement=in_force, **told),
        lambda: articles.update_article(article=row, body="X", annex=False, base_version=1, **told),
        lambda: articles.remove_article(article=row, by=officer.actor),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert "figé" in refused.value.verdict.refusals()[0].sentence


def test_a_text_is_public_once_signed_and_its_draft_is_not(client, town, officer, in_force):
    assert "Titre 1" in client.get(url("contract_text", in_force)).content.decode()
    in_force.state = State.PROJECT
    in_force.save()
    assert "Titre 1" not in client.get(url("contract_text", in_force)).content.decode()
    assert client.get(url("contract_pdf", in_force)).status_code == 302
    client.force_login(officer)
    assert "Titre 1" in client.get(url("contract_text", in_force)).content.decode()


def test_an_article_written_through_the_page_meets_the_one_saved_in_between(client, town, officer):
    client.force_login(officer)
    sent = {"number": "1", "title": "Objet", "body": "Le nôtre", "version": "0"}
    assert client.post(url("contract_article_add", town.contract), sent).status_code == 302
    row = town.contract.articles.get()
    page = url("contract_article_edit", town.contract, row.pk)
    assert client.post(page, sent | {"body": "Entre-temps", "version": "1"}).status_code == 302
    answer = client.post(page, sent | {"body": "Le mien", "version": "1"})
    assert answer.status_code == 409
    assert {"Entre-temps", "Le mien"} <= {word for word in ("Entre-temps", "Le mien") if word in answer.text}
    assert client.post(page, sent | {"body": "Le mien", "version": "2"}).status_code == 302
    assert client.post(page, sent | {"body": "x" * 60_001, "version": "3"}).status_code == 422


def test_each_form_of_an_agreement_keeps_a_draft_of_its_own(client, town, officer, in_force):
    contract = f"contract-{in_force.pk}"
    row = in_force.articles.first()
    amendment = AmendmentFactory(contract=in_force)
    convention = ConventionFactory(contract=in_force)
    keys = {
        f"article:{contract}:new": url("contract_article_add", in_force),
        f"article:{contract}:{row.pk}": url("contract_article_edit", in_force, row.pk),
        f"amendment:{contract}:new": url("contract_amendment_add", in_force),
        f"amendment:{contract}:{amendment.pk}": url("contract_amendment_edit", in_force, amendment.pk),
        f"amended:{contract}:{amendment.pk}-new": url("contract_amendment_change", in_force, amendment.pk),
        f"convention:{convention.pk}:{in_force.pk}": reverse("convention_edit", args=[convention.pk]),
        f"convention:new:{in_force.pk}": url("contract_convention_add", in_force),
    }
    client.force_login(officer)
    kept = {
        key: f'data-url="{reverse("draft", args=[key])}"' in client.get(page).text
        for key, page in keys.items()
    }
    assert all(kept.values()), kept


# --- amendments -----------------------------------------------------------------------------------------


def test_an_amendment_changes_an_article_and_the_text_is_read_at_a_date(client, in_force, officer):
    row = in_force.articles.get(number="1", annex=False)
    made = amendments.draft_amendment(
        agreement=in_force, kind="change", title="Durée", reason="Le mandat", by=officer.actor
    )
    with pytest.raises(Refused):
        amendments.sign_amendment(amendment=made, signed_on=date(2025, 1, 5), by=officer.actor)
    amendments.change_article(
        amendment=made, article=row, number="1", title="Titre 1", body="Sept ans.", base_version=1,
        by=officer.actor,
    )  # fmt: skip
    with pytest.raises(Conflict):
        amendments.change_article(
            amendment=made, article=None, number="4", title="N", base_version=1, by=officer.actor
        )
    assert "Six ans." in client.get(url("contract_text", in_force)).text
    amendments.sign_amendment(
        amendment=made, signed_on=date(2025, 1, 5), effective_on=date(2025, 2, 1), by=officer.actor
    )
    page = client.get(url("contract_text", in_force)).text
    assert "Sept ans." in page
    assert "avenant n° 1" in page
    before = client.get(url("contract_text", in_force), {"au": "2025-01-31"}).text
    assert "Sept ans." not in before
    difference = client.get(url("contract_amendment", in_force, made.pk)).text
    assert "<del>" in difference
    assert "Sept" in difference
    with pytest.raises(Refused):
        amendments.sign_amendment(amendment=made, signed_on=date(2025, 1, 6), by=officer.actor)


def test_an_unsigned_amendment_is_its_partners(client, in_force, officer):
    made = AmendmentFactory(contract=in_force, title="Secret")
    assert client.get(url("contract_amendment", in_force, made.pk)).status_code == 302
    assert "Secret" not in client.get(url("contract_text", in_force)).text
    client.force_login(officer)
    assert client.get(url("contract_amendment", in_force, made.pk)).status_code == 200


def test_an_extension_moves_the_end_and_the_contract_is_extended(in_force, officer):
    made = amendments.draft_amendment(
        agreement=in_force, kind="extension", title="Un an", reason="Attendre", new_end=date(2031, 12, 31),
        by=officer.actor,
    )  # fmt: skip
    amendments.sign_amendment(amendment=made, signed_on=date(2025, 1, 5), by=officer.actor)
    in_force.refresh_from_db()
    assert (in_force.state, in_force.ends_on) == (State.EXTENDED, date(2031, 12, 31))
    made.refresh_from_db()
    assert made.previous_end == END
    assert in_force.steps.get().after == State.EXTENDED


def test_a_bridge_takes_two_clicks_and_the_second_proposal_is_the_same(client, in_force, officer):
    in_force.ends_on = timezone.localdate() + timedelta(days=80)
    in_force.save()
    client.force_login(officer)
    page = client.get(url("contract_ends", in_force)).text
    assert url("contract_bridge", in_force) in page
    first = client.post(url("contract_bridge", in_force))
    again = client.post(url("contract_bridge", in_force))
    assert first.url == again.url
    made = in_force.amendments.get()
    assert (made.kind, made.new_end > in_force.ends_on) == (Amendment.Kind.BRIDGE, True)
    waiting = client.get(url("contract_ends", in_force)).text
    assert first.url in waiting
    sign = url("contract_amendment_sign", in_force, made.pk)
    assert client.post(sign, {"signed_on": timezone.localdate().isoformat()}).status_code == 302
    in_force.refresh_from_db()
    assert in_force.ends_on == made.new_end


def test_a_bridge_is_written_in_french_whoever_clicks(in_force, officer):
    with translation.override("en"):
        made = amendments.propose_bridge(agreement=in_force, by=officer.actor)
    assert (made.title, made.reason.split()[0]) == ("Avenant-pont", "Éviter")


def test_what_has_ended_is_not_prolonged(in_force, officer):
    in_force.ends_on = date(2025, 1, 1)
    in_force.save()
    made = amendments.propose_bridge(agreement=in_force, by=officer.actor)
    with pytest.raises(Refused):
        amendments.sign_amendment(amendment=made, signed_on=date(2025, 1, 2), by=officer.actor)


def test_an_amendment_needs_a_signed_text(town, officer):
    with pytest.raises(Refused):
        amendments.draft_amendment(agreement=town.contract, kind="change", title="T", by=officer.actor)


def test_an_amendment_is_written_changed_and_given_up_through_the_pages(client, in_force, officer):
    client.force_login(officer)
    sent = {"kind": "change", "title": "Objet", "reason": "Parce que", "version": "0"}
    answer = client.post(url("contract_amendment_add", in_force), sent)
    made = in_force.amendments.get()
    assert answer.url == url("contract_amendment", in_force, made.pk)
    row = in_force.articles.first()
    change = url("contract_amendment_change", in_force, made.pk)
    page = client.get(f"{change}?article={row.pk}").text
    assert row.body in page
    told = {"number": row.number, "title": row.title, "body": "Autre", "version": "1"}
    assert client.post(f"{change}?article={row.pk}", told).status_code == 302
    assert client.post(f"{change}?article={row.pk}", told).status_code == 409
    drop = url("contract_amendment_drop", in_force, made.pk)
    assert client.post(f"{drop}?modification={made.changes.get().pk}").status_code == 302
    assert not made.changes.exists()
    assert client.post(drop).status_code == 302
    assert not in_force.amendments.exists()


def test_what_hangs_on_another_agreement_is_not_found(client, in_force, officer):
    other = ConventionFactory(contract=in_force)
    stray = ArticleFactory(contract=None, convention=other)
    client.force_login(officer)
    assert client.get(url("contract_article_edit", in_force, stray.pk)).status_code == 404
    assert client.get(reverse("convention_article_edit", args=[other.pk, stray.pk])).status_code == 200


# --- conventions and posts ------------------------------------------------------------------------------


def terms(**told):
    return conventions.Terms(**({"kind": "gup", "title": "GUP de l’Essai"} | told))


def test_a_convention_is_drafted_signed_applied_and_replaced(town, officer):
    made = conventions.draft_convention(
        contract=town.contract, by=officer.actor,
        terms=terms(
            scope="targeted", scope_reason="Marche du 3 mai", territories=town.quarters[:1],
            starts_on=date(2024, 1, 1), ends_on=date(2026, 3, 31), duration_reason="Mandat municipal",
        ),
    )  # fmt: skip
    parties = [SignatoryFactory(contract=None, convention=made) for _ in range(2)]
    for party in parties:
        signing.sign_party(party=party, on=date(2024, 1, 15), by=officer.actor)
    made.refresh_from_db()
    assert (made.state, made.signed_on) == (Convention.State.SIGNED, date(2024, 1, 15))
    with pytest.raises(Refused):
        conventions.update_convention(
            convention=made, terms=terms(), base_version=made.version, by=officer.actor
        )
    act = convention_circuit.Act
    advance_convention(convention=made, act=act.ACTIVATE, on=date(2024, 1, 16), by=officer.actor)
    with pytest.raises(Refused):
        advance_convention(convention=made, act=act.REPLACE, on=date(2024, 2, 1), by=officer.actor)
    ConventionFactory(follows=made, state="signed")
    assert advance_convention(
        convention=made, act=act.REPLACE, on=date(2024, 2, 1), by=officer.actor
    ).state == "replaced"  # fmt: skip
    assert [e.act for e in entries_for("convention", str(made.pk))].count("convention.advanced") == 3


def test_a_partly_signed_convention_keeps_its_terms_and_a_correction_opens_them(town, officer):
    made = conventions.draft_convention(contract=town.contract, terms=terms(), by=officer.actor)
    first, _second = (SignatoryFactory(contract=None, convention=made) for _ in range(2))
    signing.sign_party(party=first, on=date(2024, 1, 15), by=officer.actor)
    told = {"convention": made, "terms": terms(title="Autre"), "base_version": 1, "by": officer.actor}
    with pytest.raises(Refused):
        conventions.update_convention(**told)
    with pytest.raises(Refused):
        articles.add_article(agreement=made, number="1", title="T", by=officer.actor)
    signing.correct_party(party=first, reason="Erreur", by=officer.actor)
    assert conventions.update_convention(**told).title == "Autre"
    with pytest.raises(Conflict):
        conventions.update_convention(**told)


@pytest.mark.parametrize(
    "told",
    [
        {"scope": "targeted", "scope_reason": "Marche"},
        {"ends_on": date(2026, 3, 31)},
        {"starts_on": date(2026, 3, 31), "ends_on": date(2024, 1, 1), "duration_reason": "x"},
    ],
)
def test_terms_that_do_not_stand_are_refused(town, officer, told):
    with pytest.raises(Refused):
        conventions.draft_convention(contract=town.contract, terms=terms(**told), by=officer.actor)
    assert not Convention.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_conventions_and_a_convention_cost_the_same(
    client, town, officer, django_assert_max_num_queries, count
):
    for _ in range(count):
        made = ConventionFactory(contract=town.contract, state="signed")
        for _each in range(count):
            SignatoryFactory(contract=None, convention=made)
            ArticleFactory(contract=None, convention=made)
            AmendmentFactory(contract=None, convention=made, number=_each + 1, signed_on=SIGNED)
            PostFactory(contract=None, convention=made)
    ConventionFactory(contract=town.contract, title="Brouillon")
    with django_assert_max_num_queries(15):
        page = client.get(url("contract_conventions", town.contract))
    assert page.context["listing"].total == count
    client.force_login(officer)
    assert "Brouillon" in client.get(url("contract_conventions", town.contract)).text
    place = town.quarters[0].communes.get()
    reader = RoleGrantFactory(role="elected", scope_kind="commune", scope_code=place.code).person
    alone = ConventionFactory(contract=None, state="signed")
    for held in (made, alone):
        held.territories.set([*town.quarters[:count], place])
        for person in (officer, reader, PersonFactory()):
            client.force_login(person)
            with django_assert_max_num_queries(15):
                assert client.get(reverse("convention", args=[held.pk])).status_code == 200


def test_a_convention_through_its_form(client, town, officer):
    client.force_login(officer)
    sent = {
        "kind": "tfpb", "title": "Abattement", "scope": "targeted", "places": town.quarters[0].code,
        "scope_reason": "", "version": "0",
    }  # fmt: skip
    assert client.post(url("contract_convention_add", town.contract), sent).status_code == 422
    sent |= {"scope_reason": "Marche du 3 mai"}
    answer = client.post(url("contract_convention_add", town.contract), sent)
    made = Convention.objects.get()
    assert answer.url == reverse("convention", args=[made.pk])
    assert list(made.territories.all()) == town.quarters[:1]
    client.logout()
    assert client.get(answer.url).status_code == 302


def test_a_post_with_its_co_funders_whose_shares_never_exceed_the_whole(client, town, officer):
    client.force_login(officer)
    sent = {
        "title": "Coordination", "etp": "1", "person_name": "", "person_email": officer.email, "version": "0",
        "part-TOTAL_FORMS": "2", "part-INITIAL_FORMS": "0", "part-0-name": "Ville", "part-0-share": "60",
        "part-1-name": "Bailleur", "part-1-share": "50",
    }  # fmt: skip
    page = url("contract_post_add", town.contract)
    assert client.post(page, sent).status_code == 422
    assert client.post(page, sent | {"part-1-share": "40"}).status_code == 302
    made = town.contract.posts.get()
    assert (made.person_ref, made.person_name) == (officer.ref, officer.name)
    assert sorted(made.funders.values_list("name", "share_bp")) == [("Bailleur", 4_000), ("Ville", 6_000)]
    edit = url("contract_post_edit", town.contract, made.pk)
    assert client.post(edit, sent | {"part-1-share": "40", "version": "9"}).status_code == 409
    public = client.get(url("contract_ends", town.contract))
    assert officer.name in public.text
    client.logout()
    assert officer.name not in client.get(url("contract_ends", town.contract)).text
    with pytest.raises(Refused):
        posts.save_post(
            agreement=town.contract, terms=posts.Terms("P", funders=[("A", 1), ("a", 2)]), by=officer.actor
        )


def test_a_plan_is_linked_and_unlinked(client, town, officer):
    client.force_login(officer)
    sent = {"name": "CPER 2021-2027", "ends_on": "2027-12-31", "address": "exemple.fr/cper"}
    assert client.post(url("contract_plan_add", town.contract), sent).status_code == 302
    plan = town.contract.linked_plans.get()
    assert plan.address == "https://exemple.fr/cper"
    assert "CPER" in client.get(url("contract_conventions", town.contract)).text
    assert client.post(url("contract_plan_remove", town.contract, plan.pk)).status_code == 302
    assert not town.contract.linked_plans.exists()
    assert Article.objects.count() == 0

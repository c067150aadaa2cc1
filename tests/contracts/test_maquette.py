"""The maquette: saved cell by cell, totals that never mix, events that leave what is paid alone."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import hand_in_money
from faubourg.contracts.models import Action, FundingEvent, FundingLine
from faubourg.contracts.queries.maquette import RowKey, Wanted, maquette_of
from faubourg.contracts.services.funding_events import (
    Chosen,
    Told,
    events_of,
    preview,
    record_event,
    record_in_bulk,
)
from faubourg.contracts.services.maquette import Change, Seen, save_cells
from faubourg.contracts.services.money_lines import Described, add_row, reserve, revise_row
from faubourg.people.models import RoleGrant
from faubourg.rules.money_events import left_of
from tests.factories.contracts import FundingLineFactory
from tests.factories.money import AxisFactory, EventFactory, TypedLineFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.project import ActionFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 1)
FREEZE = Told("freeze", DAY, "Circulaire", "Gel de printemps")


@pytest.fixture
def hand(town, officer):
    return hand_in_money(officer, town.contract)


@pytest.fixture
def line(town):
    return TypedLineFactory(contract=town.contract, territory=town.epci, year=2025, label="Été")


def row_of(line):
    return RowKey(
        line.territory_id, line.contract_id, line.objective_id, line.action_id,
        line.label, line.funder, line.nature, line.origin, line.level,
    ).id  # fmt: skip


def save(town, hand, officer, *changes):
    return save_cells(contract=town.contract, changes=changes, hand=hand, by=officer.actor)


def test_different_cells_of_two_people_are_both_saved(town, officer, hand, line):
    seen = Seen(1, line.amount_cents)
    other = PersonFactory(name="Bo Li")
    first = save(town, hand, officer, Change(row_of(line), 2025, 500, seen))
    second = save_cells(
        contract=town.contract, changes=[Change(row_of(line), 2026, 700, Seen())], hand=hand, by=other.actor
    )
    assert (first.written, second.written) == (1, 1)
    assert dict(town.contract.funding_lines.values_list("year", "amount_cents")) == {2025: 500, 2026: 700}
    assert [entry.act for entry in entries_for("maquette", f"2024-2030/{town.contract.code}")] == [
        "funding.added",
        "funding.changed",
    ]


def test_the_same_cell_is_never_overwritten_in_silence(town, officer, hand, line):
    seen = Seen(1, line.amount_cents)
    save(town, hand, officer, Change(row_of(line), 2025, 500, seen))
    late = save(town, hand, officer, Change(row_of(line), 2025, 900, seen))
    assert (late.written, late.clashes[0].theirs, late.clashes[0].version) == (0, 500, 2)
    again = save(town, hand, officer, Change(row_of(line), 2025, 900, Seen(2, 500)))
    assert again.written == 1
    line.refresh_from_db()
    assert (line.amount_cents, line.version) == (900, 3)


def test_both_typed_the_same_sum(town, officer, hand, line):
    seen = Seen(1, line.amount_cents)
    save(town, hand, officer, Change(row_of(line), 2025, 500, seen))
    assert save(town, hand, officer, Change(row_of(line), 2025, 500, seen)).whole


def test_a_cell_filled_or_emptied_in_between_is_a_clash(town, officer, hand, line):
    save(town, hand, officer, Change(row_of(line), 2026, 700, Seen()))
    assert save(town, hand, officer, Change(row_of(line), 2026, 800, Seen())).clashes[0].theirs == 700
    save(town, hand, officer, Change(row_of(line), 2026, None, Seen(1, 700)))
    assert save(town, hand, officer, Change(row_of(line), 2026, 800, Seen(1, 700))).clashes[0].theirs is None


def test_a_row_that_was_renamed_says_so(town, officer, hand, line):
    old = row_of(line)
    revise_row(
        contract=town.contract, line=line, changes={"label": "Été culturel"}, version=1, whole_row=True,
        hand=hand, by=officer.actor,
    )  # fmt: skip
    assert save(town, hand, officer, Change(old, 2025, 1, Seen(1, line.amount_cents))).clashes[0].gone


def test_what_a_document_says_is_corrected_but_not_emptied(town, officer, hand):
    line = FundingLineFactory(territory=town.quarters[0], year=2025)
    refused = save(town, hand, officer, Change(row_of(line), 2025, None, Seen(1, line.amount_cents)))
    assert refused.refused[0][1].code == "sourced"
    save(town, hand, officer, Change(row_of(line), 2025, 5, Seen(1, line.amount_cents)))
    line.refresh_from_db()
    assert (line.source, line.added_by_name, line.contract) == (None, "Ana Diaz", None)


def test_a_sum_never_goes_under_what_was_frozen_or_cut(town, officer, hand, line):
    EventFactory(line=line, amount_cents=80_000)
    for typed, wanted in ((None, "has_events"), (79_999, "has_events"), (80_000, None)):
        saved = save(town, hand, officer, Change(row_of(line), 2025, typed, Seen(1, line.amount_cents)))
        assert [reason.code for _change, reason in saved.refused] == ([wanted] if wanted else [])


def test_a_funder_writes_its_own_lines_only(town, line):
    agent = PersonFactory(name="Zoé Funder")
    RoleGrantFactory(person=agent, role="funder_officer", scope_kind="epci", scope_code=town.epci.code)
    assert hand_in_money(agent, town.contract).verdict.ok is False
    own = OrganisationFactory(name="Département")
    MembershipFactory(person=agent, organisation=own)
    hand = hand_in_money(agent, town.contract)
    assert (hand.verdict.ok, hand.writes_all) == (True, False)
    seen = Seen(1, line.amount_cents)
    assert save(town, hand, agent, Change(row_of(line), 2025, 5, seen)).refused[0][1].code == "not_yours"
    described = Described(
        town.epci, "Aide", "Département", "operating", "ordinary", "voted", organisation=own
    )
    [added] = add_row(contract=town.contract, row=described, amounts={2025: 9}, hand=hand, by=agent.actor)
    assert save(town, hand, agent, Change(row_of(added), 2025, 10, Seen(1, 9))).written == 1
    with pytest.raises(Refused):
        add_row(
            contract=town.contract, row=Described(town.epci, "A", "B", "operating", "ordinary", "voted"),
            amounts={2025: 9}, hand=hand, by=agent.actor,
        )  # fmt: skip


def test_a_funder_of_elsewhere_writes_nothing(town):
    agent = PersonFactory()
    RoleGrantFactory(person=agent, role="funder_officer", scope_kind="departement", scope_code="98")
    MembershipFactory(person=agent)
    assert hand_in_money(agent, town.contract).verdict.ok is False


def test_a_row_needs_a_sum_and_is_not_told_twice(town, officer, hand, line):
    same = Described(town.epci, line.label, line.funder, line.nature, line.origin, line.level)
    for amounts in ({}, {2025: 1}, {1999: 1}):
        with pytest.raises(Refused):
            add_row(contract=town.contract, row=same, amounts=amounts, hand=hand, by=officer.actor)
    added = add_row(contract=town.contract, row=same, amounts={2026: 1, 2027: 2}, hand=hand, by=officer.actor)
    assert len(maquette_of(town.contract).rows) == 1
    assert [each.year for each in added] == [2026, 2027]


def test_a_line_rises_on_the_ladder_with_its_row(town, officer, hand, line):
    TypedLineFactory(contract=town.contract, territory=town.epci, year=2026, label="Été")
    count = revise_row(
        contract=town.contract, line=line, changes={"level": "notified"}, version=1, whole_row=True,
        hand=hand, by=officer.actor, reason="Arrêté du 3 mai",
    )  # fmt: skip
    assert count == 2
    assert set(town.contract.funding_lines.values_list("level", flat=True)) == {"notified"}
    with pytest.raises(Conflict):
        revise_row(
            contract=town.contract, line=line, changes={"level": "paid"}, version=1, whole_row=False,
            hand=hand, by=officer.actor,
        )  # fmt: skip


def test_two_lines_never_become_one(town, officer, hand, line):
    TypedLineFactory(contract=town.contract, territory=town.epci, year=2025, label="Été", level="requested")
    with pytest.raises(Refused):
        revise_row(
            contract=town.contract, line=line, changes={"level": "requested"}, version=1, whole_row=True,
            hand=hand, by=officer.actor,
        )  # fmt: skip
    assert FundingLine.objects.filter(level="voted").count() == 1


def test_money_may_precede_the_neighbourhood(town, officer):
    foreseen = TerritoryFactory(neighbourhood=True, name="Pressenti")
    described = Described(foreseen, "Réserve", "Ville", "unstated", "specific", "reserved")
    line = reserve(row=described, year=2023, cents=1_000_000, contract=None, by=officer.actor)
    assert (line.contract, line.level) == (None, "reserved")
    assert entries_for("maquette", f"neighbourhood/{foreseen.code}").count() == 1
    with pytest.raises(Refused):
        reserve(row=described, year=2023, cents=5, contract=None, by=officer.actor)


def event(town, hand, officer, line, kind, cents, on=DAY):
    return record_event(
        contract=town.contract, line=line, cents=cents, told_as=Told(kind, on, "", "Motif"), hand=hand,
        by=officer.actor,
    )  # fmt: skip


def test_events_leave_the_sum_and_say_what_is_left(town, officer, hand, line):
    event(town, hand, officer, line, "freeze", 80_000)
    event(town, hand, officer, line, "cut", 80_000, DAY + timedelta(days=1))
    line.refresh_from_db()
    left = left_of(line.amount_cents, events_of(line))
    assert (line.amount_cents, left.available, left.cut, line.version) == (1_000_000, 920_000, 80_000, 3)
    for kind, cents in (("freeze", 920_001), ("release", 1), ("cut", 920_001)):
        with pytest.raises(Refused):
            event(town, hand, officer, line, kind, cents, DAY + timedelta(days=2))
    with pytest.raises(Refused):
        event(town, hand, officer, line, "freeze", 1, timezone.localdate() + timedelta(days=1))


def test_a_cut_of_eight_percent_leaves_what_is_paid(town, officer, hand, line):
    paid = TypedLineFactory(contract=town.contract, territory=town.epci, year=2025, label="Été", level="paid")
    elsewhere = TypedLineFactory(contract=town.contract, territory=town.epci, year=2026, label="Été")
    chosen = Chosen(funder="Ville d’Essai", year=2025)
    shown = preview(contract=town.contract, chosen=chosen, kind="cut", hundredths=800, hand=hand)
    assert [(share.line.pk, share.cents) for share in shown.concerned] == [(line.pk, 80_000)]
    assert shown.untouched == 1
    told = Told("cut", DAY, "Décret", "−8 % sur le P147")
    with pytest.raises(Conflict):
        record_in_bulk(
            contract=town.contract, chosen=chosen, hundredths=800, told_as=told, digest="stale", hand=hand,
            by=officer.actor,
        )  # fmt: skip
    assert record_in_bulk(
        contract=town.contract, chosen=chosen, hundredths=800, told_as=told, digest=shown.digest, hand=hand,
        by=officer.actor,
    ) == 1  # fmt: skip
    assert list(FundingEvent.objects.values_list("line", "amount_cents")) == [(line.pk, 80_000)]
    assert not elsewhere.events.exists()
    assert not paid.events.exists()


def test_the_grid_sorts_by_axis_then_ladder_and_filters(town):
    axis = AxisFactory(contract=town.contract, title="Cadre de vie")
    for level in ("voted", "foreseen"):
        TypedLineFactory(contract=town.contract, territory=town.epci, level=level, objective=axis)
    TypedLineFactory(contract=town.contract, territory=town.epci, label="Hors axe")
    TypedLineFactory(label="D’un autre contrat")
    found = maquette_of(town.contract)
    assert [(row.key.level, found.heading_of(row)) for row in found.rows] == [
        ("foreseen", axis.pk),
        ("voted", axis.pk),
        ("voted", None),
    ]
    assert len(maquette_of(town.contract, Wanted(axis="sans")).rows) == 1
    assert found.years == list(range(2024, 2031))


@pytest.mark.parametrize("path", ["maquette/", "maquette/saisir/"])
def test_the_page_asks_the_same_with_one_and_three_rows(town, officer, path, client):
    client.force_login(officer)
    asked = []
    for count in (1, 3):
        while town.contract.funding_lines.count() < count:
            line = TypedLineFactory(contract=town.contract, territory=town.epci, year=2025)
            EventFactory(line=line)
        client.get(f"/contrats/{town.contract.code}/{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/contrats/{town.contract.code}/{path}").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15


def post_grid(client, town, typed, seen):
    cells = {name: list(pair) for name, pair in seen.items()}
    return client.post(
        f"/contrats/{town.contract.code}/maquette/saisir/",
        {**typed, "seen": json.dumps({"cells": cells, "rows": {}})},
    )


def test_the_form_saves_what_it_can_and_keeps_the_rest(town, officer, line, client):
    client.force_login(officer)
    row = row_of(line)
    shown = {f"v-{row}-2025": (1, line.amount_cents)}
    page = post_grid(client, town, {f"v-{row}-2025": "10.000", f"v-{row}-2026": "7 000,50"}, shown)
    assert page.status_code == 422
    assert "se lit de deux façons" in page.content.decode()
    assert 'value="10.000"' in page.content.decode()
    assert town.contract.funding_lines.get(year=2026).amount_cents == 700_050
    done = post_grid(client, town, {f"v-{row}-2025": "12 000"}, shown)
    assert done.status_code == 302
    late = post_grid(client, town, {f"v-{row}-2025": "13 000"}, shown)
    text = late.content.decode().replace("\u202f", " ")
    assert late.status_code == 409
    assert "vous avez écrit 13 000 €, l’autre personne 12 000 €" in text
    assert f"[2,{1_200_000}]" in late.content.decode().replace("&quot;", '"')


@pytest.mark.parametrize(
    "seen", ["", "null", "[]", '{"cells":3,"rows":1}', '{"cells":{"x":["a"]},"rows":{}}']
)
def test_a_page_of_somebodys_own_making_never_overwrites(town, officer, line, client, seen):
    client.force_login(officer)
    page = client.post(
        f"/contrats/{town.contract.code}/maquette/saisir/", {f"v-{row_of(line)}-2025": "1", "seen": seen}
    )
    assert page.status_code == 409
    line.refresh_from_db()
    assert line.amount_cents == 1_000_000


def test_everybody_reads_the_maquette_and_few_the_names(town, line):
    EventFactory(line=line, by_name="Ana Diaz")
    page = Client().get(f"/contrats/{town.contract.code}/maquette/lignes/{line.pk}/")
    assert page.status_code == 200
    assert "Ana Diaz" not in page.content.decode()
    assert "10\u202f000\u202f€" in page.content.decode()
    reader = RoleGrantFactory(role=RoleGrant.Role.EVALUATOR, scope_kind="epci", scope_code=town.epci.code)
    client = Client()
    client.force_login(reader.person)
    page = client.get(f"/contrats/{town.contract.code}/maquette/lignes/{line.pk}/")
    assert "Ana Diaz" in page.content.decode()


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "pdf"])
def test_the_maquette_leaves_as_a_file(town, line, client, fmt):
    answer = client.get(f"/contrats/{town.contract.code}/maquette/?format={fmt}")
    assert answer.status_code == 200
    if fmt == "csv":
        assert ";10000;" in answer.content.decode().replace("10000,00", "10000")
    if fmt == "pdf":
        assert answer.content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.content


def test_the_history_names_the_line_once(client, town, officer, hand, line):
    """And not as the strand of a plan, which an action alone has."""
    save(town, hand, officer, Change(row_of(line), 2026, 500, Seen()))
    page = client.get(f"/contrats/{town.contract.code}/maquette/").text
    assert page.count(f"{line.label} – {line.funder} – 2026") == 1
    assert "Volet du plan" not in page


def test_a_line_says_which_action_it_pays(client, town, officer, line):
    """Chosen among the actions of the contract; another contract's is no choice, a dropped one stays."""
    action, elsewhere = ActionFactory(contract=town.contract), ActionFactory()
    client.force_login(officer)
    address = reverse("contract_money_revise", args=[town.contract.code, line.pk])
    sent = {
        "label": line.label, "funder": line.funder, "level": line.level, "origin": line.origin,
        "nature": line.nature, "objective": "", "note": "", "reason": "", "version": 1,
    }  # fmt: skip
    assert client.post(address, sent | {"action": elsewhere.pk}).status_code == 422
    assert client.post(address, sent | {"action": action.pk}).status_code == 302
    line.refresh_from_db()
    assert line.action == action
    assert action.title in client.get(reverse("contract_money_line", args=[town.contract.code, line.pk])).text
    assert line.label in client.get(reverse("action", args=[action.pk])).text
    Action.objects.filter(pk=action.pk).update(state="dropped", dropped_reason="Sans suite")
    kept = sent | {"action": action.pk, "label": "Été indien", "version": 2}
    assert client.post(address, kept).status_code == 302
    assert client.post(address, kept | {"action": "", "version": 3}).status_code == 302
    line.refresh_from_db()
    assert (line.action, line.label) == (None, "Été indien")


@pytest.mark.parametrize("count", [1, 3])
def test_a_new_line_offers_every_action_for_one_question(
    client, town, officer, count, django_assert_max_num_queries
):
    for _n in range(count):
        ActionFactory(contract=town.contract)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("contract_money_add", args=[town.contract.code]))
    assert len(page.context["form"].fields["action"].choices) == count + 1

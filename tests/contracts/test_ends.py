"""No gap: each kind of end is announced, silent when something takes over, and the pack is complete."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from faubourg.base import drafts
from faubourg.contracts.models import (
    Body,
    Commitment,
    Convention,
    DecisionItem,
    Deliverable,
    Mandate,
    Meeting,
    Seat,
)
from faubourg.contracts.queries.ends import ends_ahead, ends_ahead_of
from faubourg.contracts.queries.handover import holders_of, pack_of
from faubourg.contracts.queries.kept import contracts_kept_by
from faubourg.people.services.accounts import close_account
from faubourg.rules.contract_circuit import State
from tests.factories.agreement import AmendmentFactory, ConventionFactory, PostFactory, SignatoryFactory
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
SOON, FAR = date(2026, 12, 31), date(2029, 12, 31)
START = date(2024, 1, 1)


@pytest.fixture
def contract(town):
    town.contract.state, town.contract.in_force_on = State.IN_FORCE, date(2025, 7, 10)
    town.contract.signed_on, town.contract.ends_on = date(2025, 7, 10), date(2032, 12, 31)
    town.contract.save()
    return town.contract


def seat(contract, name="Comité de pilotage"):
    body = Body.objects.create(contract=contract, kind="steering", name=name)
    return Seat.objects.create(body=body, title="Ville")


def mandate(contract, **told):
    ready = {"rank": "titular", "person_name": "Ana Diaz", "starts_on": START}
    return Mandate.objects.create(**({"seat": seat(contract)} | ready | told))


def kinds(contract, on=ON):
    return [end.kind for end in ends_ahead(contract, on)]


def test_a_contract_that_runs_far_announces_nothing(contract):
    assert kinds(contract) == []


def test_a_contract_is_announced_and_a_signed_successor_silences_it(contract):
    contract.ends_on = SOON
    contract.save()
    [end] = ends_ahead(contract, ON)
    assert (end.kind, end.alert.notice) == ("contract", 3)
    after = ContractFactory(predecessor=contract, state=State.PROJECT, in_force_on=date(2027, 1, 1))
    assert kinds(contract) == ["contract"]
    after.state = State.SIGNED
    after.save()
    assert kinds(contract) == []


def test_a_contract_signed_and_not_yet_in_force_ends_as_well(contract):
    contract.state, contract.in_force_on, contract.ends_on = State.SIGNED, None, SOON
    contract.save()
    assert kinds(contract) == ["contract"]


def test_a_successor_that_begins_too_late_counts_the_days_that_nothing_covers(contract):
    contract.ends_on = SOON
    contract.save()
    ContractFactory(predecessor=contract, state=State.SIGNED, in_force_on=date(2027, 1, 11))
    [end] = ends_ahead(contract, ON)
    assert end.alert.gap == 10


def test_a_convention_is_announced_until_the_next_one_is_signed(contract):
    made = ConventionFactory(contract=contract, state="active", ends_on=SOON)
    ConventionFactory(contract=contract, state="draft", ends_on=SOON)
    assert kinds(contract) == ["convention"]
    AmendmentFactory(contract=None, convention=made, kind="bridge")
    assert ends_ahead(contract, ON)[0].draft is not None
    ConventionFactory(
        contract=contract, follows=made, state="signed", starts_on=date(2027, 1, 1), ends_on=FAR
    )
    assert kinds(contract) == []


def test_a_mandate_is_announced_until_the_next_one_of_the_same_seat_and_rank(contract):
    held = mandate(contract, ends_on=SOON)
    assert kinds(contract) == ["mandate"]
    mandate(contract, seat=held.seat, rank="alternate", starts_on=date(2027, 1, 1))
    assert kinds(contract) == ["mandate"]
    mandate(contract, seat=held.seat, starts_on=date(2027, 1, 1))
    assert kinds(contract) == []


def test_what_ended_long_ago_is_history(contract):
    mandate(contract, ends_on=date(2025, 1, 1))
    assert kinds(contract) == []


def test_a_post_its_end_its_vacancy_and_the_leaving_of_its_holder(contract):
    person = PersonFactory()
    post = PostFactory(contract=contract, person_name="Ana Diaz", person_ref=person.ref, ends_on=SOON)
    assert kinds(contract) == ["post"]
    PostFactory(contract=contract, person_name="Léa Roy", starts_on=date(2027, 1, 1))
    assert kinds(contract) == []
    post.ends_on = None
    post.save()
    assert kinds(contract) == []
    person.is_active = False
    person.save()
    assert kinds(contract) == ["vacancy"]
    PostFactory(contract=None, convention=ConventionFactory(contract=contract), title="GUP")
    assert kinds(contract) == ["vacancy", "vacancy"]


def test_an_update_is_due_three_years_after_the_entry_into_force(contract):
    assert kinds(contract, date(2027, 7, 9)) == []
    assert kinds(contract, date(2028, 7, 9)) == ["update"]
    AmendmentFactory(contract=contract, kind="update", signed_on=date(2028, 5, 1))
    assert kinds(contract, date(2028, 7, 9)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_ends_costs_the_same_whatever_ends(
    client, contract, officer, django_assert_max_num_queries, count
):
    contract.ends_on = timezone.localdate() + timedelta(days=30)
    contract.save()
    for _ in range(count):
        near = timezone.localdate() + timedelta(days=20)
        ConventionFactory(contract=contract, state="active", ends_on=near)
        mandate(contract, ends_on=near)
        PostFactory(contract=contract)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("contract_ends", args=[contract.code]))
    assert len(page.context["ends"]) == 3 * count + 1 - (count - 1)  # posts of one title are one post


def test_names_of_who_holds_what_are_their_partners(client, contract, officer):
    mandate(contract, person_name="Zoé Lune", ends_on=timezone.localdate() + timedelta(days=20))
    address = reverse("contract_ends", args=[contract.code])
    assert "Zoé Lune" not in client.get(address).text
    client.force_login(officer)
    assert "Zoé Lune" in client.get(address).text


def test_the_desk_at_home_tells_what_ends_to_who_keeps_the_contract_and_to_nobody_else(
    client, contract, officer, stranger, django_assert_max_num_queries
):
    contract.ends_on = timezone.localdate() + timedelta(days=30)
    contract.save()
    for person, told in ((officer, True), (stranger, False), (PersonFactory(), False)):
        client.force_login(person)
        with django_assert_max_num_queries(15):
            page = client.get("/")
        assert bool(page.context["desk"].ends) is told


@pytest.mark.parametrize(
    ("role", "kind", "code", "kept"),
    [
        ("contract_officer", "instance", "", True),
        ("contract_officer", "contract", "own", True),
        ("contract_officer", "epci", "epci", True),
        ("contract_officer", "commune", "99999", False),
        ("elected", "instance", "", None),
    ],
)
def test_the_contracts_that_a_role_keeps(contract, town, role, kind, code, kept):
    code = {"own": contract.code, "epci": town.epci.code}.get(code, code)
    person = RoleGrantFactory(role=role, scope_kind=kind, scope_code=code).person
    found = contracts_kept_by(person)
    assert (None if found is None else contract in found) is kept
    if found is not None:
        assert ends_ahead_of(found, ON, 5) == []


# --- the handover pack ----------------------------------------------------------------------------------


@pytest.fixture
def leaving(contract):
    """Somebody on whom one thing of each kind hangs."""
    person = PersonFactory(name="Inès Vidal")
    told = {"person_ref": person.ref, "person_name": person.name}
    held = mandate(contract, **told)
    colleague = Seat.objects.create(body=held.seat.body, title="État")
    mandate(contract, seat=colleague, person_name="Paul Sarde")
    moment = datetime(2099, 1, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))
    meeting = Meeting.objects.create(
        body=held.seat.body, title="Copil de janvier", starts_at=moment, ends_at=moment + timedelta(hours=2)
    )
    owner = {"owner_ref": person.ref, "owner_name": person.name}
    DecisionItem.objects.create(meeting=meeting, text="Écrire aux bailleurs", **owner)
    DecisionItem.objects.create(
        meeting=meeting, text="Déjà fait", state="done", closed_on=START, evidence="Lettre", **owner
    )
    Deliverable.objects.create(contract=contract, name="Bilan-diagnostic", **told)
    Deliverable.objects.create(contract=contract, name="Remis", delivered_on=START, **told)
    Commitment.objects.create(contract=contract, text="Ouvrir la crèche", **owner)
    PostFactory(contract=contract, title="Coordination GUP", **told)
    AmendmentFactory(
        contract=contract, title="Avenant à écrire", drafted_by=person.ref, drafted_by_name=person.name
    )
    SignatoryFactory(contract=contract, name="Préfecture de l’Essai")
    convention = ConventionFactory(contract=contract, title="GUP active", state=Convention.State.ACTIVE)
    convention.ends_on = timezone.localdate() + timedelta(days=30)
    convention.save()
    drafts.save(person_ref=person.ref, form_key="essai", content={"a": "b"})
    return person


EVERYTHING = (
    "Écrire aux bailleurs", "Bilan-diagnostic", "Ouvrir la crèche", "Comité de pilotage – Ville",
    "Coordination GUP", "Avenant à écrire", "Copil de janvier", "GUP active", "Paul Sarde",
    "Préfecture de l’Essai", "Textes commencés : 1",
)  # fmt: skip


def pack_page(client, contract, person, **told):
    return client.get(
        reverse("contract_handover", args=[contract.code]), {"personne": str(person.ref)} | told
    )


@pytest.mark.parametrize("active", [True, False])
def test_the_pack_holds_one_of_each_also_for_a_suspended_account(client, contract, officer, leaving, active):
    leaving.is_active = active
    leaving.save()
    client.force_login(officer)
    page = pack_page(client, contract, leaving)
    assert [word for word in EVERYTHING if word not in page.text] == []
    assert "Déjà fait" not in page.text
    assert "Remis" not in page.text
    assert ("suspendu" in page.text) is not active
    assert [section["name"] for section in page.context["sections"] if not section["rows"]] == []


def test_the_pack_is_carried_away_as_a_spreadsheet_and_as_a_tagged_pdf(client, contract, officer, leaving):
    client.force_login(officer)
    sheet = pack_page(client, contract, leaving, format="xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    said = {str(row[1]) for row in rows}
    assert [word for word in EVERYTHING if not any(word in each for each in said)] == []
    document = pikepdf.open(io.BytesIO(pack_page(client, contract, leaving, format="pdf").content))
    assert bool(document.Root.MarkInfo.Marked)
    assert document.Root.StructTreeRoot


def test_a_closed_account_leaves_its_work_without_its_name(client, contract, officer, leaving):
    close_account(person=leaving, by=leaving.actor)
    client.force_login(officer)
    page = pack_page(client, contract, leaving)
    assert "Inès Vidal" not in page.text
    missing = [word for word in EVERYTHING if word not in page.text]
    assert missing == ["Textes commencés : 1"]  # closing an account erases its drafts


def test_somebody_without_an_account_is_found_by_name(contract):
    mandate(contract, person_name="Rémi Sol")
    [holder] = [each for each in holders_of(contract) if each.key == "Rémi Sol"]
    assert len(pack_of(contract, holder, ON).mandates) == 1


def test_who_held_a_role_is_among_those_who_may_leave(contract, officer):
    assert officer.ref in {holder.ref for holder in holders_of(contract)}


def test_the_pack_is_for_who_writes_and_an_unknown_person_is_said(client, contract, officer, stranger):
    address = reverse("contract_handover", args=[contract.code])
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(officer)
    assert client.get(address, {"personne": "nobody"}).status_code == 404
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_pack_costs_the_same_whatever_hangs(
    client, contract, officer, leaving, django_assert_max_num_queries, count
):
    for n in range(count):
        PostFactory(contract=contract, title=f"Poste {n}", person_ref=leaving.ref, person_name=leaving.name)
        AmendmentFactory(contract=contract, number=n + 2, drafted_by=leaving.ref)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        assert pack_page(client, contract, leaving).status_code == 200

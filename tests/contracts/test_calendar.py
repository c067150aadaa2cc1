"""The calendar: planned against actual, what is owed and handed over, what is late."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts import access
from faubourg.contracts.models import Deliverable, Milestone, Phase
from faubourg.contracts.queries import calendar_of, late_things
from faubourg.contracts.services import deliverables, phases
from faubourg.contracts.services.deliverables import OwedBy
from faubourg.contracts.services.dues import Due
from faubourg.contracts.services.erasing import SOMEBODY, erase_names
from faubourg.contracts.services.phases import GivenPhase
from faubourg.rules.calendar import Standing
from tests.factories.governance import BodyFactory
from tests.factories.life import ContractStepFactory, DeliverableFactory, MilestoneFactory, PhaseFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 1)


def given(**changes):
    return GivenPhase(
        **{"name": "Phase 1", "planned_start": date(2013, 4, 1), "planned_end": date(2014, 3, 31)} | changes
    )


def refused_codes(error):
    return [reason.code for reason in error.value.verdict.refusals()]


# --- phases -----------------------------------------------------------------------------------------------


def test_phases_may_overlap_and_the_calendar_says_when(town, officer):
    for name, start, end in (
        ("Phase 2", date(2014, 4, 1), date(2014, 10, 31)),
        ("Phase 3", date(2014, 9, 1), date(2014, 12, 31)),
    ):
        phases.add_phase(
            contract=town.contract,
            given=given(name=name, planned_start=start, planned_end=end),
            by=officer.actor,
        )
    [(one, other, shared)] = calendar_of(town.contract, TODAY).overlaps
    assert (one.name, other.name, shared.days) == ("Phase 2", "Phase 3", 61)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned_end": date(2013, 1, 1)}, "planned_end"),
        ({"actual_end": date(2014, 5, 1)}, "actual_start"),
        ({"actual_start": date(2014, 5, 1), "actual_end": date(2014, 4, 1)}, "actual_end"),
        ({"actual_start": date(2999, 1, 1)}, "actual_start"),
    ],
)
def test_a_phase_that_cannot_be_is_refused_beside_its_field(town, officer, changes, field):
    with pytest.raises(Refused) as error:
        phases.add_phase(contract=town.contract, given=given(**changes), by=officer.actor)
    assert refused_codes(error) == [field]


def test_the_same_form_sent_twice_makes_one_phase(town, officer):
    phases.add_phase(contract=town.contract, given=given(), by=officer.actor)
    with pytest.raises(Refused):
        phases.add_phase(contract=town.contract, given=given(), by=officer.actor)
    assert Phase.objects.count() == 1


def test_two_people_do_not_overwrite_each_other(town, officer):
    phase = PhaseFactory(contract=town.contract)
    phases.revise_phase(phase=phase, given=given(name="A"), base_version=1, by=officer.actor)
    with pytest.raises(Conflict):
        phases.revise_phase(phase=phase, given=given(name="B"), base_version=1, by=officer.actor)
    phase.refresh_from_db()
    assert (phase.name, phase.version) == ("A", 2)
    [entry] = entries_for("contract", f"{town.contract.generation}/{town.contract.code}")
    assert entry.act == "phase.revised"


def test_what_hung_on_a_removed_phase_stays(town, officer):
    phase = PhaseFactory(contract=town.contract)
    owed = DeliverableFactory(contract=town.contract, phase=phase)
    phases.remove_phase(phase=phase, by=officer.actor)
    owed.refresh_from_db()
    assert owed.phase is None


# --- dates as printed -------------------------------------------------------------------------------------


def test_a_date_without_a_year_asks_for_it_beside_the_phase(town, officer):
    phase = PhaseFactory(
        contract=town.contract, planned_start=date(2013, 4, 1), planned_end=date(2014, 3, 31)
    )
    with pytest.raises(Refused) as error:
        phases.add_milestone(
            contract=town.contract, name="Bilan", phase=phase, due=Due("mi-avril"), by=officer.actor
        )
    assert refused_codes(error) == ["due_year"]
    years = [reason.operand for reason in error.value.verdict.reasons if not reason.decides]
    assert years == [2013, 2014, 2015]
    assert not Milestone.objects.exists()


def test_the_words_stay_with_their_interpretation_and_who_made_it(town, officer):
    made = phases.add_milestone(
        contract=town.contract,
        name="Bilan",
        phase=None,
        due=Due("mi-avril", year=2014, why="la phase 1 commence en avril 2013"),
        by=officer.actor,
    )
    assert (made.due_on, made.due_printed) == (date(2014, 4, 20), "mi-avril")
    assert "la phase 1 commence en avril 2013" in made.due_reading
    assert (made.due_read_by, made.due_read_by_name) == (officer.ref, "Ana Diaz")


def test_words_that_are_no_date_ask_for_a_day(town, officer):
    with pytest.raises(Refused) as error:
        phases.add_milestone(
            contract=town.contract, name="Bilan", phase=None, due=Due("bientôt"), by=officer.actor
        )
    assert refused_codes(error) == ["due_on"]
    made = phases.add_milestone(
        contract=town.contract,
        name="Bilan",
        phase=None,
        due=Due("bientôt", on=date(2024, 5, 1)),
        by=officer.actor,
    )
    assert made.due_reading


def test_whoever_changes_the_name_alone_does_not_become_the_reader(town, officer):
    made = phases.add_milestone(
        contract=town.contract, name="Bilan", phase=None, due=Due("mai 2014"), by=officer.actor
    )
    other = PersonFactory(name="Luc Petit")
    kept = phases.revise_milestone(
        milestone=made, name="Bilan revu", phase=None, due=Due("mai 2014", on=made.due_on), note="",
        reached_on=None, base_version=1, by=other.actor,
    )  # fmt: skip
    assert (kept.name, kept.due_read_by_name) == ("Bilan revu", "Ana Diaz")


def test_a_closed_account_leaves_no_name_in_a_calendar(town, officer):
    made = phases.add_milestone(
        contract=town.contract, name="Bilan", phase=None, due=Due("mai 2014"), by=officer.actor
    )
    erase_names(officer.ref)
    made.refresh_from_db()
    assert made.due_read_by_name == SOMEBODY


# --- deliverables -----------------------------------------------------------------------------------------


def test_every_commune_is_asked_at_once_and_nobody_twice(town, officer):
    owners = [OwedBy(territory=town.centre), OwedBy(territory=town.suburb)]
    asked = {"contract": town.contract, "name": "Bilan", "phase": None, "due": Due(on=TODAY)}
    deliverables.add_deliverables(**asked, owners=owners[:1], by=officer.actor)
    deliverables.add_deliverables(**asked, owners=owners, by=officer.actor)
    assert {one.owner for one in Deliverable.objects.all()} == {"Centre-Ville", "La Banlieue"}
    with pytest.raises(Refused):
        deliverables.add_deliverables(**asked, owners=owners, by=officer.actor)


def test_a_deliverable_says_who_follows_it_to_partners_only(client, town, officer):
    """A name, and the account behind it: kept while the name stays, so that a handover finds it."""
    follower = PersonFactory(name="Inès Vidal")
    client.force_login(officer)
    add = f"/contrats/{town.contract.code}/calendrier/livrables/ajouter/"
    sent = {"name": "Bilan", "owner": "other", "owed_by": "Ville", "due_on": "2024-01-10", "version": 0}
    assert client.post(add, sent | {"person_email": "nobody@example.org"}).status_code == 422
    assert client.post(add, sent | {"person_email": follower.email}).status_code == 302
    one = Deliverable.objects.get()
    assert (one.person_name, one.person_ref) == ("Inès Vidal", follower.ref)
    edit = f"/contrats/{town.contract.code}/calendrier/livrables/{one.pk}/"
    sent |= {"version": 1, "person_name": "Inès Vidal", "owed_by": "La Ville"}
    assert client.post(edit, sent).status_code == 302
    one.refresh_from_db()
    assert (one.owed_by, one.person_ref) == ("La Ville", follower.ref)
    page = f"/contrats/{town.contract.code}/livrables/{one.pk}/"
    assert "Inès Vidal" in client.get(page).text
    assert client.post(edit, sent | {"version": 2, "person_name": "Paul Sarde"}).status_code == 302
    one.refresh_from_db()
    assert (one.person_name, one.person_ref) == ("Paul Sarde", None)
    client.logout()
    assert "Paul Sarde" not in client.get(page).text
    entries = entries_for("contract", f"{town.contract.generation}/{town.contract.code}")
    assert entries
    assert not [entry for entry in entries if "Vidal" in entry.payload]


def test_a_deliverable_is_handed_over_validated_and_given_back(town, officer):
    one = DeliverableFactory(contract=town.contract)
    with pytest.raises(Refused):
        deliverables.validate(deliverable=one, on=TODAY, base_version=1, by=officer.actor)
    one = deliverables.deliver(
        deliverable=one, on=date(2024, 2, 3), document=None, base_version=1, by=officer.actor
    )
    with pytest.raises(Refused):
        deliverables.validate(deliverable=one, on=date(2024, 2, 2), base_version=2, by=officer.actor)
    one = deliverables.validate(deliverable=one, on=TODAY, base_version=2, by=officer.actor)
    with pytest.raises(Refused):
        deliverables.deliver(deliverable=one, on=TODAY, document=None, base_version=3, by=officer.actor)
    with pytest.raises(Refused):
        deliverables.remove_deliverable(deliverable=one, by=officer.actor)
    with pytest.raises(Refused):
        deliverables.give_back(deliverable=one, reason=" ", base_version=3, by=officer.actor)
    one = deliverables.give_back(deliverable=one, reason="Incomplet", base_version=3, by=officer.actor)
    assert (one.delivered_on, one.validated_on) == (None, None)
    entries = entries_for("contract", f"{town.contract.generation}/{town.contract.code}")
    assert {entry.act for entry in entries} == {
        "deliverable.delivered", "deliverable.validated", "deliverable.returned",
    }  # fmt: skip


def test_nothing_is_handed_over_tomorrow(town, officer):
    one = DeliverableFactory(contract=town.contract)
    with pytest.raises(Refused) as error:
        deliverables.deliver(
            deliverable=one, on=date(2999, 1, 1), document=None, base_version=1, by=officer.actor
        )
    assert refused_codes(error) == ["delivered_on"]


def test_the_referent_hands_over_for_their_commune_only(town):
    referent = PersonFactory()
    RoleGrantFactory(
        person=referent, role="commune_referent", scope_kind="commune", scope_code=town.centre.code
    )
    own = DeliverableFactory(contract=town.contract, territory=town.centre)
    quarter = DeliverableFactory(contract=town.contract, territory=town.quarters[0])
    others = DeliverableFactory(contract=town.contract, territory=town.suburb)
    bodys = DeliverableFactory(contract=town.contract, body=BodyFactory(contract=town.contract))
    told = [
        bool(access.can_deliver(referent, town.contract, one).ok) for one in (own, quarter, others, bodys)
    ]
    assert told == [True, True, False, False]


# --- what is late -----------------------------------------------------------------------------------------


def test_what_should_have_happened_by_now_and_has_not(town):
    contract = town.contract
    contract.planned_signature_on = date(2024, 3, 31)
    contract.save()
    PhaseFactory(
        contract=contract, name="En cours", planned_end=date(2024, 5, 30), actual_start=date(2024, 1, 2)
    )
    MilestoneFactory(contract=contract, name="Atteint", reached_on=date(2024, 2, 1))
    DeliverableFactory(contract=contract, name="Dû", territory=town.centre, due_on=date(2024, 5, 31))
    DeliverableFactory(contract=contract, name="À venir", due_on=date(2024, 6, 1))
    found = [(thing.label, thing.days_late, thing.owed_by) for thing in late_things(contract, TODAY)]
    assert found == [("Signature du contrat", 62, ""), ("En cours", 2, ""), ("Dû", 1, "Centre-Ville")]


def test_nothing_is_late_for_ever_in_a_replaced_contract(town):
    contract = town.contract
    DeliverableFactory(contract=contract)
    assert late_things(contract, TODAY)
    contract.state = "replaced"
    contract.save()
    ContractStepFactory(contract=contract, after="replaced", on=date(2024, 5, 1))
    assert late_things(contract, TODAY) == []
    [line] = calendar_of(contract, TODAY).deliverables
    assert line.judged.standing is Standing.UNRECORDED


# --- pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["calendrier/", "livrables/"])
def test_a_page_costs_the_same_with_one_row_or_three(
    client, town, officer, django_assert_max_num_queries, page, count
):
    phase = PhaseFactory(contract=town.contract)
    for place in [town.centre, town.suburb, town.quarters[0]][:count]:
        DeliverableFactory(contract=town.contract, phase=phase, territory=place)
        MilestoneFactory(contract=town.contract)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        assert client.get(f"/contrats/{town.contract.code}/{page}").status_code == 200


def test_the_public_reads_the_calendar_and_no_name(client, town, officer):
    phases.add_milestone(
        contract=town.contract, name="Bilan", phase=None, due=Due("mai 2014"), by=officer.actor
    )
    address = f"/contrats/{town.contract.code}/calendrier/"
    assert "Ana Diaz" not in client.get(address).content.decode()
    client.force_login(officer)
    assert "Ana Diaz" in client.get(address).content.decode()


def test_the_drawing_says_in_words_what_it_shows(client, town):
    PhaseFactory(contract=town.contract, name="<b>Phase</b>", actual_start=date(2024, 1, 2))
    page = client.get(f"/contrats/{town.contract.code}/calendrier/").content.decode()
    assert "<svg" in page
    assert "&lt;b&gt;Phase&lt;/b&gt; : prévu" in page
    assert "<b>Phase</b>" not in page


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods", "pdf"])
def test_the_deliverables_are_carried_away(client, town, fmt):
    DeliverableFactory(contract=town.contract, territory=town.centre)
    assert client.get(f"/contrats/{town.contract.code}/livrables/", {"format": fmt}).status_code == 200


@pytest.mark.parametrize(("state", "count"), [("retard", 1), ("attendu", 2), ("remis", 1), ("valide", 0)])
def test_deliverables_are_filtered_by_where_they_stand(client, town, state, count):
    DeliverableFactory(contract=town.contract)
    DeliverableFactory(contract=town.contract, due_on=None)
    DeliverableFactory(contract=town.contract, delivered_on=TODAY)
    page = client.get(f"/contrats/{town.contract.code}/livrables/", {"etat": state})
    assert page.context["listing"].total == count


def test_a_document_is_handed_over_and_read_by_partners_only(client, town, officer):
    one = DeliverableFactory(contract=town.contract, territory=town.centre)
    here = f"/contrats/{town.contract.code}/livrables/{one.pk}/"
    client.force_login(officer)
    upload = SimpleUploadedFile("bilan.pdf", b"%PDF-1.4 essai", "application/pdf")
    sent = {"delivered_on": "2024-02-01", "version": 1, "document": upload}
    assert client.post(f"{here}remettre/", sent).status_code == 302
    document = client.get(f"{here}document/")
    assert (document.status_code, b"".join(document.streaming_content)) == (200, b"%PDF-1.4 essai")
    client.logout()
    assert client.get(here).status_code == 200
    assert client.get(f"{here}document/").status_code == 302
    client.force_login(PersonFactory())
    assert client.get(f"{here}document/").status_code == 403


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_handed_over(client, town, officer):
    one = DeliverableFactory(contract=town.contract)
    client.force_login(officer)
    upload = SimpleUploadedFile("bilan.pdf", b"MZ not a pdf", "application/pdf")
    answer = client.post(
        f"/contrats/{town.contract.code}/livrables/{one.pk}/remettre/",
        {"delivered_on": "2024-02-01", "version": 1, "document": upload},
    )
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.delivered_on is None


def test_what_another_wrote_meanwhile_is_set_beside_and_sent_again(client, town, officer):
    phase = PhaseFactory(contract=town.contract, name="Avant", version=2)
    client.force_login(officer)
    here = f"/contrats/{town.contract.code}/calendrier/phases/{phase.pk}/"
    sent = {"version": 1, "name": "Après", "planned_start": "2024-01-01", "planned_end": "2024-03-31"}
    answer = client.post(here, sent)
    assert answer.status_code == 409
    assert "Avant" in answer.content.decode()
    assert client.post(here, sent | {"version": answer.context["form"]["version"].value()}).status_code == 302
    phase.refresh_from_db()
    assert phase.name == "Après"


@pytest.mark.parametrize("rest", ["calendrier/phases/0/", "livrables/0/", "calendrier/autres/1/"])
def test_what_is_not_there_is_not_found(client, town, officer, rest):
    client.force_login(officer)
    assert client.get(f"/contrats/{town.contract.code}/{rest}").status_code == 404


def test_a_deliverable_of_another_contract_is_not_found_here(client, town, officer):
    other = DeliverableFactory()
    client.force_login(officer)
    assert client.get(f"/contrats/{town.contract.code}/livrables/{other.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["phases", "jalons", "livrables"])
def test_an_empty_form_is_answered_beside_its_fields(client, town, officer, kind):
    client.force_login(officer)
    address = f"/contrats/{town.contract.code}/calendrier/{kind}/ajouter/"
    answer = client.post(address, {})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


def test_the_possible_years_are_offered_then_one_is_chosen(client, town, officer):
    phase = PhaseFactory(contract=town.contract)
    client.force_login(officer)
    address = f"/contrats/{town.contract.code}/calendrier/jalons/ajouter/"
    sent = {"version": 0, "name": "Réunion", "phase": phase.pk, "due_printed": "mi-février"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'type="radio"' in answer.content.decode()
    assert client.post(address, sent | {"due_year": 2024}).status_code == 302
    assert Milestone.objects.get().due_on == date(2024, 2, 20)


def test_the_planned_days_of_a_contract_are_in_order(town, officer):
    with pytest.raises(Refused):
        phases.plan_contract(
            contract=town.contract, planned_signature_on=date(2024, 3, 31), in_force_on=None,
            ends_on=date(2024, 1, 1), base_version=1, by=officer.actor,
        )  # fmt: skip
    kept = phases.plan_contract(
        contract=town.contract, planned_signature_on=date(2024, 3, 31), in_force_on=None,
        ends_on=date(2030, 12, 31), base_version=1, by=officer.actor,
    )  # fmt: skip
    assert late_things(kept, timezone.localdate())

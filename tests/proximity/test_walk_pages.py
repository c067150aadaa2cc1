"""The pages of walks: the team's, the guest's without an account, everybody's; each list in a few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from faubourg.proximity.models import Observation, Proposal, Walk
from faubourg.proximity.services import walk_minutes, walk_proposals
from faubourg.proximity.walk_paper import walk_data, walk_pdf
from faubourg.site.queries.overview import desk_of
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    ObservationFactory,
    WalkFactory,
)

from .walking import FRAME, confirmed, grid, held, prepared, restored, seen, validated

pytestmark = pytest.mark.django_db
NAME = "Fatoumata Ouvrard 0"


@pytest.fixture
def area():
    return AreaFactory(code="ici")


@pytest.fixture
def person(area):
    return AreaSeatFactory(area=area).person


@pytest.fixture
def team(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def by(person):
    return person.actor


def text(page):
    return page.content.decode()


def test_a_walk_is_prepared_from_a_title_to_its_confirmation(team, area):
    page = team.post(f"/proximite/{area.code}/marches/nouvelle/", {"title": "Le soir", "kind": "exploratory"})
    walk = Walk.objects.get()
    assert page.url == f"/marches/{walk.pk}/itineraire/"
    rows = {"haltes-TOTAL_FORMS": 2, "haltes-INITIAL_FORMS": 0, "version": walk.version}
    for n, name in enumerate(("Le square", "La place")):
        rows |= {f"haltes-{n}-order": 2 - n, f"haltes-{n}-name": name, f"haltes-{n}-point": f"3,08{n} 45.77"}
    assert team.post(page.url, rows).status_code == 302
    assert [stop.name for stop in walk.stops.all()] == ["La place", "Le square"]
    refused = team.post(f"/marches/{walk.pk}/confirmer/", {"version": walk.version + 1}, follow=True)
    assert "Écrivez le cadre" in text(refused)
    walk.refresh_from_db()
    told = {
        "title": "Le soir", "kind": "exploratory", "day": "2026-03-12", "hour": "20:30",
        "grid": grid().pk, "version": walk.version, **FRAME,
    }  # fmt: skip
    assert team.post(f"/marches/{walk.pk}/modifier/", told).status_code == 302
    guest = {"name": "Samira", "email": "samira@exemple.fr", "role": "resident"}
    team.post(f"/marches/{walk.pk}/invites/", guest)
    walk.refresh_from_db()
    team.post(f"/marches/{walk.pk}/confirmer/", {"version": walk.version})
    walk.refresh_from_db()
    assert walk.state == "confirmed"


@pytest.mark.parametrize("point", ["ici", "181 45", "3.08", "3.08 91", "nan nan"])
def test_a_point_that_is_none_is_said_and_nothing_typed_is_lost(team, area, by, point):
    walk = prepared(area, by)
    told = {
        "haltes-TOTAL_FORMS": 1, "haltes-INITIAL_FORMS": 0, "version": walk.version,
        "haltes-0-name": "Ma halte à moi", "haltes-0-point": point,
    }  # fmt: skip
    page = team.post(f"/marches/{walk.pk}/itineraire/", told)
    assert page.status_code == 422
    assert "Ma halte à moi" in text(page)
    assert walk.stops.count() == 3


def test_two_people_who_change_a_walk_see_both_texts(team, area, by):
    walk = prepared(area, by)
    told = {"title": "Le mien", "kind": "day", "version": walk.version - 1, **FRAME}
    page = team.post(f"/marches/{walk.pk}/modifier/", told)
    assert page.status_code == 409
    assert "Le mien" in text(page)
    assert "Marche du soir" in text(page)


def test_a_guest_answers_by_a_key_without_an_account(client, area, by):
    walk = confirmed(area, by)
    guest = walk.guests.get()
    address = f"/marches/invitation/{guest.key}/"
    page = text(client.get(address))
    assert "Passage sous la tour" in page
    assert "Le budget voté." in page
    client.post(address, {"reponse": "oui"})
    client.post(address, {})
    guest.refresh_from_db()
    assert guest.answer == "yes"
    assert client.get("/marches/invitation/autre-cle/").status_code == 404
    paper = client.get(f"{address}itineraire.pdf")
    assert paper.content.startswith(b"%PDF")


def test_the_paper_has_a_map_and_a_sheet_for_each_halt(area, by):
    walk = prepared(area, by)
    data = walk_data(walk)
    assert len(data["sheets"]) == 3
    assert data["sheets"][0]["lines"][0]["name"] == "Savoir où je suis"
    assert "<svg" in data["map"]
    assert walk_pdf(walk).startswith(b"%PDF")


def test_an_observation_is_typed_corrected_and_becomes_a_report(team, area, by):
    CategoryFactory(area=area, theme="lighting")
    walk = held(area, by)
    told = {
        "stop": walk.stops.first().pk, "criterion": "lighting", "principle": "seeing", "severity": "3",
        "nature": "dysfunction", "text": "Deux lampes éteintes.", "hour": "21:10",
        "client_id": "5a1f4f9e-3f3a-4f5c-9a55-0f8a3f9f2b11",
    }  # fmt: skip
    where = f"/marches/{walk.pk}/observations/nouvelle/"
    assert team.post(where, told | {"severity": ""}).status_code == 422
    for _twice in range(2):
        assert team.post(where, told).status_code == 302
    row = Observation.objects.get()
    assert timezone.localtime(row.seen_at).hour == 21
    address = f"/marches/observations/{row.pk}/"
    again = told | {"text": "Trois lampes.", "version": row.version}
    assert team.post(f"{address}modifier/", again).status_code == 302
    assert "Trois lampes." in text(team.get(address))
    team.post(f"{address}signaler/")
    row.refresh_from_db()
    assert row.ticket.text == "Trois lampes."


def test_similar_notes_are_shown_with_their_reason_and_gathered(team, area, by):
    walk = held(area, by)
    one, two = seen(walk, by), seen(walk, PersonFactory().actor)
    address = f"/marches/{walk.pk}/rapprocher/"
    assert "2 notes de 2 personnes" in text(team.get(address))
    team.post(address, {"observation": [one.pk, two.pk], "garder": two.pk})
    one.refresh_from_db()
    assert one.merged_into == two
    team.post(f"/marches/observations/{one.pk}/separer/")
    one.refresh_from_db()
    assert one.merged_into is None


def test_each_line_is_read_again_and_a_name_is_refused_beside_it(team, area, by):
    walk = validated(area, by, observations=2)
    one, two = walk.observations.order_by("pk")
    told = {
        f"o{one.pk}-choice": "public", f"o{one.pk}-public_text": "Vu par Fatoumata Ouvrard 0.",
        f"o{one.pk}-version": one.version,
        f"o{two.pk}-choice": "team", f"o{two.pk}-public_text": "", f"o{two.pk}-version": two.version,
    }  # fmt: skip
    page = team.post(f"/marches/{walk.pk}/relecture/", told)
    assert page.status_code == 422
    assert "sans le nommer" in text(page)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.reread_at, two.public, two.reread_at is None) == (None, False, False)


def test_nothing_is_public_before_the_restitution_and_nobody_is_named_after(client, area, by):
    walk = validated(area, by)
    address = f"/marches/{walk.pk}/restitution/"
    assert client.get(address).status_code == 404
    row = walk.observations.get()
    walk_minutes.reread(
        observation=row, public=True, public_text="Lampes éteintes.", base_version=row.version, by=by
    )
    asked = walk_proposals.propose(walk=walk, title="Rallumer", text="", observations=[row], by=by)
    walk_proposals.count_voices(proposal=asked, voices=9, base_version=asked.version, by=by)
    walk_minutes.restore(walk=walk, by=by)
    page = text(client.get(address))
    assert "Lampes éteintes." in page
    assert "un groupe de 12 femmes" in page
    assert "Rallumer" in page
    for hidden in (NAME, "invitee0", by.name, row.text, "Un tour d’une heure."):
        assert hidden not in page
    paper = client.get(f"/marches/{walk.pk}/restitution.pdf")
    assert paper.content.startswith(b"%PDF")
    assert client.get(f"/marches/{walk.pk}/").url == address


def test_a_small_group_is_not_counted(client, area, by):
    walk = restored(area, by)
    Walk.objects.filter(pk=walk.pk).update(people_count=3)
    assert "un groupe de femmes du quartier" in text(client.get(f"/marches/{walk.pk}/restitution/"))


def test_the_list_of_everybody_has_restored_walks_only(client, area, by):
    confirmed(area, by, title="À venir")
    restored(area, by, title="Passée")
    page = text(client.get(f"/proximite/{area.code}/marches/"))
    assert "Passée" in page
    assert "À venir" not in page


def test_a_note_taker_reads_and_writes_their_own_notes_alone(client, area, by):
    walk = held(area, by)
    relay = PersonFactory()
    walk.guests.create(name="Relais", role="relay", person=relay, takes_notes=True)
    theirs, mine = seen(walk, by, text="De l’équipe."), seen(walk, relay.actor, text="Du relais.")
    client.force_login(relay)
    page = text(client.get(f"/marches/{walk.pk}/observations/"))
    assert "Du relais." in page
    assert "De l’équipe." not in page
    assert client.get(f"/marches/observations/{theirs.pk}/").status_code == 403
    assert client.get(f"/marches/observations/{mine.pk}/modifier/").status_code == 200
    assert client.get(f"/marches/{walk.pk}/").status_code == 302


def test_voices_and_fates_are_given_with_buttons(team, area, by):
    walk = held(area, by)
    team.post(f"/marches/{walk.pk}/propositions/nouvelle/", {"title": "Un banc"})
    one = Proposal.objects.get()
    act = f"/marches/propositions/{one.pk}/"
    for wrong in ("-1", "13", "beaucoup", "9" * 30):
        team.post(f"{act}voix/", {"voices": wrong, "version": one.version})
    team.post(f"{act}voix/", {"voices": "11", "version": one.version})
    one.refresh_from_db()
    assert one.voices == 11
    team.post(f"{act}budget/", {"version": one.version})
    one.refresh_from_db()
    assert one.fate == "budget"
    assert team.post(f"{act}inconnu/").status_code == 404


def test_the_first_page_recalls_a_review_that_is_due(area, person, by):
    walk = restored(area, by)
    assert desk_of(person).proximity == []
    Walk.objects.filter(pk=walk.pk).update(review_due_on="2026-01-01")
    (line,) = desk_of(person).proximity
    assert (line.label, line.late, line.url) == (walk.title, True, f"/marches/{walk.pk}/bilan/")
    assert desk_of(PersonFactory()).proximity == []


def test_grids_are_copied_and_edited_by_the_team(team, area):
    page = team.post(f"/proximite/{area.code}/grilles/{grid('night').pk}/copier/")
    form = team.get(page.url)
    assert form.status_code == 200
    told = {
        "title": "La nuit ici", "version": 1, "principes-TOTAL_FORMS": 0, "principes-INITIAL_FORMS": 0,
        "themes-TOTAL_FORMS": 2, "themes-INITIAL_FORMS": 0,
        "themes-0-name": "Lampes", "themes-0-strand": "technical",
        "themes-1-name": "Ambiance", "themes-1-strand": "social",
    }  # fmt: skip
    assert team.post(page.url, told | {"themes-1-strand": "technical"}).status_code == 422
    assert team.post(page.url, told).status_code == 302
    assert "La nuit ici" in text(team.get(f"/proximite/{area.code}/grilles/"))


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_the_same_whatever_their_length(team, area, by):
    walk = validated(area, by, observations=1)
    addresses = (
        f"/proximite/{area.code}/marches/",
        f"/marches/{walk.pk}/observations/",
        f"/marches/{walk.pk}/rapprocher/",
        f"/marches/{walk.pk}/relecture/",
        f"/marches/{walk.pk}/restitution/",
        f"/marches/{walk.pk}/bilan/",
        f"/marches/{walk.pk}/",
    )
    walk.observations.update(public=True, public_text="Vu.")
    walk.proposals.create(title="Une")
    one = {address: counted(team, address) for address in addresses}
    WalkFactory.create_batch(2, area=area)
    for n in range(2):
        ObservationFactory(walk=walk, stop=walk.stops.first(), public=True, public_text="Vu.")
        walk.proposals.create(title=f"Autre {n}")
        walk.guests.create(name=f"Autre {n}", role="resident")
    assert {address: counted(team, address) for address in addresses} == one
    assert max(one.values()) <= 25, one
    assert max(one[address] for address in addresses[:2]) <= 15, one

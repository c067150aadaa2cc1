"""A walk before it happens: nothing is confirmed before everybody can know what is negotiable."""

from dataclasses import replace

import pytest

from faubourg.base.refusal import Conflict, Refused
from faubourg.proximity.models import News, Walk, WalkGuest
from faubourg.proximity.services import grids, walk_guests, walks
from faubourg.proximity.services.walk_guests import GuestWords
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory
from tests.factories.proximity import LAT, LON, AreaFactory, AreaSeatFactory, ObservationGridFactory

from .walking import STOPS, confirmed, grid, prepared, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def by(area):
    return AreaSeatFactory(area=area).person.actor


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"negotiable": ""}, "walk_frame"),
        ({"not_negotiable": "  "}, "walk_frame"),
        ({"allowed": ""}, "walk_frame"),
        ({"stops": STOPS[:1]}, "walk_itinerary"),
        ({"guests": 0}, "walk_guests"),
        ({"starts_at": None}, "walk_start"),
        ({"grid": None}, "walk_grid"),
    ],
)
def test_each_thing_that_lacks_is_told_before_confirming(area, by, missing, code):
    walk = prepared(area, by, **missing)
    with pytest.raises(Refused) as refused:
        walks.confirm_walk(walk=walk, base_version=walk.version, by=by)
    assert code in {reason.code for reason in refused.value.verdict.refusals()}


def test_a_confirmed_walk_freezes_its_grid_and_says_how_long_it_takes(area, by):
    own = grids.copy_grid(area=area, grid=grid(), by=by)
    walk = confirmed(area, by, grid=own)
    own.refresh_from_db()
    assert own.frozen_at is not None
    assert walk.minutes_long == 45
    with pytest.raises(Refused, match="figée"):
        grids.edit_grid(grid=own, title="Autre", content=own.content, base_version=own.version, by=by)


def test_a_confirmed_walk_changes_once_it_is_taken_back_with_a_reason(area, by):
    walk = confirmed(area, by)
    with pytest.raises(Refused):
        walks.edit_walk(walk=walk, words=words(), base_version=walk.version, by=by)
    with pytest.raises(Refused):
        walks.take_back_walk(walk=walk, reason=" ", base_version=walk.version, by=by)
    walk = walks.take_back_walk(walk=walk, reason="Il pleuvra.", base_version=walk.version, by=by)
    walk = walks.edit_walk(walk=walk, words=words(title="Plus tard"), base_version=walk.version, by=by)
    assert (walk.state, walk.title) == ("preparing", "Plus tard")


def test_two_windows_notice_each_other(area, by):
    walk = prepared(area, by)
    walks.edit_walk(walk=walk, words=words(title="Une"), base_version=walk.version, by=by)
    with pytest.raises(Conflict):
        walks.edit_walk(walk=walk, words=words(title="Deux"), base_version=walk.version, by=by)


def test_a_halt_that_stays_keeps_its_row_whatever_its_rank(area, by):
    walk = prepared(area, by)
    first, second, third = walk.stops.order_by("order")
    turned = [
        replace(STOPS[2], pk=third.pk),
        replace(STOPS[0], pk=first.pk, name="Arrêt"),
    ]
    walk = walks.set_route(walk=walk, stops=turned, line=[], words="", base_version=walk.version, by=by)
    assert [(stop.pk, stop.name) for stop in walk.stops.order_by("order")] == [
        (third.pk, "Square"),
        (first.pk, "Arrêt"),
    ]
    assert not walk.stops.filter(pk=second.pk).exists()


def test_the_line_is_straight_unless_it_is_drawn(area, by):
    walk = prepared(area, by)
    assert len(walk.route["coordinates"]) == 3
    drawn = [(LON, LAT), (LON, LAT + 0.01)]
    walk = walks.set_route(walk=walk, stops=STOPS, line=drawn, words="", base_version=walk.version, by=by)
    assert walks.estimate_of(walk).metres == pytest.approx(1112, abs=2)


def test_neither_the_grid_nor_the_contract_of_another_area(area, by):
    other = ObservationGridFactory(area=AreaFactory())
    with pytest.raises(Refused, match="autre territoire"):
        walks.prepare_walk(area=area, words=words(grid=other), by=by)
    with pytest.raises(Refused, match="contrat"):
        walks.prepare_walk(area=area, words=words(contract=ContractFactory()), by=by)


def invite(walk, by):
    return walk_guests.send_invitations(walk=walk, address_of=lambda guest: guest.key, by=by)


def test_invitations_go_out_once_and_only_when_the_frame_is_known(area, by):
    walk = prepared(area, by, guests=2)
    with pytest.raises(Refused):
        invite(walk, by)
    walk = walks.confirm_walk(walk=walk, base_version=walk.version, by=by)
    walk_guests.add_guest(walk=walk, words=GuestWords(name="Sans adresse", role="relay"), by=by)
    assert (invite(walk, by), invite(walk, by)) == (2, 0)
    assert sorted(News.objects.values_list("to", flat=True)) == ["invitee0@exemple.fr", "invitee1@exemple.fr"]
    keys = dict(walk.guests.values_list("email", "key"))
    assert all(keys[news.to] in news.text for news in News.objects.all())


def test_a_walk_confirmed_again_tells_everybody_again(area, by):
    walk = confirmed(area, by)
    invite(walk, by)
    walk = walks.take_back_walk(walk=walk, reason="Plus tard.", base_version=walk.version, by=by)
    walk = walks.confirm_walk(walk=walk, base_version=walk.version, by=by)
    assert invite(walk, by) == 1
    assert News.objects.count() == 2


def test_whoever_is_not_invited_any_more_is_not_written_to(area, by):
    walk = confirmed(area, by, guests=2)
    invite(walk, by)
    walk_guests.remove_guest(guest=walk.guests.first(), by=by)
    assert News.objects.count() == 1
    with pytest.raises(Refused, match="au moins une"):
        walk_guests.remove_guest(guest=walk.guests.get(), by=by)


def test_the_same_guest_twice_is_one_and_an_account_is_recognised(area, by):
    walk = prepared(area, by, guests=0)
    person = PersonFactory(email="relais@exemple.fr")
    told = GuestWords(name="Relais", role="relay", email="Relais@exemple.fr", takes_notes=True)
    one = walk_guests.add_guest(walk=walk, words=told, by=by)
    assert walk_guests.add_guest(walk=walk, words=told, by=by) == one
    assert (one.person, walk.guests.count()) == (person, 1)


def test_an_answer_may_change_until_the_walk(area, by):
    walk = confirmed(area, by)
    guest = walk.guests.get()
    for comes, answer in ((True, "yes"), (True, "yes"), (False, "no")):
        walk_guests.answer_invitation(guest=guest, comes=comes)
        guest.refresh_from_db()
        assert guest.answer == answer
    Walk.objects.update(state="done")
    with pytest.raises(Refused):
        walk_guests.answer_invitation(guest=WalkGuest.objects.get(), comes=True)


def test_an_account_of_the_invited_address_joins_by_answering(area, by):
    walk = confirmed(area, by)
    guest, stranger = walk.guests.get(), PersonFactory()
    walk_guests.answer_invitation(guest=guest, comes=True, person=stranger)
    guest.refresh_from_db()
    assert guest.person is None
    person = PersonFactory(email="invitee0@exemple.fr")
    walk_guests.answer_invitation(guest=guest, comes=True, person=person)
    guest.refresh_from_db()
    assert guest.person == person


def test_shipped_grids_are_written_once_and_an_area_copies_them(area, by):
    assert {one.pk for one in grids.shipped_grids()} == {one.pk for one in grids.shipped_grids()}
    copy = grids.copy_grid(area=area, grid=grid("night"), by=by)
    assert (copy.number, copy.area, copy.frozen_at) == (2, area, None)
    assert grids.copy_grid(area=area, grid=grid("night"), by=by) == copy
    themes = [{"code": "neuf", "name": "Neuf", "question": "", "strand": "technical"}]
    with pytest.raises(Refused, match="deux volets"):
        grids.edit_grid(grid=copy, title="Nuit", content={"themes": themes}, base_version=copy.version, by=by)
    themes.append({"code": "autre", "name": "Autre", "question": "", "strand": "social"})
    edited = grids.edit_grid(
        grid=copy, title="Nuit", content={"themes": themes}, base_version=copy.version, by=by
    )
    assert [one["code"] for one in edited.content["themes"]] == ["neuf", "autre"]

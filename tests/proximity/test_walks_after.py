"""After a walk: notes are gathered by somebody, nothing is public before it was read, and a review is due."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.models import Action
from faubourg.proximity.models import News, Observation, Proposal, Ticket, Walk
from faubourg.proximity.queries.walks import alike
from faubourg.proximity.services import forgetting_walks, observing, walk_minutes, walk_proposals
from faubourg.proximity.services.naming import is_named
from faubourg.proximity.services.observing import Seen
from faubourg.proximity.services.walk_guests import send_invitations
from faubourg.proximity.services.walk_minutes import MinutesWords
from faubourg.proximity.services.walk_tickets import file_from_walk, file_several
from faubourg.rules.expiry import add_months
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory
from tests.factories.proximity import LAT, LON, AreaFactory, AreaSeatFactory, CategoryFactory

from .walking import NIGHT, confirmed, held, reread_all, restored, seen, validated

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return AreaFactory()


@pytest.fixture
def by(area):
    return AreaSeatFactory(area=area).person.actor


def test_a_walk_that_has_not_begun_was_not_held(area, by):
    walk = confirmed(area, by, starts_at=timezone.now() + timedelta(days=2))
    with pytest.raises(Refused, match="pas encore commencé"):
        walk_minutes.hold_walk(walk=walk, came=[], people_count=3, by=by)


def test_an_observation_sent_twice_is_one_and_takes_the_point_of_its_halt(area, by):
    walk = held(area, by)
    client = uuid4()
    told = Seen(
        stop=walk.stops.first(), criterion="lighting", nature="asset", severity=4, text="Bien.", seen_at=NIGHT
    )
    one = observing.note(walk=walk, seen=told, client_id=client, by=by)
    assert observing.note(walk=walk, seen=told, client_id=client, by=by) == one
    assert (one.lon, one.lat, one.severity, one.theme) == (LON, LAT, None, "lighting")


def test_observations_stop_when_the_minutes_are_validated(area, by):
    walk = validated(area, by)
    with pytest.raises(Refused, match="jusqu’à la validation"):
        seen(walk, by)
    walk_minutes.rework_minutes(walk=walk, reason="Il manque une halte.", by=by)
    assert seen(walk, by).pk


def test_what_is_alike_is_suggested_merged_by_somebody_and_separated_at_will(area, by):
    walk = held(area, by)
    other = PersonFactory().actor
    one, two = seen(walk, by), seen(walk, other, lon=LON + 0.0001, lat=LAT)
    seen(walk, other, criterion="noise")
    seen(walk, other, nature="asset")
    (found,) = alike(walk)
    assert [row.pk for row in found.rows] == [one.pk, two.pk]
    observing.merge(keep=one, others=[two], by=by)
    two.refresh_from_db()
    assert (two.merged_into_id, two.text) == (one.pk, "Deux lampes sur trois sont éteintes.")
    assert alike(walk) == []
    observing.unmerge(observation=two, by=by)
    observing.unmerge(observation=two, by=by)
    two.refresh_from_db()
    assert two.merged_into is None


def test_merges_that_make_no_sense_are_refused(area, by):
    walk = held(area, by)
    one, two, three = (seen(walk, by) for _ in range(3))
    asset = seen(walk, by, nature="asset")
    elsewhere = seen(held(area, by), by)
    for keep, others in ((one, [asset]), (one, []), (one, [one]), (one, [elsewhere])):
        with pytest.raises(Refused):
            observing.merge(keep=keep, others=others, by=by)
    observing.merge(keep=one, others=[two], by=by)
    for keep, others in ((three, [one]), (two, [three]), (three, [two])):
        with pytest.raises(Refused, match="séparez-les"):
            observing.merge(keep=keep, others=others, by=by)
    observing.merge(keep=one, others=[three], by=by)
    assert one.merged.count() == 2


def test_nothing_is_restored_before_each_text_was_read(area, by):
    walk = validated(area, by, observations=2)
    with pytest.raises(Refused, match="2 observation"):
        walk_minutes.restore(walk=walk, by=by)
    reread_all(walk, by)
    walk = walk_minutes.restore(walk=walk, by=by)
    today = timezone.localdate()
    assert (walk.state, walk.restored_on) == ("restored", today)
    assert walk.review_due_on == add_months(today, 6)


def test_a_correction_has_to_be_read_again(area, by):
    walk = validated(area, by)
    reread_all(walk, by)
    walk_minutes.rework_minutes(walk=walk, reason="Une faute.", by=by)
    row = walk.observations.get()
    told = Seen(
        stop=row.stop, criterion="lighting", nature="dysfunction", severity=2, text="Autre", seen_at=NIGHT
    )
    observing.edit_observation(observation=row, seen=told, base_version=row.version, by=by)
    row.refresh_from_db()
    assert (row.public, row.reread_at) == (False, None)
    with pytest.raises(Conflict):
        observing.edit_observation(observation=row, seen=told, base_version=1, by=by)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Le banc manque.", False),
        ("D’après Fatoumata, le banc manque.", True),
        ("OUVRARD fatoumata l’a dit.", True),
        ("Petit banc, grand square.", False),
        ("Le square est trop petit.", False),
        ("Selon M. Petit, rien.", False),
    ],
)
def test_a_name_is_found_where_it_can_only_be_a_name(text, named):
    assert is_named("Fatoumata Ouvrard", text) is named


@pytest.mark.parametrize(
    "text", ["Vu avec Fatoumata Ouvrard 0.", "Écrire à a.b@exemple.fr", "Appeler le 06 12 34 56 78"]
)
def test_nobody_is_named_in_what_everybody_reads(area, by, text):
    walk = held(area, by)
    row = seen(walk, by)
    told = MinutesWords(summary="Tout.", public_summary=text)
    with pytest.raises(Refused, match="public"):
        walk_minutes.write_minutes(walk=walk, words=told, base_version=walk.version, by=by)
    told = MinutesWords(summary=text, public_summary="Le groupe.")
    walk_minutes.write_minutes(walk=walk, words=told, base_version=walk.version, by=by)
    with pytest.raises(Refused, match="public"):
        walk_minutes.reread(observation=row, public=True, public_text=text, base_version=row.version, by=by)
    with pytest.raises(Refused, match="public"):
        walk_proposals.propose(walk=walk, title="Un banc", text=text, observations=[], by=by)


def proposal(walk, by, title="Rallumer le passage"):
    return walk_proposals.propose(walk=walk, title=title, text="", observations=[], by=by)


def test_hands_are_counted_within_the_group(area, by):
    walk = held(area, by, people_count=12)
    one = proposal(walk, by)
    assert proposal(walk, by) == one
    with pytest.raises(Refused, match="12 voix"):
        walk_proposals.count_voices(proposal=one, voices=13, base_version=one.version, by=by)
    one = walk_proposals.count_voices(proposal=one, voices=9, base_version=one.version, by=by)
    assert one.voices == 9
    with pytest.raises(Conflict):
        walk_proposals.count_voices(proposal=one, voices=8, base_version=1, by=by)


def test_a_proposal_becomes_one_action_of_a_contract_of_the_area(area, by):
    contract = ContractFactory()
    walk = held(area, by)
    one = proposal(walk, by)
    with pytest.raises(Refused, match="pas celui"):
        walk_proposals.become_action(proposal=one, contract=contract, by=by)
    area.contracts.add(contract)
    for _twice in range(2):
        one = walk_proposals.become_action(proposal=one, contract=contract, by=by)
    action = Action.objects.get()
    assert (one.action, action.origin_kind, action.origin_ref) == (action, "walk_proposal", str(one.pk))
    assert action.state == Action.State.PROPOSED
    with pytest.raises(Refused, match="devenue une action"):
        walk_proposals.reopen_proposal(proposal=one, base_version=one.version, by=by)


def test_a_proposal_goes_to_the_budget_or_is_dropped_with_its_reason(area, by):
    walk = held(area, by)
    one, two = proposal(walk, by), proposal(walk, by, "Un banc")
    one = walk_proposals.send_to_budget(proposal=one, base_version=one.version, by=by)
    with pytest.raises(Refused, match="déjà une suite"):
        walk_proposals.drop_proposal(proposal=one, reason="Non", base_version=one.version, by=by)
    with pytest.raises(Refused, match="motif"):
        walk_proposals.drop_proposal(proposal=two, reason=" ", base_version=two.version, by=by)
    two = walk_proposals.drop_proposal(proposal=two, reason="Déjà prévu.", base_version=two.version, by=by)
    assert [one.fate, two.fate, two.reason] == ["budget", "dropped", "Déjà prévu."]


def test_the_plan_is_followed_once_each_thing_has_a_future(area, by):
    walk = restored(area, by)
    one = proposal(walk, by)
    with pytest.raises(Refused, match="1 observation"):
        walk_minutes.follow(walk=walk, by=by)
    row = walk.observations.get()
    walk_minutes.set_outcome(observation=row, words="Réparé par la ville.", base_version=row.version, by=by)
    with pytest.raises(Refused, match="1 proposition"):
        walk_minutes.follow(walk=walk, by=by)
    walk_proposals.send_to_budget(proposal=one, base_version=one.version, by=by)
    assert walk_minutes.follow(walk=walk, by=by).state == "followed"


def ticketed(row, by, category=None):
    return file_from_walk(observation=row, category=category, by=by, at=timezone.now())


def test_an_observation_becomes_one_report_of_its_theme(area, by):
    walk = restored(area, by)
    row = walk.observations.get()
    with pytest.raises(Refused, match="Aucune catégorie"):
        ticketed(row, by)
    lighting = CategoryFactory(area=area, theme="lighting")
    one = ticketed(row, by)
    assert ticketed(row, by) == one
    assert (one.category, one.channel, one.by_night, one.place_words) == (
        lighting,
        "walk",
        True,
        "Arrêt de bus",
    )
    assert walk_minutes.follow(walk=walk, by=by).state == "followed"


def test_several_become_reports_all_or_none(area, by):
    CategoryFactory(area=area, theme="lighting")
    walk = held(area, by)
    rows = [seen(walk, by), seen(walk, by, nature="asset")]
    with pytest.raises(Refused, match="Un atout"):
        file_several(observations=rows, category=None, by=by, at=timezone.now())
    assert Ticket.objects.count() == 0
    rows = [rows[0], seen(walk, by)]
    assert len(file_several(observations=rows, category=None, by=by, at=timezone.now())) == 2


def test_what_was_gathered_under_another_is_not_filed_by_itself(area, by):
    CategoryFactory(area=area, theme="lighting")
    walk = held(area, by)
    one, two = seen(walk, by), seen(walk, by)
    observing.merge(keep=one, others=[two], by=by)
    two.refresh_from_db()
    with pytest.raises(Refused, match="réunie"):
        ticketed(two, by)
    three = seen(walk, by)
    ticketed(three, by)
    with pytest.raises(Refused, match="déjà un signalement"):
        observing.merge(keep=one, others=[three], by=by)


def followed(area, by):
    walk = restored(area, by)
    Observation.objects.update(outcome="Réparé.")
    return walk_minutes.follow(walk=walk, by=by)


def test_the_review_waits_for_six_months(area, by):
    walk = followed(area, by)
    with pytest.raises(Refused, match="Six mois"):
        walk_minutes.review(walk=walk, words="Fait.", by=by)
    Walk.objects.update(review_due_on=timezone.localdate())
    with pytest.raises(Refused, match="bilan"):
        walk_minutes.review(walk=walk, words="  ", by=by)
    assert walk_minutes.review(walk=walk, words="Fait.", by=by).state == "reviewed"


def test_who_walked_is_forgotten_a_year_after_the_review(area, by):
    walk = followed(area, by)
    Walk.objects.update(review_due_on=timezone.localdate())
    walk_minutes.review(walk=walk, words="Fait.", by=by)
    key, now = walk.guests.get().key, timezone.now()
    assert forgetting_walks.forget_walkers(now + timedelta(days=300)) == 0
    assert forgetting_walks.forget_walkers(now + timedelta(days=370)) == 1
    assert forgetting_walks.forget_walkers(now + timedelta(days=370)) == 0
    guest, row = walk.guests.get(), walk.observations.get()
    assert (guest.name, guest.email, row.taken_by_name) == ("", "", "")
    assert guest.key != key
    assert row.text
    forgetting_walks.forget_walkers(now + timedelta(days=800))
    row.refresh_from_db()
    assert (row.text, row.public_text) == ("", "Des lampes sont éteintes.")


def test_a_walk_that_is_never_reviewed_is_forgotten_too(area, by):
    walk = confirmed(area, by)
    send_invitations(walk=walk, address_of=lambda guest: guest.key, by=by)
    assert forgetting_walks.forget_walkers(timezone.now() + timedelta(days=366 * 3)) == 1
    assert (News.objects.get().to, News.objects.get().text) == ("", "")


def test_a_closed_account_leaves_no_name(area, by):
    walk = held(area, by)
    person = PersonFactory(email="relais@exemple.fr")
    walk.guests.create(name="Relais Untel", role="relay", person=person, email=person.email)
    row = seen(walk, person.actor)
    forgetting_walks.erase_names(person.ref)
    forgetting_walks.erase_names(by.ref)
    row.refresh_from_db()
    assert row.taken_by_name == ""
    assert not walk.guests.filter(name="Relais Untel").exists()
    assert set(walk.steps.values_list("by_name", flat=True)) == {""}
    assert Proposal.objects.count() == 0

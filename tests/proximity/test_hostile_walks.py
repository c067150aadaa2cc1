"""Bad luck on walks, in posts and in files: late rewordings, what must be forgotten, bad shapes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.proximity.land_outline import outline_of
from faubourg.proximity.models import Photo
from faubourg.proximity.services import forgetting_walks, observing, partners, redacting
from faubourg.territories.reading import geojson
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    ObservationFactory,
    PartnerFactory,
    PhotoFactory,
    ReferentFactory,
    WalkFactory,
    WalkGuestFactory,
)

from .test_notebook import note_of, send

pytestmark = pytest.mark.django_db
TEAM = Actor(ref=None, name="L’équipe")


@pytest.fixture
def area():
    return AreaFactory(code="ville")


class TestNotes:
    def test_a_note_is_not_reworded_once_the_minutes_are_validated(self, client, area):
        guest = WalkGuestFactory(walk=WalkFactory(area=area, state="confirmed"), takes_notes=True)
        note = note_of(guest.walk)
        send(client, note, guest.key)
        guest.walk.state = "restored"
        guest.walk.save()
        again = send(client, replace(note, revision=2, nature="asset", severity=None), guest.key)
        assert again.status_code == 409
        assert guest.walk.observations.get().nature == "dysfunction"
        assert send(client, note, guest.key).status_code == 200
        assert send(client, note_of(guest.walk), guest.key).status_code == 200

    def test_what_the_team_corrected_is_not_written_over(self, client, area):
        guest = WalkGuestFactory(walk=WalkFactory(area=area, state="done"), takes_notes=True)
        note = note_of(guest.walk)
        send(client, note, guest.key)
        row = guest.walk.observations.get()
        seen = observing.Seen(
            stop=None, criterion="", nature="dysfunction", seen_at=row.seen_at, text="Un banc descellé."
        )
        observing.edit_observation(observation=row, seen=seen, base_version=row.version, by=TEAM)
        assert send(client, replace(note, revision=2, text="Un banc…"), guest.key).status_code == 409
        row.refresh_from_db()
        assert row.text == "Un banc descellé."
        assert send(client, note, guest.key).status_code == 200

    def test_a_reworded_note_is_read_again(self, client, area):
        guest = WalkGuestFactory(walk=WalkFactory(area=area, state="minutes_draft"), takes_notes=True)
        note = note_of(guest.walk)
        send(client, note, guest.key)
        guest.walk.observations.update(reread_at=timezone.now(), public=True, public_text="Un banc.")
        send(client, replace(note, revision=2, lon="3.100000"), guest.key)
        assert guest.walk.observations.get().reread_at is None


class TestPurges:
    def old_walk(self, area, **more):
        walk = WalkFactory(area=area, state="reviewed", **more)
        walk.steps.create(before="followed", after="reviewed", move="review", on="2020-01-01")
        return walk

    def test_photographs_of_walks_go_too(self, area):
        row = ObservationFactory(walk=self.old_walk(area))
        private = PhotoFactory(ticket=None, observation=row)
        public = PhotoFactory(ticket=None, observation=row)
        public = redacting.validate_photo(
            photo=public, rectangles=[], words="", base_version=public.version, by=TEAM
        )
        Photo.objects.filter(pk=public.pk).update(validated_at="2020-01-01T00:00:00Z")
        forgetting_walks.forget_photos(timezone.now())
        private.refresh_from_db()
        public.refresh_from_db()
        assert private.document is None
        assert public.redacted is not None
        assert public.document_id == public.redacted_id

    def test_words_of_a_note_gathered_under_another_go_too(self, area):
        walk = self.old_walk(area)
        kept = ObservationFactory(walk=walk, reread_at=timezone.now())
        ObservationFactory(walk=walk, merged_into=kept, text="Mme Ouvrard l’a dit")
        forgetting_walks.forget_walkers(timezone.now())
        assert not walk.observations.exclude(text="").exists()


class TestPosts:
    def test_a_post_that_ends_later_may_end_sooner(self, area):
        post = ReferentFactory(partner=PartnerFactory(area=area), until="2099-01-01")
        today = timezone.localdate()
        assert partners.end_referent(referent=post, on=today, by=TEAM).until == today

    def test_a_task_given_up_before_it_began_is_never_held(self, area):
        seat = AreaSeatFactory(area=area, since=timezone.localdate() + timedelta(days=30))
        partners.end_seat(seat=seat, on=timezone.localdate(), by=TEAM)
        assert not area.seats.filter(pk=seat.pk).exists()


class TestShapes:
    @pytest.mark.parametrize(
        "ring",
        [
            [[3, 45], [float("nan"), 45.1], [3.1, 45.1], [3, 45]],
            [[3, 45], [1e300, 45.1], [3.1, 45.1], [3, 45]],
            [[3, 45], [float("inf"), 45.1], [3.1, 45.1], [3, 45]],
            [[3, 45, float("nan")], [3.1, 45, 0], [3.1, 45.1, 0], [3, 45, 0]],
            [["3", "45"], [3.1, 45], [3.1, 45.1], [3, 45]],
            [],
        ],
    )
    def test_numbers_that_are_no_places_are_refused_in_one_sentence(self, ring):
        try:
            found = outline_of({"type": "Polygon", "coordinates": [ring]})
        except Refused:
            return
        assert json.loads(json.dumps(found.geometry, allow_nan=False))

    def test_a_number_of_ten_thousand_figures_is_no_geojson(self):
        with pytest.raises(Refused):
            geojson.parsed(b'{"type":' + b"9" * 10_000 + b"}")


def test_the_page_of_an_invitation_is_not_to_be_indexed(client, area):
    guest = WalkGuestFactory(walk=WalkFactory(area=area, state="confirmed"))
    page = client.get(reverse("walk_invitation", args=[guest.key]))
    assert "noindex" in page.content.decode() + page.get("X-Robots-Tag", "")

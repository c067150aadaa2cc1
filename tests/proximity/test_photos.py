"""Photographs: private until somebody looked, hidden in the file itself, gone on schedule."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, Refused
from faubourg.proximity.models import Photo, Ticket
from faubourg.proximity.services import purging, redacting
from faubourg.proximity.services.erasing import erase_names
from faubourg.proximity.services.photos import keep_photo
from faubourg.rules.proximity.redaction import Drawn
from tests.factories.people import PersonFactory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    ObservationFactory,
    ReferentFactory,
    TicketFactory,
    WalkFactory,
)

pytestmark = pytest.mark.django_db
TEAM = Actor(ref=None, name="L’équipe")


def picture(colour=(200, 30, 30), size=(200, 100)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", quality=95)
    return SimpleUploadedFile("IMG.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def area():
    return AreaFactory(code="ville")


@pytest.fixture
def photo(area):
    return keep_photo(owner=TicketFactory(area=area), upload=picture(), moment="before", by=TEAM)


def validate(photo, *rectangles, words=""):
    return redacting.validate_photo(
        photo=photo, rectangles=rectangles, words=words, base_version=photo.version, by=TEAM
    )


def opened(document):
    with document.file.open("rb") as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def test_what_is_hidden_is_hidden_in_the_file(photo):
    held = validate(photo, Drawn(0, 0, 50, 100))
    public, original = opened(held.redacted), opened(held.document)
    assert public.size == original.size == (200, 100)
    red = [public.getpixel((x, 50))[0] for x in (10, 80, 150)]
    assert red[0] < 60
    assert red[1] < 60
    assert red[2] > 150
    assert original.getpixel((10, 50))[0] > 150
    assert not opened(held.redacted).getexif()


def test_a_rectangle_outside_hides_nothing_and_is_refused(photo):
    with pytest.raises(Refused):
        validate(photo, Drawn(10, 10, 20, 20), Drawn(120, 10, 140, 20))
    photo.refresh_from_db()
    assert photo.validated_at is None


def test_two_people_do_not_redact_over_each_other(photo):
    validate(photo, Drawn(0, 0, 50, 100))
    with pytest.raises(Conflict):
        validate(photo)


def test_validated_again_the_former_public_copy_is_gone(photo, django_capture_on_commit_callbacks):
    first = validate(photo, Drawn(0, 0, 10, 10)).redacted
    path = first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        second = validate(Photo.objects.get(), Drawn(0, 0, 50, 100)).redacted
    assert second.pk != first.pk
    assert not Document.objects.filter(pk=first.pk).exists()
    assert not default_storage.exists(path)


def test_bytes_shared_by_two_documents_stay_for_the_other(area, django_capture_on_commit_callbacks):
    one, other = (
        keep_photo(owner=TicketFactory(area=area), upload=picture(), moment="before", by=TEAM) for _ in "ab"
    )
    with django_capture_on_commit_callbacks(execute=True):
        redacting.erase_photo(photo=one, reason="Un visage", base_version=1, by=TEAM)
    other.refresh_from_db()
    assert opened(other.document).size == (200, 100)


def test_only_what_was_validated_is_public(client, photo):
    public, private = (reverse(name, args=[photo.pk]) for name in ("photo", "photo_private"))
    assert client.get(public).status_code == 404
    assert client.get(private).status_code in (302, 403)
    validate(photo)
    answer = client.get(public)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("state", "public", "shown"),
    [("minutes_validated", True, 403), ("restored", False, 403), ("restored", True, 200)],
)
def test_that_of_a_walk_is_public_once_the_restitution_shows_it(client, area, state, public, shown):
    walk = WalkFactory(area=area, state=state)
    seen = ObservationFactory(walk=walk, public=public, public_text="Une lampe éteinte")
    kept = keep_photo(owner=seen, upload=picture(), moment="before", by=TEAM)
    validate(kept)
    address = reverse("photo", args=[kept.pk])
    assert client.get(address).status_code in ((200,) if shown == 200 else (302, 403))
    client.force_login(PersonFactory())
    assert client.get(address).status_code == shown
    client.force_login(AreaSeatFactory(area=area).person)
    answer = client.get(address)
    assert answer.status_code == 200
    assert ("public" in answer["Cache-Control"]) is (shown == 200)


def test_who_sees_it_before(client, area, photo):
    private, redact = (reverse(name, args=[photo.pk]) for name in ("photo_private", "photo_redact"))
    client.force_login(PersonFactory())
    assert [client.get(one).status_code for one in (private, redact)] == [403, 403]
    client.force_login(ReferentFactory(partner__area=area).person)
    assert [client.get(one).status_code for one in (private, redact)] == [200, 403]
    client.force_login(AreaSeatFactory(area=area).person)
    assert [client.get(one).status_code for one in (private, redact)] == [200, 200]


def test_the_form_shows_before_it_burns(client, area, photo):
    client.force_login(AreaSeatFactory(area=area).person)
    address = reverse("photo_redact", args=[photo.pk])
    said = {"version": photo.version, "rectangles": "10 20 30 40\n50,5 20 60 40", "words": "Un banc cassé"}
    shown = client.post(address, said | {"voir": "1"})
    assert shown.content.decode().count("<rect ") == 2
    photo.refresh_from_db()
    assert photo.validated_at is None
    assert client.post(address, said | {"rectangles": "10 20"}).status_code == 422
    assert client.post(address, said).status_code == 302
    photo.refresh_from_db()
    assert photo.words == "Un banc cassé"
    assert photo.rectangles == [[20, 20, 60, 40], [101, 20, 120, 40]]


def test_taken_back_with_a_reason(client, area, photo):
    client.force_login(AreaSeatFactory(area=area).person)
    validate(photo)
    photo.refresh_from_db()
    address = reverse("photo_withdraw", args=[photo.pk])
    assert client.post(address, {"version": photo.version}).status_code == 422
    assert client.post(address, {"version": photo.version, "reason": "Un visage"}).status_code == 302
    assert client.get(reverse("photo", args=[photo.pk])).status_code == 404


def test_erased_it_is_not_taken_again(area, photo):
    ticket = photo.ticket
    redacting.erase_photo(photo=photo, reason="Un visage d’enfant", base_version=1, by=TEAM)
    again = keep_photo(owner=ticket, upload=picture(), moment="before", by=TEAM)
    assert again.pk == photo.pk
    assert again.document is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_as_much_for_three_as_for_one(client, area, count, django_assert_max_num_queries):
    for n in range(count):
        keep_photo(owner=TicketFactory(area=area), upload=picture((n, 1, 1)), moment="before", by=TEAM)
    client.force_login(AreaSeatFactory(area=area).person)
    with django_assert_max_num_queries(11):
        page = client.get(reverse("area_photos", args=[area.code])).content.decode()
    assert page.count('<li><a href="/photos/') == count


# --- What goes with time ---------------------------------------------------------------------------


def settled(area, months, **fields):
    ended = timezone.now() - timedelta(days=31 * months)
    return TicketFactory(
        area=area, state="closed", closed_at=ended, created_at=ended, contact="a@exemple.fr",
        contact_name="Madame Secrète", answer_by="email", place_words="porte 14", **fields,
    )  # fmt: skip


def test_a_contact_goes_as_the_area_says_and_the_report_stays(area):
    area.retention_months = 6
    area.save()
    old, recent = settled(area, 7), settled(area, 5)
    opened_again = settled(area, 7)
    Ticket.objects.filter(pk=opened_again.pk).update(state="assigned", closed_at=None)
    assert purging.purge(timezone.now()) == 1
    assert purging.purge(timezone.now()) == 0
    for one in (old, recent, opened_again):
        one.refresh_from_db()
    assert (old.contact, old.contact_name, old.answer_by) == ("", "", "none")
    assert old.purged_on == timezone.localdate()
    assert old.text
    assert recent.contact_name == opened_again.contact_name == "Madame Secrète"


def test_what_was_typed_goes_later_and_what_is_public_stays(area):
    old = settled(area, 30, public_text="Un tas au pied de la tour")
    old.checks.create(who="reporter", repaired=True, text="Merci monsieur Untel")
    purging.purge(timezone.now())
    old.refresh_from_db()
    assert (old.text, old.place_words) == ("", "")
    assert old.public_text == "Un tas au pied de la tour"
    assert old.checks.get().text == ""


def test_who_reported_the_same_is_told_as_long_as_the_first_report_lives(area):
    area.retention_months = 3
    area.save()
    first = TicketFactory(area=area, state="planned")
    same = settled(area, 30, original=first)
    keep_photo(owner=same, upload=picture(), moment="before", by=TEAM)
    Ticket.objects.filter(pk=same.pk).update(
        state="duplicate", closed_at=None, updated_at=timezone.now() - timedelta(days=930)
    )
    assert purging.purge(timezone.now()) == 0
    ended = timezone.now() - timedelta(days=120)
    Ticket.objects.filter(pk=first.pk).update(state="closed", closed_at=ended)
    assert purging.purge(timezone.now()) == 1
    same.refresh_from_db()
    assert (same.contact, same.contact_name) == ("", "")
    assert same.text


def test_a_report_that_never_ends_does_not_keep_a_contact_for_ever(area):
    ticket = TicketFactory(
        area=area, state="assigned", contact="a@exemple.fr", answer_by="email",
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    purging.purge(timezone.now())
    ticket.refresh_from_db()
    assert ticket.contact == ""


def test_the_original_of_a_public_photo_goes_first(area, photo):
    validate(photo, Drawn(0, 0, 50, 100))
    Photo.objects.update(validated_at=timezone.now() - timedelta(days=40))
    assert purging.purge(timezone.now()) == 1
    assert purging.purge(timezone.now()) == 0
    photo.refresh_from_db()
    assert photo.document_id == photo.redacted_id
    assert opened(photo.document).getpixel((10, 50))[0] < 60


def test_a_private_photo_goes_a_year_after(area):
    photo = keep_photo(owner=settled(area, 13), upload=picture(), moment="before", by=TEAM)
    purging.purge(timezone.now())
    photo.refresh_from_db()
    assert photo.document is None
    assert photo.purged_on == timezone.localdate()


def test_taken_back_from_the_public_meanwhile_a_photo_is_not_erased(area, photo):
    """Found as the original of a public one; somebody withdrew it before the lock."""
    validate(photo, Drawn(0, 0, 50, 100))
    Photo.objects.update(validated_at=timezone.now() - timedelta(days=40))
    found = Photo.objects.select_related("ticket").get()
    redacting.withdraw_photo(photo=photo, reason="Un visage", base_version=found.version, by=TEAM)
    today = timezone.localdate()
    assert purging.purge_photo(found, purging.life_of(found.ticket), purging.schedule_of(area), today) == 0
    photo.refresh_from_db()
    assert photo.document is not None


def test_a_closed_account_leaves_no_name(area):
    person = PersonFactory()
    ticket = settled(area, 0, person=person, taken_by=person.ref, taken_by_name="Nom")
    ticket.notes.create(text="Vu", by=person.ref, by_name="Nom")
    erase_names(person.ref)
    ticket.refresh_from_db()
    assert (ticket.person, ticket.contact_name, ticket.taken_by_name) == (None, "", "")
    assert ticket.notes.get().by_name == ""

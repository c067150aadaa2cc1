"""A photograph of a place is kept once, bare and private; the hash of what was sent is its receipt."""

import hashlib
import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from PIL import Image

from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import Refused
from faubourg.proximity.models import Photo
from faubourg.proximity.services import photos as services
from faubourg.proximity.services.photos import keep_photo
from tests.factories.proximity import ObservationFactory, TicketFactory


def taken(colour="red"):
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Camille"
    Image.new("RGB", (40, 30), colour).save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_0042.HEIC", file.getvalue())


def kept(owner, upload, **more):
    return keep_photo(owner=owner, upload=upload, moment="before", by=FAUBOURG, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [TicketFactory, ObservationFactory])
def test_it_is_kept_bare_and_its_receipt_is_the_hash_of_what_was_sent(factory):
    owner, upload = factory(), taken()
    sent = hashlib.sha256(upload.read()).hexdigest()
    photo = kept(owner, upload, sent_sha256=sent)
    assert photo.sent_sha256 == sent != photo.document.sha256
    assert (photo.width, photo.height, photo.validated_at) == (40, 30, None)
    with photo.document.file.open() as file:
        assert b"Camille" not in file.read()
    assert "IMG" not in photo.document.name
    assert kept(owner, taken(), sent_sha256=sent).pk == photo.pk
    assert kept(owner, taken("blue")).pk != photo.pk


@pytest.mark.django_db
def test_what_arrives_cut_is_sent_again():
    ticket = TicketFactory()
    with pytest.raises(Refused, match="incomplète"):
        kept(ticket, taken(), sent_sha256="0" * 64)
    with pytest.raises(Refused, match="lisible"):
        kept(ticket, SimpleUploadedFile("a.jpg", b"<svg/>"))
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_no_more_than_a_few(monkeypatch):
    monkeypatch.setattr(services, "MOST_PHOTOS", 1)
    ticket = TicketFactory()
    first = kept(ticket, taken())
    with pytest.raises(Refused, match="déjà"):
        kept(ticket, taken("blue"))
    assert kept(ticket, taken()).pk == first.pk


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_at_once_is_one():
    ticket, found, ready = TicketFactory(), [], threading.Barrier(3)

    def send():
        try:
            ready.wait()
            found.append(kept(ticket, taken()).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(set(found)) == Photo.objects.count() == 1

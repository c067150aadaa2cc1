"""Uploads: kept under their hash, or refused with one clear sentence."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base import documents
from faubourg.base.actor import FAUBOURG
from faubourg.base.models import Document
from faubourg.base.refusal import Refused

PDF = b"%PDF-1.7\n..."


def archive(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return file.getvalue()


def keep(name, content):
    return documents.keep(upload=SimpleUploadedFile(name, content), purpose="essai", by=FAUBOURG)


def bytes_of(document):
    with document.file.open() as file:
        return file.read()


@pytest.mark.django_db
def test_what_is_kept_is_what_was_given_and_the_receipt_is_its_hash():
    document = keep("Fiche d’identité.PDF", PDF)
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (document.name, document.media_type, document.size) == (
        "Fiche d’identité.PDF",
        "application/pdf",
        12,
    )
    assert document.file.name == f"documents/{document.sha256[:2]}/{document.sha256}.pdf"
    assert bytes_of(document) == PDF


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_and_a_half_written_file_is_replaced(settings):
    first, second = keep("a.pdf", PDF), keep("b.pdf", PDF)
    assert first.file.name == second.file.name
    (settings.MEDIA_ROOT / first.file.name).write_bytes(PDF[:4])
    third = keep("c.pdf", PDF)
    assert third.file.name == first.file.name
    assert bytes_of(third) == PDF


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gros.csv", b"x" * 2_500_000, "« gros.csv » pèse 2,4 Mo et la limite est de 1 Mo"),
        ("vide.csv", b"", "« vide.csv » est vide"),
        ("outil.exe", b"MZ", "n’est pas d’un type accepté"),
        ("sans", b"x", "n’est pas d’un type accepté"),
        ("faux.pdf", b"MZ...", "n’est pas un fichier .pdf lisible"),
        ("faux.csv", b"a\x00b", "n’est pas un fichier .csv lisible"),
        ("faux.xlsx", b"PK\x03\x04broken", "n’est pas un fichier .xlsx lisible"),
        ("faux.geojson", b"<html>", "n’est pas un fichier .geojson lisible"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(settings, name, content, sentence):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(Refused) as refusal:
        keep(name, content)
    assert sentence in str(refusal.value)
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_an_archive_made_to_fill_a_disk_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "_MOST_UNFOLDED", 1000)
    with pytest.raises(Refused):
        keep("bombe.ods", archive(content=b"0" * 2000))
    assert keep("petit.ods", archive(content=b"0" * 500)).size


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../x.csv", "/etc/x.csv", "C:\\x.csv", "a\u202e.csv", "é" * 300 + ".csv"]
)
def test_a_name_never_leads_elsewhere(settings, name):
    document = keep(name, b"a;b")
    assert (settings.MEDIA_ROOT / document.file.name).is_file()
    assert "/" not in document.name
    assert len(document.name) <= 255

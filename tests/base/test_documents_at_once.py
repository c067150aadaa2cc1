"""The same bytes let go by one and kept by another at the same moment: what is acknowledged stands."""

import threading

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from faubourg.base import documents
from faubourg.base.actor import FAUBOURG
from faubourg.base.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


def kept():
    upload = SimpleUploadedFile("note.txt", b"The same bytes")
    return documents.keep(upload=upload, purpose="test", by=FAUBOURG)


def bytes_of(document):
    with document.file.open() as file:
        return file.read()


def let_go(document):
    with transaction.atomic():
        documents.forget(document)


def beside(work, *told):
    """Begun in another connection."""

    def run():
        try:
            work(*told)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_kept_and_not_yet_committed_when_the_other_is_let_go():
    former = kept()
    with transaction.atomic():
        again = kept()
        other = beside(let_go, former)
        # On PostgreSQL the row is gone by then, and its file waits; on SQLite the other has not begun.
        other.join(timeout=1)
        assert default_storage.exists(again.file.name)
    other.join()
    assert Document.objects.get() == again
    assert default_storage.exists(again.file.name)


def test_let_go_between_the_bytes_and_the_row(monkeypatch):
    former = kept()
    real, tries = documents._put, []

    def put(upload, path):
        stood = real(upload, path)
        tries.append(stood)
        if len(tries) == 1:
            beside(let_go, former).join()
            assert not default_storage.exists(stood)
        return stood

    monkeypatch.setattr(documents, "_put", put)
    again = kept()
    assert Document.objects.get() == again
    assert bytes_of(again) == b"The same bytes"
    assert len(tries) == 2


def test_many_times_at_once_no_row_is_without_its_file():
    def keep_and_let_go():
        for _ in range(10):
            let_go(kept())

    crowd = [beside(keep_and_let_go) for _ in range(3)]
    for _ in range(10):
        mine = kept()
        assert default_storage.exists(mine.file.name)
        let_go(mine)
    for one in crowd:
        one.join()
    last = kept()
    assert bytes_of(last) == b"The same bytes"
    let_go(last)
    assert not default_storage.exists(last.file.name)
    assert not Document.objects.exists()

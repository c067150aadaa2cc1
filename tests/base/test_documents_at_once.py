"""The same bytes let go by one and kept by another at the same moment: what is acknowledged stands."""

import errno
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from faubourg.base import documents, durable
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
    real, tries = documents._bring, []

    def bring(upload, path):
        real(upload, path)
        tries.append(path)
        if len(tries) == 1:
            beside(let_go, former).join()
            assert not default_storage.exists(path)

    monkeypatch.setattr(documents, "_bring", bring)
    again = kept()
    assert Document.objects.get() == again
    assert bytes_of(again) == b"The same bytes"
    assert len(tries) == 2


class Slow(SimpleUploadedFile):
    """Read twice, for its hash and to be written; something happens half-way of the second."""

    def __init__(self, happens):
        super().__init__("note.txt", b"The same bytes")
        self.happens, self.read_before = happens, 0

    def chunks(self, chunk_size=None):
        yield b"The same"
        if self.read_before == 1:
            self.happens()
        self.read_before += 1
        yield b" bytes"


@pytest.mark.parametrize("then_let_go", [False, True])
def test_the_same_bytes_written_by_two_at_once(then_let_go):
    def other():
        theirs = kept()
        assert bytes_of(theirs) == b"The same bytes"
        if then_let_go:
            let_go(theirs)

    mine = documents.keep(upload=Slow(lambda: beside(other).join()), purpose="test", by=FAUBOURG)
    assert bytes_of(mine) == b"The same bytes"
    assert Document.objects.count() == (1 if then_let_go else 2)
    assert not default_storage.listdir("incoming")[1]


def test_what_could_not_be_written_whole_leaves_nothing():
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        documents.keep(upload=Slow(full), purpose="test", by=FAUBOURG)
    assert not Document.objects.exists()
    assert not default_storage.listdir("incoming")[1]
    assert not default_storage.exists("documents")


def test_what_a_crash_left_half_written_is_swept_after_a_day():
    default_storage.save("incoming/left-by-a-crash", SimpleUploadedFile("x", b"The sa"))
    assert durable.sweep(timezone.now() + timedelta(hours=23)) == 0
    assert durable.sweep(timezone.now() + timedelta(hours=25)) == 1
    assert not default_storage.listdir("incoming")[1]


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

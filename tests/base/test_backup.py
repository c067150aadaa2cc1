"""A backup is worth what its restoring is worth: each is restored here, into another database."""

import os
import shutil
import subprocess
import sys
import tarfile
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from faubourg.base import documents
from faubourg.base.actor import Actor
from faubourg.base.backup import NotRestored, backup, restore
from faubourg.base.journal import record
from faubourg.base.models import Document, JournalEntry
from tests.factories.contracts import ContractFactory
from tests.factories.people import RoleGrantFactory
from tests.factories.territories import FigureFactory, PerimeterFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _lived_in():
    """An installation where things happened."""
    RoleGrantFactory()
    FigureFactory()
    PerimeterFactory()
    ContractFactory()
    camille = Actor(ref=uuid4(), name="Camille")
    documents.keep(upload=SimpleUploadedFile("a.csv", b"a;b"), purpose="essai", by=camille)
    for rank in range(3):
        with transaction.atomic():
            record(by=camille, act="renamed", kind="territory", ref="Q1", after={"rank": rank})


def elsewhere(home, settings, *command):
    """Run `faubourg` on another installation, on SQLite."""
    environment = {
        "PATH": os.environ["PATH"],
        "FAUBOURG_HOME": str(home),
        "FAUBOURG_JOURNAL_KEY": settings.JOURNAL_KEY,
        "DJANGO_SETTINGS_MODULE": "faubourg.site.settings",
        "PYTHONIOENCODING": "utf-8",
    }
    line = [sys.executable, "-c", "from faubourg.site.cli import main; main()", *command]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False, cwd=home)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory):
    """A new installation, its tables made: half a minute that two restorings need not spend."""
    home = tmp_path_factory.mktemp("new")
    made = elsewhere(home, django_settings, "migrate")
    assert made.returncode == 0, made.stderr
    return home


@pytest.mark.usefixtures("_lived_in")
@pytest.mark.parametrize("portable", [False, True])
def test_a_backup_is_restored_elsewhere_whole(tmp_path, settings, portable, new_home):
    file, home = tmp_path / "b.tar", tmp_path / "other"
    shutil.copytree(new_home, home)
    if connection.vendor == "sqlite" or portable:
        backup(file, portable=portable)
    else:
        assert backup(file)["database"] == "rows"
    assert oct(file.stat().st_mode)[-3:] == "600"
    restored = elsewhere(home, settings, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    verified = elsewhere(home, settings, "journal", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert '"entries": 3' in verified.stdout
    assert '"guarded": true' in verified.stdout
    document = Document.objects.get()
    assert (home / "uploads" / document.file.name).read_bytes() == b"a;b"
    again = home / "again.tar"
    assert elsewhere(home, settings, "backup", str(again), "--portable").returncode == 0
    backup(file, portable=True)
    assert rows(again) == rows(file)


@pytest.mark.usefixtures("_lived_in")
def test_nothing_is_restored_over_what_lives(tmp_path):
    backup(tmp_path / "b.tar", portable=True)
    with pytest.raises(NotRestored, match="déjà des données"):
        restore(tmp_path / "b.tar")
    assert JournalEntry.objects.count() == 3


@pytest.mark.usefixtures("_lived_in")
def test_rows_come_back_into_the_same_kind_of_database(tmp_path, settings):
    backup(tmp_path / "b.tar", portable=True)
    before = rows(tmp_path / "b.tar")
    call_command("flush", interactive=False, verbosity=0)
    restore(tmp_path / "b.tar")
    backup(tmp_path / "c.tar", portable=True)
    assert rows(tmp_path / "c.tar") == before
    # New rows find free numbers.
    FigureFactory()


def test_what_is_not_a_backup_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "x.tar").write_bytes(b"nothing")
    with tarfile.open(tmp_path / "y.tar", "w"):
        pass
    for name in ("x.tar", "y.tar", "missing.tar"):
        with pytest.raises(NotRestored, match="n’est pas une sauvegarde"):
            restore(tmp_path / name)
    with pytest.raises(CommandError, match="n’a pas pu être écrite"):
        call_command("backup", str(tmp_path / "no" / "b.tar"))


def test_a_file_erased_while_it_is_made_stops_no_backup(tmp_path, monkeypatch):
    gone, stays = (
        default_storage.save(f"documents/00/{name}.txt", ContentFile(b"text")) for name in ("a", "b")
    )
    default_storage.save("incoming/half", ContentFile(b"te"))
    real = tarfile.TarFile.add

    def add(archive, file, arcname):
        default_storage.delete(gone)
        real(archive, file, arcname)

    monkeypatch.setattr(tarfile.TarFile, "add", add)
    backup(tmp_path / "b.tar", portable=True)
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert [name for name in archive.getnames() if "uploads" in name] == [f"uploads/{stays}"]


def test_keys_stay_out_unless_asked_for(tmp_path, settings):
    settings.HOME = tmp_path
    (tmp_path / "journal.key").write_text("k")
    backup(tmp_path / "b.tar")
    backup(tmp_path / "c.tar", with_keys=True)
    with tarfile.open(tmp_path / "b.tar") as without, tarfile.open(tmp_path / "c.tar") as holding:
        assert not [name for name in without.getnames() if "key" in name]
        assert "keys/journal.key" in holding.getnames()


def rows(file):
    """The rows of a portable backup, in order."""
    with tarfile.open(file) as archive:
        return sorted(archive.extractfile("rows.jsonl").read().decode().splitlines())

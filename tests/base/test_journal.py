"""The journal: what it keeps, what it refuses, and who may be forgotten."""

import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.journal import anchor, entries_for, erase_personal_values, record
from faubourg.base.journal.verification import verify
from faubourg.base.models import JournalEntry, PersonalValue
from faubourg.base.models.journal import AppendOnly

CAMILLE = Actor(ref=uuid4(), name="Camille Martin")


def write(**told):
    """One entry, in its own transaction."""
    told = {"by": CAMILLE, "act": "renamed", "kind": "territory", "ref": "QN06303I"} | told
    with transaction.atomic():
        return record(**told)


@pytest.mark.django_db
def test_an_entry_tells_who_what_before_after_and_why():
    entry = write(
        before={"name": "Gautière"}, after={"name": "Gauthière", "on": date(2016, 1, 1)}, reason="Coquille"
    )
    kept = JournalEntry.objects.get(pk=entry.pk)
    assert (kept.seq, kept.actor_name, kept.reason) == (1, "Camille Martin", "Coquille")
    assert kept.before == {"name": "Gautière"}
    assert kept.after == {"name": "Gauthière", "on": "2016-01-01"}


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(by=CAMILLE, act="renamed", kind="territory", ref="1")


@pytest.mark.django_db
def test_personal_values_stand_in_the_chain_as_digests_only():
    email = "camille@exemple.fr"
    write(
        kind="person", ref=str(uuid4()), after={"email": email, "open": True}, personal={"after.email": email}
    )
    entry = JournalEntry.objects.get()
    assert "amille" not in entry.payload
    assert entry.after == {"email": None, "open": True}
    assert entry.personal == {"after.email": email, "actor.name": "Camille Martin"}


@pytest.mark.django_db
def test_the_installation_has_no_personal_name():
    assert write(by=FAUBOURG).actor_name == "Faubourg"
    assert not PersonalValue.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_person_is_forgotten_and_the_chain_stays_whole():
    about = uuid4()
    write(kind="person", ref=str(about), personal={"after.email": "x@exemple.fr"})
    write()
    assert erase_personal_values(person_ref=about, by=CAMILLE, reason="Demande") == 1
    assert erase_personal_values(person_ref=CAMILLE.ref, by=CAMILLE, reason="Demande") == 3
    assert not PersonalValue.objects.exists()
    assert [entry.actor_name for entry in entries_for("territory", "QN06303I")] == [""]
    assert not verify().findings


@pytest.mark.django_db
def test_the_history_of_an_object_is_read_in_two_queries(django_assert_num_queries):
    for rank in range(3):
        write(after={"rank": rank})
    write(ref="another")
    with django_assert_num_queries(2):
        assert [(e.after["rank"], e.actor_name) for e in entries_for("territory", "QN06303I")] == [
            (2, "Camille Martin"),
            (1, "Camille Martin"),
            (0, "Camille Martin"),
        ]


@pytest.mark.django_db
def test_the_orm_refuses_to_change_or_remove():
    entry = write()
    entry.act = "other"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        JournalEntry.objects.all().delete()
    with pytest.raises(AppendOnly):
        JournalEntry.objects.update(act="other")
    with pytest.raises(AppendOnly):
        JournalEntry.objects.bulk_update([entry], ["act"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE base_journalentry SET act = 'other'", "DELETE FROM base_journalentry"]
)
def test_the_database_refuses_to_change_or_remove(statement):
    write()
    PersonalValue.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert JournalEntry.objects.get().act == "renamed"


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_neither_written_nor_anchored():
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert anchor.newest().seq == 1
    assert write().seq == 2
    assert [head.seq for head in anchor.heads()] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_many_entries_of_one_transaction_are_anchored_once():
    with transaction.atomic():
        for _ in range(5):
            write()
    assert [head.seq for head in anchor.heads()] == [5]


@pytest.mark.django_db(transaction=True)
def test_an_anchor_cut_by_a_crash_is_made_up(settings):
    write()
    write()
    text = settings.JOURNAL_ANCHOR.read_text()
    settings.JOURNAL_ANCHOR.write_text(text[:-20])
    assert verify().not_anchored == 1
    write()
    assert [head.seq for head in anchor.heads()] == [1, 3]
    assert verify().clean


@pytest.mark.django_db(transaction=True)
def test_an_anchor_that_cannot_be_written_does_not_undo_the_act(settings, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    settings.JOURNAL_ANCHOR = tmp_path / "file" / "anchor"
    assert write().seq == 1
    assert JournalEntry.objects.count() == 1
    assert "on_commit" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_thirty_two_writers_at_once_lose_nothing():
    errors = []

    def work(rank):
        try:
            for step in range(3):
                write(ref=str(rank), after={"step": step})
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=work, args=(rank,)) for rank in range(32)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert list(JournalEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 97))
    assert PersonalValue.objects.count() == 96
    assert verify().clean
    assert anchor.newest().seq == 96
    for rank in range(32):
        assert [e.after["step"] for e in entries_for("territory", str(rank))] == [
            2,
            1,
            0,
        ]

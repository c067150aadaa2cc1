"""Whoever owns the database, triggers and all, is seen by `journal verify`: a table of attacks."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from faubourg.base.actor import Actor
from faubourg.base.journal import anchor, guard, record
from faubourg.base.journal.chain import canonical, keyed_hash, personal_digest
from faubourg.base.journal.verification import verify
from faubourg.base.models import JournalEntry
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

CAMILLE = Actor(ref=uuid4(), name="Camille Martin")
COLUMNS = "at, actor_ref, act, object_kind, object_ref, payload, previous_hash, hash"
ELSE = "0" * 64


@pytest.fixture(autouse=True)
def _five_entries():
    for rank in range(1, 6):
        with transaction.atomic():
            record(by=CAMILLE, act="renamed", kind="territory", ref=f"Q{rank}", after={"rank": rank})


def sql(*statements):
    """What an owner of the database can do."""
    guard.disarm(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    guard.arm(connection)


def codes():
    return [finding.code for finding in verify().findings]


def payload_of(seq):
    return JournalEntry.objects.get(pk=seq).payload


def test_an_untouched_journal_is_whole(capsys):
    call_command("journal", "verify")
    assert "Journal intact : 5 écritures" in capsys.readouterr().out.replace("\xa0", " ")


FREE = "DELETE FROM base_personalvalue WHERE entry_id"
ATTACKS = {
    "an act is changed": (["UPDATE base_journalentry SET act = 'x' WHERE seq = 3"], ["column"]),
    "a date is changed": (
        ["UPDATE base_journalentry SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 3"],
        ["column"],
    ),
    "an author is removed": (["UPDATE base_journalentry SET actor_ref = NULL WHERE seq = 3"], ["column"]),
    "an object is changed": (["UPDATE base_journalentry SET object_ref = 'Q9' WHERE seq = 3"], ["column"]),
    "a content is changed": (
        ["UPDATE base_journalentry SET payload = replace(payload, '\"rank\":3', '\"rank\":9') WHERE seq = 3"],
        ["changed"],
    ),
    "the last content is changed": (
        ["UPDATE base_journalentry SET payload = replace(payload, '\"rank\":5', '\"rank\":9') WHERE seq = 5"],
        ["changed"],
    ),
    "a content is emptied": (["UPDATE base_journalentry SET payload = '' WHERE seq = 3"], ["changed"]),
    "a hash is changed": (
        [f"UPDATE base_journalentry SET hash = '{ELSE}' WHERE seq = 3"],
        ["changed", "replaced"],
    ),
    "a previous hash is changed": (
        [f"UPDATE base_journalentry SET previous_hash = '{ELSE}' WHERE seq = 3"],
        ["column"],
    ),
    "the first row is removed": ([f"{FREE} = 1", "DELETE FROM base_journalentry WHERE seq = 1"], ["removed"]),
    "a row is removed": ([f"{FREE} = 3", "DELETE FROM base_journalentry WHERE seq = 3"], ["removed"]),
    "two rows are removed": (
        [f"{FREE} IN (2, 3)", "DELETE FROM base_journalentry WHERE seq IN (2, 3)"],
        ["removed_range"],
    ),
    "the last row is removed": ([f"{FREE} = 5", "DELETE FROM base_journalentry WHERE seq = 5"], ["removed"]),
    "every row is removed": (
        ["DELETE FROM base_personalvalue", "DELETE FROM base_journalentry"],
        ["removed_range"],
    ),
    "a row is removed and the others move up": (
        [
            "DELETE FROM base_personalvalue",
            "DELETE FROM base_journalentry WHERE seq = 3",
            "UPDATE base_journalentry SET seq = 3 WHERE seq = 4",
            "UPDATE base_journalentry SET seq = 4 WHERE seq = 5",
        ],
        ["moved", "replaced", "moved", "replaced", "removed", "erased_untold"],
    ),
    "two rows change places": (
        [
            "DELETE FROM base_personalvalue",
            "UPDATE base_journalentry SET seq = 99 WHERE seq = 2",
            "UPDATE base_journalentry SET seq = 2 WHERE seq = 4",
            "UPDATE base_journalentry SET seq = 4 WHERE seq = 99",
        ],
        ["moved", "replaced", "moved", "replaced", "erased_untold"],
    ),
    "an old row is copied to the end": (
        [
            f"INSERT INTO base_journalentry (seq, {COLUMNS}) SELECT 6, at, actor_ref, act, object_kind, "
            "object_ref, payload, previous_hash, '0' FROM base_journalentry WHERE seq = 2"
        ],
        ["changed"],
    ),
    "a row is added before the first": (
        [
            f"INSERT INTO base_journalentry (seq, {COLUMNS}) SELECT 0, at, actor_ref, act, object_kind, "
            "object_ref, payload, previous_hash, '0' FROM base_journalentry WHERE seq = 2"
        ],
        ["inserted"],
    ),
    "a personal value is changed": (
        ["UPDATE base_personalvalue SET value = 'Autre' WHERE entry_id = 3"],
        ["personal_changed"],
    ),
    "a personal value is moved to another row": (
        [f"{FREE} = 4", "UPDATE base_personalvalue SET entry_id = 4 WHERE entry_id = 3"],
        ["personal_changed", "erased_untold"],
    ),
    "a personal value is added": (
        ["UPDATE base_personalvalue SET path = 'after.name' WHERE entry_id = 3"],
        ["personal_added", "erased_untold"],
    ),
    "a personal value is erased untold": ([f"{FREE} = 3"], ["erased_untold"]),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found(attack):
    statements, expected = ATTACKS[attack]
    sql(*statements)
    anchor_heads = list(anchor.heads())
    assert codes() == expected
    assert list(anchor.heads()) == anchor_heads


def test_an_entry_forged_without_the_key_is_found():
    content = json.loads(payload_of(5)) | {"seq": 6, "previous": JournalEntry.objects.get(pk=5).hash}
    forged = canonical(content)
    JournalEntry.objects.bulk_create([_row(6, forged, personal_digest("", forged))])
    assert codes() == ["changed"]


def test_a_history_rewritten_with_the_key_is_found_by_the_anchor():
    """The key leaked, the file outside did not: the anchored hashes no longer meet the rows."""
    previous = JournalEntry.objects.get(pk=2).hash
    rewritten = []
    for seq in (3, 4, 5):
        payload = canonical(json.loads(payload_of(seq)) | {"act": "rewritten", "previous": previous})
        previous = keyed_hash(payload)
        rewritten.append(_row(seq, payload, previous))
    sql("DELETE FROM base_personalvalue", "DELETE FROM base_journalentry WHERE seq > 2")
    JournalEntry.objects.bulk_create(rewritten)
    assert codes() == ["replaced", "replaced", "replaced", "erased_untold"]


def test_a_row_that_does_not_follow_the_one_before_is_found():
    payload = canonical(json.loads(payload_of(3)) | {"previous": ELSE})
    sql(*["DELETE FROM base_personalvalue WHERE entry_id = 3", "DELETE FROM base_journalentry WHERE seq = 3"])
    JournalEntry.objects.bulk_create([_row(3, payload, keyed_hash(payload))])
    assert codes() == ["broken", "replaced", "broken", "erased_untold"]


def test_a_missing_or_garbled_anchor_is_told_and_a_missing_one_can_be_begun_again(settings, capsys):
    text = settings.JOURNAL_ANCHOR.read_text()
    settings.JOURNAL_ANCHOR.write_text(text.replace(text[:4], "????", 1))
    assert codes() == ["anchor_unreadable"]
    settings.JOURNAL_ANCHOR.unlink()
    assert codes() == ["anchor_missing"]
    call_command("journal", "anchor")
    assert verify().clean
    assert "écriture 5" in capsys.readouterr().out


def test_what_a_crash_left_out_of_the_anchor_is_a_warning(settings, capsys):
    lines = settings.JOURNAL_ANCHOR.read_text().splitlines(keepends=True)
    settings.JOURNAL_ANCHOR.write_text("".join(lines[:3]))
    call_command("journal", "verify")
    assert "2 écritures pas encore ancrées" in capsys.readouterr().out
    call_command("journal", "anchor")
    assert verify().clean


def test_a_head_noted_elsewhere_shows_a_tail_cut_with_its_anchor(settings):
    noted = verify().head
    lines = settings.JOURNAL_ANCHOR.read_text().splitlines(keepends=True)
    sql("DELETE FROM base_personalvalue WHERE entry_id = 5", "DELETE FROM base_journalentry WHERE seq = 5")
    settings.JOURNAL_ANCHOR.write_text("".join(lines[:-1]))
    assert codes() == []
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("journal", "verify", "--expect-head", noted, stdout=out)
    assert "notée ailleurs" in out.getvalue()


def test_an_emptied_journal_without_anchor_is_found_where_accounts_exist(settings):
    PersonFactory()
    sql("DELETE FROM base_personalvalue", "DELETE FROM base_journalentry")
    settings.JOURNAL_ANCHOR.unlink()
    assert codes() == ["empty"]


def test_nothing_is_anchored_over_a_finding(settings):
    sql("DELETE FROM base_personalvalue WHERE entry_id = 5", "DELETE FROM base_journalentry WHERE seq = 5")
    with pytest.raises(SystemExit):
        call_command("journal", "anchor", stdout=StringIO())


def test_removed_triggers_are_told():
    guard.disarm(connection)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("journal", "verify", stdout=out)
    assert "déclencheurs" in out.getvalue()
    guard.arm(connection)


def test_the_command_ends_with_one_and_says_why(capsys):
    sql("UPDATE base_journalentry SET act = 'x' WHERE seq = 3")
    with pytest.raises(SystemExit) as end:
        call_command("journal", "verify", "--json")
    assert end.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["entries"], told["count"]) == (False, 5, 1)
    assert told["findings"][0]["code"] == "column"
    assert "L’écriture 3 a été modifiée" in told["findings"][0]["sentence"]


def test_a_wrong_key_finds_every_row_and_says_what_it_probably_is(settings):
    settings.JOURNAL_KEY = "another"
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("journal", "verify", stdout=out)
    assert "la clé du journal" in out.getvalue()


def test_reading_the_whole_chain_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert verify().clean


def _row(seq, payload, digest):
    """A row whose columns agree with its payload."""
    written = json.loads(payload)
    return JournalEntry(
        seq=seq,
        at=written["at"],
        actor_ref=written["actor_ref"],
        act=written["act"],
        object_kind=written["kind"],
        object_ref=written["ref"],
        payload=payload,
        previous_hash=written["previous"],
        hash=digest,
    )

"""The journal in words: acts and values that have a name, and the triggers put back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from faubourg.base.actor import FAUBOURG
from faubourg.base.journal import acts, guard, record, telling
from faubourg.base.models import JournalEntry

pytestmark = pytest.mark.django_db


def written(**told):
    told = {"by": FAUBOURG, "act": "territory_edited", "kind": "commune", "ref": "63113"} | told
    with transaction.atomic():
        return record(**told)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"name": "Gautière"}, {"name": "Gauthière"}, [("nom", "Gautière", "Gauthière")]),
        ({}, {"name": "La Plaine"}, [("nom", "", "La Plaine")]),
        ({"valid_from": "2015-01-01"}, {"valid_from": ""}, [("depuis", "1er janvier 2015", "")]),
        ({}, {"hectares": 12.5}, [("hectares", "", "12,5")]),
        ({"description": "a"}, {"description": "b" * 200}, [("présentation", "", "")]),
        ({"name": "Même"}, {"name": "Même"}, []),
        ({"perimeter": 3}, {"perimeter": 4}, []),
        ({"version": 1}, {"version": 2}, []),
    ],
    ids=["changed", "added", "taken away", "number", "long", "same", "internal", "unnamed"],
)
def test_what_an_entry_changed_is_told_in_words(before, after, told):
    entry = written(before=before, after=after)
    assert [(str(c.label), c.before, c.after) for c in telling.changes_of(entry)] == told


def test_a_personal_value_is_never_told():
    entry = written(after={"name": "Camille Martin"}, personal={"after.name": "Camille Martin"})
    assert telling.changes_of(entry) == []


def test_an_act_without_a_name_is_shown_as_it_is():
    assert acts.label_of("unheard_of") == "unheard_of"


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_put_back_as_often_as_asked():
    written()
    guard.disarm(connection)
    try:
        for _ in range(2):
            out = StringIO()
            call_command("journal", "guard", stdout=out)
            assert "déclencheurs sont en place" in out.getvalue()
            assert guard.is_armed(connection)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            JournalEntry.objects.all()._raw_delete("default")
    finally:
        guard.disarm(connection)
        JournalEntry.objects.all()._raw_delete("default")
        guard.arm(connection)

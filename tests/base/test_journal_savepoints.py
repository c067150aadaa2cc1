"""Whatever is undone inside a transaction, the chain is whole and its head anchored once it commits."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.base.actor import FAUBOURG
from faubourg.base.journal import anchor, record
from faubourg.base.journal.verification import verify
from faubourg.base.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
# A transaction: entries, and savepoints that are kept or undone, one in another.
blocks = st.recursive(
    st.just("entry"),
    lambda inside: st.tuples(st.sampled_from(["kept", "undone", "none"]), st.lists(inside, max_size=4)),
    max_leaves=12,
)


class Undone(Exception):
    """What a caller catches around a savepoint."""


def write():
    record(by=FAUBOURG, act="renamed", kind="territory", ref=str(uuid.uuid4()))


def play(told):
    for one in told:
        if one == "entry":
            write()
            continue
        fate, inside = one
        try:
            with transaction.atomic(savepoint=fate != "none"):
                play(inside)
                if fate == "undone":
                    raise Undone
        except Undone:
            pass


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(blocks, max_size=5), min_size=1, max_size=3))
def test_whatever_is_undone_the_chain_is_whole_and_anchored(transactions):
    for told in transactions:
        with transaction.atomic():
            play(told)
    assert verify().clean
    newest = JournalEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    assert anchor.newest() == newest


def test_a_thousandth_entry_asks_no_more_than_the_second():
    with transaction.atomic():
        write()
        with CaptureQueriesContext(connection) as asked:
            write()
    # Its row alone: the head is known, and the lock held.
    assert len(asked) == 1
    with transaction.atomic():
        for _ in range(50):
            write()
    assert len(list(anchor.heads())) == 2

"""Envelopes hold whatever is decided, in whatever order, by however many screens at once."""

import threading
from datetime import date

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import JuryItem
from faubourg.calls.queries.jury_money import held_of
from faubourg.calls.services.deciding import Said, decide_item, reconsider_item
from faubourg.rules.calls.deliberation import Decision
from tests.factories.calls import a_session

BY = Actor(None, "Secrétariat")
DOSSIERS = 4
ENVELOPE = 500_000
acts = st.lists(
    st.tuples(
        st.integers(0, DOSSIERS - 1),
        st.sampled_from(["retained", "retained_with_reserves", "adjourned", "rejected", "reconsider"]),
        st.integers(0, 300_000),
        st.sampled_from(["", " ", "Seule action du quartier"]),
        st.sampled_from(["", "Camille Roux"]),
        st.sampled_from(["freeze", "release", "cut", "added", ""]),
    ),
    max_size=10,
)


def said(item, decision, cents, why="", who=""):
    request = item.application.requests.get()
    return Said(
        Decision(decision),
        words="Un mot",
        amounts={(request.funder_id, request.nature, request.year): cents},
        override_reason=why,
        override_by_name=who,
    )


@pytest.mark.django_db
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_no_sequence_of_decisions_exceeds_an_envelope_without_its_reason_and_author(sequence):
    session = a_session(jurors=1, dossiers=DOSSIERS, envelope=ENVELOPE)
    items = list(session.items.order_by("pk"))
    envelope = session.jury.call.funders.get().envelopes.get()
    for rank, act, cents, why, who, event in sequence:
        item = JuryItem.objects.get(pk=items[rank].pk)
        before = held_of(session.jury.call_id)[0]
        try:
            if act == "reconsider":
                reconsider_item(item=item, reason="Erreur", base_version=item.version, by=BY)
            else:
                what = said(item, act, cents, why, who)
                decide_item(item=item, said=what, base_version=item.version, by=BY)
        except Refused:
            assert held_of(session.jury.call_id)[0].taken == before.taken
        decided = JuryItem.objects.get(pk=item.pk)
        after = held_of(session.jury.call_id)[0]
        if after.taken > before.taken and after.over:
            assert decided.override_reason.strip()
            assert decided.override_by_name
        if event:
            envelope.events.create(
                kind=event, amount_cents=50_000, on=date(2015, 3, 1), reason="Arrêté", by_name="Préfet"
            )
    for item in JuryItem.objects.filter(session=session):
        assert bool(item.override_reason.strip()) is bool(item.override_by_name)
        proposed = sum(one.cents for one in item.amounts.all()) if item.decision.startswith("retained") else 0
        assert sum(d.amount_cents for d in item.application.decisions.all()) == proposed


def at_once(*acts):
    """Each act in a thread with a connection of its own, started together; their answers in order."""
    answers: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place, act):
        gate.wait(10)
        try:
            answers[place] = act()
        except (Refused, Conflict) as refused:
            answers[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_screens_that_decide_at_once_never_share_a_euro():
    """Four dossiers of 2 000 €, 5 000 € to give: two fit, whoever comes first."""
    session = a_session(jurors=1, dossiers=DOSSIERS, envelope=ENVELOPE)

    def deciding(item):
        what = said(item, "retained", 200_000)
        return lambda: decide_item(
            item=JuryItem.objects.get(pk=item.pk), said=what, base_version=item.version, by=BY
        )

    answers = at_once(*(deciding(item) for item in session.items.all()))
    assert sum(isinstance(answer, JuryItem) for answer in answers) == 2
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
    held = held_of(session.jury.call_id)[0]
    assert (held.taken, held.over) == (400_000, 0)


@pytest.mark.django_db(transaction=True)
def test_two_screens_on_one_dossier_keep_the_first_and_tell_the_second():
    session = a_session(jurors=1, dossiers=1)
    item = session.items.get()

    def deciding(cents):
        what = said(item, "retained", cents)
        return lambda: decide_item(item=JuryItem.objects.get(pk=item.pk), said=what, base_version=1, by=BY)

    answers = at_once(deciding(100_000), deciding(150_000))
    assert sum(isinstance(answer, JuryItem) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    item.refresh_from_db()
    assert item.amounts.get().cents in (100_000, 150_000)

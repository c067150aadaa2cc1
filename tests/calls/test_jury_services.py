"""Juries and their sessions: who sits, who stands back, what is decided and what no longer changes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.models import JournalEntry
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls import access
from faubourg.calls.models import FunderOpinion, Interest, JurySession
from faubourg.calls.queries.juries import enrollable, items_without_recused, routed_to
from faubourg.calls.queries.jury_money import held_of
from faubourg.calls.queries.sittings import sitting_of
from faubourg.calls.services import juries, live_session, reviewing, sittings
from faubourg.calls.services.deciding import Said, decide_item, reconsider_item
from faubourg.rules.calls.deliberation import Decision, Votes
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    EnvelopeFactory,
    FundingRequestFactory,
    JurorFactory,
    JurySessionFactory,
    a_session,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
BY = Actor(None, "Secrétariat")


def codes(refused):
    return [reason.code for reason in refused.value.verdict.refusals()]


def said(item, cents=200_000, decision="retained", **more):
    request = item.application.requests.get()
    amounts = {(request.funder_id, request.nature, request.year): cents} if cents else {}
    return Said(Decision(decision), amounts=amounts, **more)


def decide(item, *args, **more):
    return decide_item(item=item, said=said(item, *args, **more), base_version=item.version, by=BY)


def stand_back(juror, application):
    return Interest.objects.create(
        call=application.call,
        person=juror.person,
        organisation=application.organisation,
        reason="Au conseil d’administration",
        declared_on=datetime(2015, 2, 1, tzinfo=UTC).date(),
    )


def test_juries_come_from_the_rules_one_a_contract_and_the_fallback():
    call = CallFactory()
    call.contracts.set(ContractFactory.create_batch(2))
    made = juries.create_juries(call=call, by=BY)
    assert sorted((jury.code, jury.fallback, jury.contract_id is None) for jury in made) == [
        ("regional", True, True),
        ("territorial", False, False),
        ("territorial", False, False),
    ]
    assert juries.create_juries(call=call, by=BY) == []


def test_what_a_territory_cannot_examine_goes_to_the_fallback():
    call = CallFactory()
    here, elsewhere = ContractFactory.create_batch(2)
    call.contracts.set([here])
    regional, territorial = sorted(juries.create_juries(call=call, by=BY), key=lambda jury: not jury.fallback)
    mine = ApplicationFactory(call=call, contract=here, submitted=True, state="examined")
    others = [
        ApplicationFactory(call=call, contract=contract, submitted=True, state="examined")
        for contract in (elsewhere, None)
    ]
    sent_up = ApplicationFactory(
        call=call, contract=here, submitted=True, state="examined", jury_code="regional"
    )
    assert set(routed_to(territorial)) == {mine}
    assert set(routed_to(regional)) == {*others, sent_up}
    assert set(enrollable(regional)) == {*others, sent_up}


def test_who_votes_has_an_account_and_examines_nothing():
    jury = JurySessionFactory().jury
    told = {"jury": jury, "name": "Une élue", "organisation": None, "quality": "", "by": BY}
    with pytest.raises(Refused) as refused:
        juries.add_juror(person=None, votes=True, **told)
    assert codes(refused) == ["person"]
    officer = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=jury.call.code).person
    with pytest.raises(Refused) as refused:
        juries.add_juror(person=officer, votes=True, **told)
    assert codes(refused) == ["votes"]
    assert juries.add_juror(person=officer, votes=False, **told).votes is False
    assert juries.add_juror(person=None, votes=False, **told).name == "Une élue"
    elu = PersonFactory()
    seat = juries.add_juror(person=elu, votes=True, **told)
    with pytest.raises(Refused):
        juries.add_juror(person=elu, votes=True, **told)
    juries.end_juror(juror=seat, by=BY)
    assert juries.add_juror(person=elu, votes=True, **told).pk == seat.pk


def test_nothing_is_read_before_interests_are_declared_and_none_is_a_declaration():
    session = a_session(opened=False)
    juror = JurorFactory(jury=session.jury, declared_at=None)
    assert access.can_enter_jury(juror.person, session.jury).ok
    assert not access.can_read_jury(juror.person, session.jury).ok
    juries.declare_interests(juror=juror, links={}, by=juror.person.actor)
    assert access.can_read_jury(juror.person, session.jury).ok
    item = session.items.first()
    assert access.can_read_application(juror.person, item.application).ok
    later = {item.application.organisation: "Membre du bureau"}
    juries.declare_interests(juror=juror, links=later, by=juror.person.actor)
    assert not access.can_read_application(juror.person, item.application).ok
    assert item not in items_without_recused(session.items.all(), juror.person)
    assert session.items.count() == items_without_recused(session.items.all(), juror.person).count() + 1


@pytest.mark.parametrize(
    ("here", "recused", "ok", "needed"),
    [(2, 0, True, 2), (1, 0, False, 2), (1, 2, True, 1), (1, 1, True, 1), (0, 3, None, 0)],
)
def test_the_quorum_leaves_out_who_stands_back(here, recused, ok, needed):
    """Three members who vote, half of them needed; those who stand back count neither here nor away."""
    session = a_session(jurors=3, dossiers=1)
    JurorFactory(jury=session.jury, votes=False)
    item = session.items.get()
    jurors = list(session.jury.jurors.filter(votes=True).order_by("pk"))
    for juror in jurors[: 3 - here]:
        live_session.leave(session=session, juror_pk=juror.pk, by=BY)
    for juror in jurors[:recused]:
        stand_back(juror, item.application)
    judged = sitting_of(session).quorum(item.application)
    assert (judged.verdict.ok, judged.needed) == (ok, needed)
    if not ok:
        with pytest.raises(Refused) as refused:
            decide(item)
        assert codes(refused) == ["application_quorum"]


def test_a_decision_moves_the_dossier_locks_opinions_and_asks_the_funders():
    session = a_session()
    item = session.items.first()
    request = item.application.requests.get()
    FunderOpinion.objects.create(
        application=item.application, funder=request.funder, sense="favourable", given_on="2015-02-01"
    )
    stand_back(session.jury.jurors.last(), item.application)
    made = decide(item, 150_000, votes=Votes(2, 0, 0))
    item.application.refresh_from_db()
    assert item.application.state == "retained"
    assert item.application.opinions.get().locked_at is not None
    decision = item.application.decisions.get()
    assert (decision.state, decision.requested_cents, decision.amount_cents) == (
        "favourable",
        200_000,
        150_000,
    )
    assert [step.move for step in decision.steps.all()] == ["request", "favour"]
    assert len(made.recused) == 1
    assert made.quorum == {"seats": 2, "needed": 1, "present": 2}
    assert [(one.available, one.taken) for one in held_of(session.jury.call_id)] == [(1_000_000, 150_000)]
    assert JournalEntry.objects.filter(act="jury.item.decided").count() == 1


@pytest.mark.parametrize(
    ("decision", "words", "state"),
    [
        ("retained_with_reserves", "Un bilan en juin", "retained_with_reserves"),
        ("adjourned", "Le plan de financement n’est pas bouclé", "adjourned"),
        ("rejected", "Hors des objectifs du contrat", "rejected"),
    ],
)
def test_the_other_decisions_are_written_out(decision, words, state):
    item = a_session(dossiers=1).items.get()
    with pytest.raises(Refused):
        decide(item, decision=decision)
    made = decide(item, decision=decision, words=words)
    item.application.refresh_from_db()
    assert item.application.state == state
    assert words in (made.reserves, made.reason)
    assert item.application.decisions.exists() is (state == "retained_with_reserves")


def test_an_overrun_asks_for_a_reason_and_an_author():
    item = a_session(envelope=100_000, dossiers=1).items.get()
    with pytest.raises(Refused) as refused:
        decide(item)
    assert codes(refused) == ["overrun", "override_reason", "override_by_name"]
    with pytest.raises(Refused) as refused:
        decide(item, override_reason="Seule action du quartier")
    assert codes(refused) == ["overrun", "override_by_name"]
    made = decide(item, override_reason="Seule action du quartier", override_by_name="Camille Roux")
    assert (made.override_reason, made.override_by_name) == ("Seule action du quartier", "Camille Roux")


def test_an_override_that_overrides_nothing_is_not_kept():
    item = a_session(dossiers=1).items.get()
    assert decide(item, override_reason="Pour rien", override_by_name="X").override_reason == ""


@pytest.mark.parametrize("kind", ["beyond_request", "rule_broken"])
def test_what_breaks_a_rule_asks_for_the_same(kind):
    item = a_session(dossiers=1).items.get()
    if kind == "rule_broken":
        item.application.verdict = [{"code": "floor", "met": False, "sentence": "Sous le plancher."}]
        item.application.save()
    with pytest.raises(Refused) as refused:
        decide(item, 200_001 if kind == "beyond_request" else 200_000)
    assert codes(refused)[0] == kind


def test_an_envelope_kept_for_a_territory_holds_its_dossiers_only():
    session = a_session(envelope=None)
    one, other = session.items.all()
    funder, territory = session.jury.call.funders.get(), TerritoryFactory(epci=True)
    one.application.contract = ContractFactory(borne_by=[territory])
    one.application.save()
    session.jury.call.contracts.add(one.application.contract)
    EnvelopeFactory(funder=funder, territory=territory, amount_cents=100_000)
    with pytest.raises(Refused) as refused:
        decide(one)
    assert codes(refused)[0] == "overrun"
    assert decide(other).decision == "retained"


def test_a_freeze_lowers_what_is_left():
    item = a_session(envelope=200_000, dossiers=1).items.get()
    envelope = item.session.jury.call.funders.get().envelopes.get()
    envelope.events.create(
        kind="freeze", amount_cents=20_000, on="2015-02-01", reason="Gel", by_name="Préfet"
    )
    with pytest.raises(Refused):
        decide(item)
    envelope.events.create(kind="release", amount_cents=20_000, on="2015-02-02", reason="Dégel", by_name="P")
    assert decide(item).decision == "retained"


def test_the_second_save_meets_a_conflict_and_coming_back_frees_the_envelope():
    item = a_session(dossiers=1).items.get()
    made = decide(item)
    with pytest.raises(Conflict):
        decide(item)
    back = reconsider_item(item=made, reason="Erreur de saisie", base_version=made.version, by=BY)
    item.application.refresh_from_db()
    assert (back.decision, item.application.state) == ("", "before_jury")
    assert held_of(item.session.jury.call_id)[0].taken == 0
    assert back.amounts.count() == 1
    again = decide_item(item=back, said=said(back, 100_000), base_version=back.version, by=BY)
    assert (again.decision, item.application.decisions.get().amount_cents) == ("retained", 100_000)


def test_the_jury_does_not_undo_what_a_funder_decided():
    made = decide(a_session(dossiers=1).items.get())
    made.application.decisions.update(state="voted", voted_on="2015-03-20")
    with pytest.raises(Refused) as refused:
        reconsider_item(item=made, reason="Trop tard", base_version=made.version, by=BY)
    assert codes(refused) == ["funders"]


def test_whoever_stands_back_records_nothing():
    item = a_session(dossiers=1).items.get()
    juror = item.session.jury.jurors.first()
    stand_back(juror, item.application)
    with pytest.raises(Refused) as refused:
        decide_item(item=item, said=said(item), base_version=item.version, by=juror.person.actor)
    assert codes(refused) == ["stands_back"]


def test_a_dossier_enters_a_session_by_its_circuit():
    session = a_session(opened=False, dossiers=0)
    funder = session.jury.call.funders.get()
    dossier = ApplicationFactory(call=session.jury.call, submitted=True, state="examined")
    FundingRequestFactory(application=dossier, funder=funder)
    with pytest.raises(Refused) as refused:
        sittings.enrol(session=session, applications=[dossier], by=BY)
    assert codes(refused) == ["application_opinions"]
    dossier.opinions.create(funder=funder, sense="favourable", given_on="2015-02-01")
    (item,) = sittings.enrol(session=session, applications=[dossier], by=BY)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.jury_code) == ("before_jury", session.jury.code)
    with pytest.raises(Refused):
        sittings.enrol(session=session, applications=[dossier], by=BY)
    sittings.remove_item(item=item, by=BY)
    assert dossier in enrollable(session.jury)


def test_a_session_opens_with_its_dossiers_and_declared_members():
    session = a_session(opened=False, dossiers=0)
    with pytest.raises(Refused) as refused:
        live_session.open_session(session=session, by=BY)
    assert codes(refused) == ["sitting_dossiers"]
    session = a_session(opened=False)
    silent = JurorFactory(jury=session.jury, declared_at=None)
    with pytest.raises(Refused) as refused:
        live_session.open_session(session=session, by=BY)
    assert codes(refused) == ["sitting_interests"]
    sittings.expect(session=session, juror_pk=silent.pk, expected=False, by=BY)
    opened = live_session.open_session(session=session, by=BY)
    assert opened.at_hand == session.items.first()
    with pytest.raises(Refused) as refused:
        live_session.arrive(session=session, juror_pk=silent.pk, by=BY)
    assert codes(refused) == ["interests"]


def test_minutes_are_made_at_the_close_signed_one_by_one_and_then_stay():
    session = a_session(jurors=2)
    decide(session.items.first())
    closed = live_session.close_session(session=session, minutes=lambda held: b"%PDF-1.7 lu", by=BY)
    assert closed.minutes.media_type == "application/pdf"
    reopened = live_session.reopen_session(session=closed, reason="Une voix mal comptée", by=BY)
    assert reopened.minutes is None
    closed = live_session.close_session(session=session, minutes=lambda held: b"%PDF-1.7 relu", by=BY)
    first, last = session.jury.jurors.order_by("pk")
    assert live_session.sign_minutes(session=closed, juror_pk=first.pk, by=BY).state == "closed"
    with pytest.raises(Refused) as refused:
        live_session.reopen_session(session=closed, reason="Trop tard", by=BY)
    assert codes(refused) == ["sitting_unsigned"]
    signed = live_session.sign_minutes(session=closed, juror_pk=last.pk, by=BY)
    assert signed.state == "signed"
    for act in (
        lambda: decide(session.items.last()),
        lambda: live_session.arrive(session=session, juror_pk=first.pk, by=BY),
        lambda: live_session.reopen_session(session=session, reason="Non", by=BY),
    ):
        with pytest.raises(Refused):
            act()


def test_who_was_not_here_does_not_sign():
    session = a_session(jurors=1)
    away = JurorFactory(jury=session.jury)
    closed = live_session.close_session(session=session, minutes=lambda held: b"%PDF-1.7", by=BY)
    with pytest.raises(Refused) as refused:
        live_session.sign_minutes(session=closed, juror_pk=away.pk, by=BY)
    assert codes(refused) == ["presence"]


def closed_by_two():
    session = a_session(jurors=3)
    made = live_session.close_session(session=session, minutes=lambda held: b"%PDF-1.7", by=BY)
    return made, list(session.jury.jurors.order_by("pk"))


def excuse(session, juror, chair, reason="Parti à l’étranger", unsigned="away"):
    return live_session.excuse_signature(
        session=session, juror_pk=juror.pk, unsigned=unsigned, reason=reason, chair_pk=chair.pk, by=BY
    )


def test_a_refusal_or_an_absence_is_stated_by_the_chair_and_the_minutes_are_sealed():
    session, (chair, refuses, away) = closed_by_two()
    live_session.sign_minutes(session=session, juror_pk=chair.pk, by=BY)
    assert excuse(session, refuses, chair, "Conteste un vote", "refused").state == "closed"
    sealed = excuse(session, away, chair)
    assert sealed.state == "signed"
    row = sealed.presences.get(juror=refuses)
    assert (row.unsigned, row.unsigned_reason, row.signed_at) == ("refused", "Conteste un vote", None)
    assert row.unsigned_by_name == chair.name
    with pytest.raises(Refused):
        excuse(session, away, chair)


def test_it_needs_a_reason_another_member_and_one_signature():
    session, (chair, other, last) = closed_by_two()
    with pytest.raises(Refused) as refused:
        excuse(session, other, chair, reason=" ")
    assert codes(refused) == ["sitting_reason"]
    for juror, by, unsigned in ((other, other, "away"), (other, chair, "elsewhere")):
        with pytest.raises(Refused) as refused:
            excuse(session, juror, by, unsigned=unsigned)
        assert codes(refused) == ["chair"]
    for juror in (other, last):
        assert excuse(session, juror, chair).state == "closed"
    assert live_session.sign_minutes(session=session, juror_pk=chair.pk, by=BY).state == "signed"


def test_who_signed_is_not_excused_and_who_was_excused_may_still_sign():
    session, (chair, other, _last) = closed_by_two()
    excuse(session, other, chair)
    live_session.sign_minutes(session=session, juror_pk=other.pk, by=BY)
    assert session.presences.get(juror=other).unsigned == ""
    with pytest.raises(Refused) as refused:
        excuse(session, other, chair)
    assert codes(refused) == ["sitting_unsigned-yet"]


def test_a_convocation_leaves_for_each_member_who_has_an_account(
    mailoutbox, django_capture_on_commit_callbacks
):
    session = a_session(jurors=2)
    JurySession.objects.filter(pk=session.pk).update(
        state="planned", opened_at=None, starts_at=timezone.now() + timedelta(days=20), place="Mairie"
    )
    paper = JurorFactory(jury=session.jury, person=None, name="Sur papier")
    with django_capture_on_commit_callbacks(execute=True):
        away = sittings.invite(session=session, url="https://exemple.fr/seances/1/", by=BY)
    assert away == (paper,)
    people = {juror.person.email for juror in session.jury.jurors.all() if juror.person}
    assert {one for mail in mailoutbox for one in mail.to} == people
    assert all(len(mail.to) == 1 for mail in mailoutbox)
    assert "https://exemple.fr/seances/1/" in mailoutbox[0].body
    assert "Mairie" in mailoutbox[0].body


GRID = ("quality", "inhabitants", "partnership", "network", "governance")


def test_a_reading_is_kept_as_typed_and_stays_once_handed_in():
    item = a_session(dossiers=1).items.get()
    juror = item.session.jury.jurors.first()
    told = {"item": item, "juror": juror, "comment": "", "by": BY}
    review = reviewing.save_review(marks={"quality": 5}, base_version=0, **told)
    with pytest.raises(Conflict):
        reviewing.save_review(marks={"quality": 4}, base_version=0, **told)
    with pytest.raises(Refused) as refused:
        reviewing.save_review(marks={"quality": 6}, base_version=1, **told)
    assert codes(refused) == ["grid-bounds"]
    with pytest.raises(Refused):
        reviewing.finish_review(item=item, juror=juror, base_version=1, by=BY)
    reviewing.save_review(marks=dict.fromkeys(GRID, 3), base_version=1, **told)
    review = reviewing.finish_review(item=item, juror=juror, base_version=2, by=BY)
    with pytest.raises(Refused) as refused:
        reviewing.save_review(marks={}, base_version=review.version, **told)
    assert codes(refused) == ["finished"]


def test_a_technician_marks_nothing():
    item = a_session(dossiers=1).items.get()
    heard = JurorFactory(jury=item.session.jury, votes=False)
    with pytest.raises(Refused) as refused:
        reviewing.save_review(item=item, juror=heard, marks={}, comment="", base_version=0, by=BY)
    assert codes(refused) == ["voters_mark"]


def test_an_elu_who_holds_no_seat_reads_no_session():
    session = a_session()
    assert not access.can_read_jury(PersonFactory(), session.jury).ok
    elected = RoleGrantFactory(role="elected", scope_kind="call", scope_code=session.jury.call.code).person
    assert not access.can_read_jury(elected, session.jury).ok

"""The life of an annual report: opened, written, sent, answered, closed, deliberated, published."""

from datetime import timedelta

import pytest

from faubourg.base import erasure
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, Refused
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.evaluation.queries import opinions_of
from faubourg.evaluation.services.consultation import (
    Recipient,
    Sending,
    close_consultation,
    send_for_opinion,
    take_back,
)
from faubourg.evaluation.services.opinions import Answer, record_opinion
from faubourg.evaluation.services.publication import publish_report, record_deliberation
from faubourg.evaluation.services.writing import open_report, write_report
from tests.factories.territories import FigureFactory

from .conftest import AFTER, DUE, SENT, YEAR

pytestmark = pytest.mark.django_db
State, Sense = AnnualReport.State, Opinion.Sense


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.verdict.refusals()]


def send(report, officer, *bodies, **fields):
    recipients = [Recipient(name) for name in bodies or ("Conseil citoyen Alpha",)]
    sending = Sending(recipients, **{"sent_on": SENT, "reply_by": DUE} | fields)
    return send_for_opinion(
        report=report, sending=sending, base_version=report.version, by=officer.actor, today=SENT
    )


def answer(opinion, officer, sense=Sense.FAVOURABLE, text="", on=SENT):
    return record_opinion(
        opinion=opinion,
        answer=Answer(sense, on, text),
        base_version=opinion.version,
        by=officer.actor,
        today=AFTER,
    )


def test_a_year_has_one_report_and_only_when_it_is_over(place, officer):
    opened = open_report(contract=place.contract, year=YEAR, by=officer.actor, on=SENT)
    assert opened.state == State.DRAFT
    for year, code in ((YEAR, "report_state"), (2024, "report_year")):
        with pytest.raises(Refused) as refused:
            open_report(contract=place.contract, year=year, by=officer.actor, on=SENT)
        assert codes(refused) == [code]


def test_words_are_versioned_and_stop_when_it_is_sent(report, officer):
    written = write_report(report=report, words={"perspectives": "Agir."}, base_version=1, by=officer.actor)
    assert (written.perspectives, written.version) == ("Agir.", 2)
    with pytest.raises(Conflict):
        write_report(report=report, words={"perspectives": "Autre."}, base_version=1, by=officer.actor)
    send(written, officer)
    with pytest.raises(Refused) as refused:
        write_report(report=report, words={"situation": "x"}, base_version=3, by=officer.actor)
    assert codes(refused) == ["report_state"]


def test_sending_asks_every_council_and_freezes_the_facts(report, officer, place):
    figure = FigureFactory(territory=place.quarters[0], value=1200, vintage_year=2021)
    sent = send(report, officer, "Conseil citoyen Alpha", "conseil citoyen alpha", "Rive")
    assert [(each.kind, each.name) for each in opinions_of(sent)] == [
        ("council", "Bourg"),
        ("council", "Rive"),
        ("residents", "Conseil citoyen Alpha"),
    ]
    figure.value = 1
    figure.save()
    sent.refresh_from_db()
    assert sent.facts["situation"][0]["value"] == "1200"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reply_by": DUE - timedelta(1)}, "report_delay"),
        ({"sent_on": SENT - timedelta(60)}, "report_proof"),
        ({"sent_on": SENT + timedelta(1), "reply_by": DUE + timedelta(9)}, "report_sent"),
    ],
)
def test_nothing_leaves_half_way(report, officer, fields, code):
    with pytest.raises(Refused) as refused:
        send(report, officer, **fields)
    assert codes(refused) == [code]
    report.refresh_from_db()
    assert (report.state, report.facts, report.opinions.count()) == (State.DRAFT, {}, 0)


def test_it_closes_after_a_month_and_silence_is_favourable(report, officer):
    sent = send(report, officer)
    council, _, residents = opinions_of(sent)
    answer(council, officer)
    answer(residents, officer, Sense.RESERVED, "La desserte manque.")
    with pytest.raises(Refused) as refused:
        close_consultation(report=sent, by=officer.actor, on=DUE)
    assert codes(refused) == ["report_month"]
    assert "Rive" in str(refused.value)
    heard = close_consultation(report=sent, by=officer.actor, on=AFTER)
    assert [each.sense for each in opinions_of(heard)] == [Sense.FAVOURABLE, Sense.SILENT, Sense.RESERVED]


def test_it_closes_at_once_when_all_have_answered(report, officer):
    sent = send(report, officer)
    for opinion in opinions_of(sent):
        answer(opinion, officer)
    assert close_consultation(report=sent, by=officer.actor, on=SENT).state == State.HEARD


def test_an_opinion_that_is_not_plainly_favourable_is_annexed(report, officer):
    opinion = opinions_of(send(report, officer))[0]
    with pytest.raises(Refused) as refused:
        answer(opinion, officer, Sense.UNFAVOURABLE)
    assert codes(refused) == ["text"]
    with pytest.raises(Refused) as refused:
        answer(opinion, officer, "silent", "x")
    assert codes(refused) == ["sense"]


def test_two_people_do_not_overwrite_an_opinion(report, officer):
    first, *_ = opinions_of(send(report, officer))
    answer(first, officer, Sense.RESERVED, "Le premier.")
    with pytest.raises(Refused) as refused:
        answer(first, officer, Sense.RESERVED, "Le second.")
    assert codes(refused) == ["opinion_version"]
    first.refresh_from_db()
    assert first.text == "Le premier."


def test_a_project_taken_back_is_asked_about_anew(report, officer):
    sent = send(report, officer)
    answer(opinions_of(sent)[0], officer, Sense.OBSERVATIONS, "Un chiffre manque.")
    with pytest.raises(Refused):
        take_back(report=sent, reason=" ", by=officer.actor)
    draft = take_back(report=sent, reason="Un chiffre manquait.", by=officer.actor, on=SENT)
    assert (draft.state, draft.facts, draft.sent_on) == (State.DRAFT, {}, None)
    again = send(draft, officer)
    assert {each.sense for each in opinions_of(again)} == {Sense.AWAITED}
    assert report.opinions.filter(round=1, sense=Sense.OBSERVATIONS).count() == 1


def test_from_the_deliberation_to_the_publication(report, officer):
    sent = send(report, officer)
    answer(opinions_of(sent)[0], officer, Sense.OBSERVATIONS, "La desserte manque.")
    heard = close_consultation(report=sent, by=officer.actor, on=AFTER)
    told = {"report": heard, "by": officer.actor, "today": AFTER, "on": AFTER, "base_version": heard.version}
    with pytest.raises(Refused) as refused:
        record_deliberation(**told, deliberation=" ", follow_up="")
    assert codes(refused) == ["report_follow_up", "deliberation"]
    with pytest.raises(Refused):
        publish_report(report=heard, by=officer.actor)
    done = record_deliberation(**told, deliberation="Conseil, n° 12", follow_up="Une ligne est étudiée.")
    published = publish_report(report=done, by=officer.actor, on=AFTER)
    assert (published.state, published.published_on) == (State.PUBLISHED, AFTER)
    assert [step.after for step in published.steps.all()] == [
        "consulted",
        "heard",
        "deliberated",
        "published",
    ]
    ref = f"{report.contract.generation}/{report.contract.code}/{YEAR}"
    acts = [entry.act for entry in entries_for("annual_report", ref)]
    assert acts[:3] == ["report.published", "report.deliberated", "report.closed"]


def test_a_closed_account_leaves_its_acts_without_its_name(report, officer):
    sent = send(report, officer)
    answer(opinions_of(sent)[0], officer)
    erasure.erase(officer.ref)
    assert {step.by_name for step in sent.steps.all()} == {""}
    assert set(sent.opinions.values_list("recorded_by_name", flat=True)) == {""}

"""J2.3: a report prefilled, three exits, checked by the service, money asked back after a hearing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Applicant, Payment, Recovery, Report
from faubourg.calls.queries.reports import accounts_of, missing_reports, report_of
from faubourg.calls.services import checking_reports, opening_reports, recovering, reporting
from faubourg.calls.services.reporting import Words
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFunderFactory,
    FunderDecisionFactory,
)
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
DUE = date(2016, 6, 30)


@pytest.fixture
def application():
    """Runs; 5 000 € of the State on a budget of 20 000 €, 3 500 € paid."""
    found = ApplicationFactory(submitted=True, state="running", audience_count=40)
    funder = CallFunderFactory(call=found.call, name="État", level="state")
    for order, (account, cents) in enumerate(
        [("623", 500_000), ("641", 1_500_000), ("74etat", 500_000), ("756", 1_500_000)]
    ):
        found.budget_lines.create(account=account, cents=cents, order=order, standing="asked")
    found.indicators.create(name="Ateliers", target="12", unit="séances")
    found.territories.add(TerritoryFactory())
    decision = FunderDecisionFactory(
        application=found, funder=funder, state="notified", amount_cents=500_000, voted_on=date(2015, 4, 1)
    )
    Payment.objects.create(decision=decision, cents=350_000, state="paid", paid_on=date(2015, 5, 1))
    return found


@pytest.fixture
def signatory(application):
    return ApplicantRoleFactory(organisation=application.organisation, role="signatory").person


@pytest.fixture
def officer(application):
    return RoleGrantFactory(
        role="contract_officer", scope_kind="call", scope_code=application.call.code
    ).person


@pytest.fixture
def report(application):
    (opened,) = opening_reports.open_reports(application=application)
    return opened


def filled(report, by, spent=2_000_000, **more):
    """What the whole form asks for; `spent`: the charges, a quarter of them on 623."""
    lines = {line.account: line.pk for line in report.lines.all()}
    actual = {
        lines["623"]: spent // 4,
        lines["641"]: spent - spent // 4,
        lines["74etat"]: 500_000,
        lines["756"]: spent - 500_000,
    }
    columns = {
        "story": "Douze ateliers.",
        "results": "Atteints.",
        "gaps": "Moins cher.",
        "audience_count": 38,
    }
    return reporting.write(
        report=report,
        words=Words(
            columns=columns | more,
            actual=actual,
            people={place.pk: 30 for place in report.places.all()},
            counted={each.pk: ("12", "") for each in report.indicators.all()},
        ),
        base_version=Report.objects.get(pk=report.pk).version,
        by=by.actor,
    )


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_a_report_opens_prefilled_once(application, report):
    assert (report.state, report.form, report.due_on) == ("awaited", "full", DUE)
    assert [(line.account, line.planned_cents, line.actual_cents) for line in report.lines.all()] == [
        ("623", 500_000, None), ("641", 1_500_000, None), ("74etat", 500_000, None), ("756", 1_500_000, None),
    ]  # fmt: skip
    assert (report.indicators.count(), report.places.count()) == (1, 1)
    assert opening_reports.open_reports(application=application) == []
    assert opening_reports.bring_up_to_date(on=date(2016, 1, 1)) == (0, 0)


def test_small_money_asks_for_one_page(application):
    application.decisions.update(amount_cents=499_999)
    (report,) = opening_reports.open_reports(application=application)
    assert report.form == "short"


def test_an_exercise_of_its_own_moves_the_day(application):
    application.organisation.applicant_sheet = None

    Applicant.objects.create(organisation=application.organisation, exercise_ends="08-31")
    (report,) = opening_reports.open_reports(application=application)
    assert report.due_on == date(2017, 2, 28)


def test_nothing_granted_opens_nothing(application):
    application.decisions.update(state="requested")
    assert opening_reports.bring_up_to_date() == (0, 0)
    assert not Report.objects.exists()


def test_reminders_are_written_once_each(application, capsys):
    told = []
    for day in (
        date(2016, 1, 1),
        date(2016, 5, 1),
        date(2016, 5, 2),
        date(2016, 6, 1),
        DUE,
        date(2017, 1, 1),
    ):
        for _twice in range(2):
            told.append(opening_reports.bring_up_to_date(on=day)[1])
    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0]
    report = application.reports.get()
    assert report.state == "reminded"
    assert [step.on for step in report.steps.filter(move="remind")] == [
        date(2016, 5, 1),
        date(2016, 6, 1),
        DUE,
    ]
    letters = application.letters.filter(kind="reminder")
    assert letters.count() == 3
    assert f"/dossiers/{application.pk}/bilan/2015/" in letters.first().body
    assert fresh(application).state == "report_due"
    call_command("remind_reports")
    assert "0 bilans ouverts, 0 rappels" in capsys.readouterr().out


def test_handed_in_only_whole_and_by_who_signs(application, report, signatory):
    writer = ApplicantRoleFactory(organisation=application.organisation).person
    with pytest.raises(Refused, match="Lignes du budget"):
        reporting.hand_in(report=report, base_version=report.version, by=signatory.actor)
    written = filled(report, writer)
    with pytest.raises(Refused, match="peut engager"):
        reporting.hand_in(report=written, base_version=written.version, by=writer.actor)
    with pytest.raises(Conflict):
        reporting.hand_in(report=written, base_version=report.version, by=signatory.actor)
    done = reporting.hand_in(report=written, base_version=written.version, by=signatory.actor)
    assert (done.state, done.exit, done.certified_by_name) == ("handed_in", "account", signatory.actor.name)
    assert fresh(application).state == "report_in"
    with pytest.raises(Refused, match="remis"):
        filled(done, writer)


def test_what_cost_less_is_given_back_after_a_hearing(application, report, signatory, officer):
    # 12 000 € spent of 20 000: a quarter is 3 000, and 3 500 were paid.
    written = filled(report, signatory, spent=1_200_000)
    done = reporting.hand_in(report=written, base_version=written.version, by=signatory.actor)
    more = checking_reports.ask_more(
        report=done, reason="Le contrat", due_on=timezone.localdate() + timedelta(days=9),
        base_version=done.version, by=officer.actor,
    )  # fmt: skip
    done = reporting.hand_in(report=more, base_version=more.version, by=signatory.actor)
    valid = checking_reports.validate(report=done, base_version=done.version, by=officer.actor)
    assert fresh(application).state == "checked"
    recovery = Recovery.objects.get()
    assert (recovery.cents, recovery.state, recovery.report) == (50_000, "draft", report)
    with pytest.raises(Refused, match="reste à régler"):
        checking_reports.close(report=valid, base_version=valid.version, by=officer.actor)
    today = timezone.localdate()
    with pytest.raises(Refused, match="15 jours"):
        recovering.hear(recovery=recovery, answer_by=today, base_version=recovery.version, by=officer.actor)
    with pytest.raises(Refused, match="au plus"):
        recovering.edit(
            recovery=recovery, cents=350_001, reason="Trop", base_version=recovery.version, by=officer.actor
        )
    heard = recovering.hear(
        recovery=recovery, answer_by=today + timedelta(days=30), base_version=recovery.version,
        by=officer.actor,
    )  # fmt: skip
    assert application.letters.filter(kind="recovery", funder=recovery.funder).count() == 1
    with pytest.raises(Refused, match="pas encore répondu"):
        recovering.issue(recovery=heard, base_version=heard.version, by=officer.actor)
    answered = recovering.answer(
        recovery=heard, text="Une facture manque.", base_version=heard.version, by=signatory.actor
    )
    less = recovering.edit(
        recovery=answered, cents=40_000, reason="Facture reçue", base_version=answered.version,
        by=officer.actor,
    )  # fmt: skip
    issued = recovering.issue(recovery=less, base_version=less.version, by=officer.actor)
    assert fresh(application).state == "recovered"
    recovering.pay(recovery=issued, base_version=issued.version, by=officer.actor)
    assert fresh(application).state == "settled"
    closed = checking_reports.close(report=valid, base_version=valid.version, by=officer.actor)
    assert closed.state == "closed"


def test_a_silent_beneficiary_was_heard_once_its_time_is_over(application, report, officer, signatory):
    reporting.attest_not_done(
        report=report, why="Salle fermée.", base_version=report.version, by=signatory.actor
    )
    recovery = Recovery.objects.get()
    assert recovery.cents == 350_000
    today = timezone.localdate()
    heard = recovering.hear(
        recovery=recovery, answer_by=today + timedelta(days=15), base_version=recovery.version,
        by=officer.actor,
    )  # fmt: skip
    with time_machine.travel(today + timedelta(days=16), tick=False):
        assert (
            recovering.issue(recovery=heard, base_version=heard.version, by=officer.actor).state == "issued"
        )


def test_a_settled_report_settles_its_dossier(application, report, signatory, officer):
    written = filled(report, signatory)
    done = reporting.hand_in(report=written, base_version=written.version, by=signatory.actor)
    valid = checking_reports.validate(report=done, base_version=done.version, by=officer.actor)
    assert not Recovery.objects.exists()
    shown = checking_reports.publish(report=valid, public=True, base_version=valid.version, by=officer.actor)
    checking_reports.close(report=shown, base_version=shown.version, by=officer.actor)
    assert fresh(application).state == "settled"


def test_a_second_year_keeps_the_dossier_open(application, report, signatory, officer):
    FunderDecisionFactory(application=application, funder=application.decisions.get().funder, year=2016)
    written = filled(report, signatory)
    reporting.hand_in(report=written, base_version=written.version, by=signatory.actor)
    assert fresh(application).state == "running"


def test_new_dates_granted_move_the_day_refused_do_not(application, report, signatory, officer):
    with pytest.raises(Refused, match="postérieure"):
        reporting.ask_dates(
            report=report, ends_on=date(2015, 12, 31), why="Pluie", base_version=report.version,
            by=signatory.actor,
        )  # fmt: skip
    asked = reporting.ask_dates(
        report=report, ends_on=date(2016, 3, 31), why="Pluie", base_version=report.version, by=signatory.actor
    )
    refused = checking_reports.refuse_dates(
        report=asked, reason="Non", base_version=asked.version, by=officer.actor
    )
    assert (refused.state, refused.due_on, refused.exit) == ("reminded", DUE, "")
    asked = reporting.ask_dates(
        report=refused, ends_on=date(2016, 3, 31), why="Pluie", base_version=refused.version,
        by=signatory.actor,
    )  # fmt: skip
    granted = checking_reports.grant_dates(report=asked, base_version=asked.version, by=officer.actor)
    assert (granted.state, granted.due_on) == ("awaited", date(2017, 6, 30))
    assert fresh(application).ends_on == date(2016, 3, 31)


def test_not_done_gives_back_what_was_paid_and_no_more(application, report, signatory, officer):
    done = reporting.attest_not_done(
        report=report, why="Salle fermée.", base_version=report.version, by=signatory.actor
    )
    assert (done.state, fresh(application).state) == ("not_done", "report_in")
    valid = checking_reports.validate(report=done, base_version=done.version, by=officer.actor)
    recovery = Recovery.objects.get()
    assert (recovery.cents, valid.state) == (350_000, "validated")
    recovering.drop(recovery=recovery, reason="Remise gracieuse", base_version=recovery.version, by=FAUBOURG)
    assert fresh(recovery).state == "dropped"


def test_a_missing_report_is_said_on_the_next_dossier(application, report):
    organisation = application.organisation_id
    assert missing_reports(organisation, DUE) == ()
    (late,) = missing_reports(organisation, date(2016, 7, 1))
    assert (late.title, late.year, late.due_on) == (application.title, 2015, DUE)


def test_what_was_paid_before_a_cancellation_is_counted(application, report, signatory):
    application.decisions.update(state="cancelled")
    filled(report, signatory, spent=400_000)
    (account,) = accounts_of(report_of(application, 2015))
    assert account.settlement.back_cents == 250_000


def test_the_panel_of_the_dossier_leads_to_its_report(client, application, report, officer):
    client.force_login(officer)
    page = client.get(reverse("application", args=[application.pk])).content.decode()
    assert reverse("report", args=[application.pk, 2015]) in page


def test_a_stranger_reads_nothing(client, application, report):
    client.force_login(PersonFactory())
    assert client.get(reverse("report", args=[application.pk, 2015])).status_code == 403

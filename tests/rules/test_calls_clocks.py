"""The clocks of a grant, to the day: silence, payment, convention, report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.calendar import Standing
from faubourg.rules.calls.clocks import (
    Grant,
    ReportForm,
    implicit_rejection,
    judge_convention,
    judge_payment,
    judge_report,
    judge_silence,
    payment_due,
    reminders,
    report_due,
    report_form,
    totals,
)

DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))


@pytest.mark.parametrize(
    ("complete", "refused"),
    [
        (date(2015, 1, 23), date(2015, 3, 23)),
        (date(2014, 12, 31), date(2015, 2, 28)),
        (date(2023, 12, 31), date(2024, 2, 29)),
        (date(2023, 12, 29), date(2024, 2, 29)),
        (date(2024, 6, 30), date(2024, 8, 30)),
        (None, None),
    ],
)
def test_when_silence_is_a_refusal(complete, refused):
    assert implicit_rejection(complete) == refused


@pytest.mark.parametrize(
    ("complete", "decided", "on", "met", "code"),
    [
        (None, None, date(2015, 6, 1), None, "silence-waits"),
        (date(2015, 1, 23), None, date(2015, 3, 22), True, "silence-runs"),
        (date(2015, 1, 23), None, date(2015, 3, 23), False, "silence-refused"),
        (date(2015, 1, 23), date(2015, 3, 20), date(2015, 6, 1), True, "silence-decided"),
        (date(2015, 1, 23), date(2015, 4, 1), date(2015, 6, 1), True, "silence-after"),
        (None, date(2015, 4, 1), date(2015, 6, 1), True, "silence-decided"),
    ],
)
def test_where_the_silence_stands(complete, decided, on, met, code):
    reason = judge_silence(complete, decided, on)
    assert (reason.met, reason.code) == (met, code)
    assert reason.sentence


@pytest.mark.parametrize(
    ("notified", "agreed", "due"),
    [
        (date(2021, 7, 2), None, None),
        (date(2021, 7, 3), None, date(2021, 9, 1)),
        (date(2024, 1, 1), None, date(2024, 3, 1)),
        (date(2023, 1, 1), None, date(2023, 3, 2)),
        (date(2024, 1, 1), date(2024, 2, 1), date(2024, 4, 1)),
        (date(2015, 3, 1), date(2015, 6, 1), date(2015, 7, 31)),
        (None, None, None),
    ],
)
def test_until_when_one_has_to_pay(notified, agreed, due):
    assert payment_due(notified, agreed) == due


def test_a_payment_on_the_sixtieth_day_is_in_time():
    assert judge_payment(date(2024, 1, 1), date(2024, 3, 1), date(2025, 1, 1)).standing is Standing.DONE
    assert judge_payment(date(2024, 1, 1), date(2024, 3, 2), date(2025, 1, 1)).days == 1
    assert judge_payment(date(2024, 1, 1), None, date(2024, 3, 2)).late


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        (date(2015, 12, 31), date(2016, 6, 30)),
        (date(2015, 6, 30), date(2015, 12, 31)),
        (date(2015, 8, 31), date(2016, 2, 29)),
        (date(2014, 8, 31), date(2015, 2, 28)),
        (date(2016, 2, 29), date(2016, 8, 31)),
        (date(2015, 9, 15), date(2016, 3, 15)),
    ],
)
def test_when_the_report_is_due(ends, due):
    assert report_due(ends) == due


@given(DAYS, DAYS)
def test_no_clock_runs_backwards(one, other):
    early, late = sorted((one, other))
    assert implicit_rejection(early) <= implicit_rejection(late)
    assert report_due(early) <= report_due(late)
    assert 59 <= (implicit_rejection(early) - early).days <= 62
    assert 180 <= (report_due(early) - early).days <= 185


def test_reminders_precede_the_day_and_a_late_report_is_counted():
    due = date(2016, 6, 30)
    assert reminders(date(2015, 12, 31)) == (due - timedelta(60), due - timedelta(30), due)
    assert judge_report(date(2015, 12, 31), None, date(2016, 7, 1)).days == 1


@pytest.mark.parametrize(
    ("granted", "form"), [(499_999, ReportForm.SHORT), (500_000, ReportForm.FULL), (1, ReportForm.SHORT)]
)
def test_a_small_grant_owes_a_small_report(granted, form):
    assert report_form(granted) is form


@pytest.mark.parametrize(
    ("grants", "signed", "ok"),
    [
        ([23_000], False, True),
        ([23_000.01], False, False),
        ([23_000.01], True, True),
        ([12_000, 11_000], False, True),
        ([12_000, 11_000.01], False, False),
        ([], False, True),
    ],
)
def test_when_a_convention_comes_before_the_payment(grants, signed, ok):
    given_ = [Grant("Asso", "Ville", 2024, round(n * 100), f"appel {k}") for k, n in enumerate(grants)]
    elsewhere = [
        Grant("Asso", "Ville", 2023, 9_000_000),
        Grant("Asso", "État", 2024, 9_000_000),
        Grant("Autre", "Ville", 2024, 9_000_000),
    ]
    reason = judge_convention(("Asso", "Ville", 2024), [*given_, *elsewhere], signed=signed)
    assert reason.met is ok
    assert f"({len(grants)} appel(s))" in reason.sentence
    assert reason.operand == totals(given_)["Asso", "Ville", 2024]

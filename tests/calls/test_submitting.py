"""Submitting: the thresholds of D17 on real dossiers, the last second, the number, the kept verdict."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Application
from faubourg.calls.queries.kept_verdicts import kept_verdict
from faubourg.calls.queries.verdicts import judged
from faubourg.calls.queries.writing import written
from faubourg.calls.services.submitting import submit_application, withdraw_application
from tests.factories.calls import ApplicantRoleFactory, IntentFactory, RuleSetVersionFactory

from .dossiers import a_call, asks, ready, rules, signatory_of

PARIS = ZoneInfo("Europe/Paris")
IN_TIME = datetime(2015, 1, 20, 10, tzinfo=PARIS)
LAST_SECOND = datetime(2015, 1, 23, 23, 59, 59, tzinfo=PARIS)
TOO_LATE = datetime(2015, 1, 24, 0, 0, 0, tzinfo=PARIS)
M = 100_000  # a thousand euros, in cents


def submit(dossier, at=IN_TIME, by=None, version=None):
    by = by or signatory_of(dossier).actor
    return submit_application(application=dossier, by=by, at=at, version=version or dossier.version)


def failing(dossier, at=IN_TIME):
    return {reason.code for reason in judged(written(dossier.pk), at).held}


# measure, asked by nature, paid by the town, budget (cents), what refuses it
D17 = [
    ("f1", {"operating": 199_999}, 3 * M, 10 * M, {"floor"}),
    ("f1", {"operating": 200_000}, 3 * M, 10 * M, set()),
    ("f2", {"operating": 199_999}, 3 * M, 10 * M, {"floor"}),
    ("f2", {"operating": 200_000}, 3 * M, 10 * M, set()),
    ("f3", {"operating": 499_999}, 3 * M, 10 * M, {"floor"}),
    ("f3", {"operating": 500_000}, 3 * M, 10 * M, set()),
    ("f4", {"operating": 499_999}, 0, 10 * M, {"floor"}),
    ("f4", {"operating": 500_000}, 0, 10 * M, set()),
    ("f1", {"operating": 500_000}, 299_900, 10 * M, {"local-share"}),
    ("f1", {"operating": 500_000}, 300_000, 10 * M, set()),
    ("f4", {"investment": 150 * M}, 0, 200 * M, set()),
    ("f4", {"investment": 150 * M + 1}, 0, 200 * M, {"ceiling-investment"}),
    ("f4", {"operating": 20 * M}, 0, 100 * M, set()),
    ("f4", {"operating": 20 * M + 1}, 0, 100 * M, {"ceiling-operating"}),
    ("f4", {"operating": 20 * M, "investment": 150 * M}, 0, 300 * M, set()),
    ("f4", {"operating": 20 * M + 1, "investment": 150 * M}, 0, 300 * M, {"ceiling-operating"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("measure", "asked", "local", "budget", "refused"), D17)
def test_the_thresholds_of_2015_on_whole_dossiers(measure, asked, local, budget, refused):
    dossier = ready(measure=measure, themes=["jardins"] if measure == "f4" else ["participation"])
    asks(dossier, asked=asked, local=local, total=budget)
    assert failing(dossier) == refused
    if refused:
        with pytest.raises(Refused):
            submit(dossier)
        assert Application.objects.get(pk=dossier.pk).state == "draft"
    else:
        assert submit(dossier).state == "submitted"


@pytest.mark.django_db
def test_the_last_second_is_in_time_and_the_next_is_late_with_nothing_lost():
    in_time, late = ready(), ready()
    assert submit(in_time, LAST_SECOND).late is False
    with pytest.raises(Refused) as refusal:
        submit(late, TOO_LATE)
    assert "window-block" in {reason.code for reason in refusal.value.verdict.refusals()}
    kept = Application.objects.get(pk=late.pk)
    assert (kept.state, kept.number, kept.summary) == ("draft", None, late.summary)
    assert kept.requests.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("sanction", ["late_flag", "warn"])
def test_a_late_dossier_is_received_and_flagged_where_the_rules_say_so(sanction):
    window = {"step": "application", "closes": "2015-01-23T23:59:59+01:00", "sanction": sanction}
    call = a_call(rule_set=RuleSetVersionFactory(told=rules(windows=[window])), state="applications_closed")
    submitted = submit(ready(call), TOO_LATE)
    assert (submitted.late, submitted.state) == (True, "submitted")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["published", "intents_open", "intents_closed"])
def test_a_dossier_comes_within_its_window_while_summary_sheets_still_do(state):
    assert submit(ready(a_call(state=state))).state == "submitted"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["reviewed", "examination", "closed"])
def test_no_dossier_comes_before_the_publication_nor_after_the_end(state):
    assert "call-state" in failing(ready(a_call(state=state)))


@pytest.mark.django_db
def test_a_call_under_a_longer_version_receives_again():
    window = {"step": "application", "closes": "2015-01-30T23:59:59+01:00", "sanction": "block"}
    longer = RuleSetVersionFactory(told=rules(windows=[window]))
    assert submit(ready(a_call(rule_set=longer, state="applications_open")), TOO_LATE).late is False


@pytest.mark.django_db
def test_only_the_signatory_of_the_organisation_submits():
    dossier = ready()
    writer = ApplicantRoleFactory(organisation=dossier.organisation, role="assistant").person
    elsewhere = ApplicantRoleFactory(role="signatory").person
    for person in (writer, elsewhere):
        with pytest.raises(Refused) as refusal:
            submit(dossier, by=person.actor)
        assert "signatory" in {reason.code for reason in refusal.value.verdict.refusals()}


@pytest.mark.django_db
def test_the_verdict_is_kept_with_its_thresholds_whatever_becomes_of_the_rules():
    submitted = submit(ready())
    version = submitted.call.rule_set
    told, head = version.told, submitted.verdict[0]
    assert (head["operand"], head["threshold"]) == (version.code, version.number)
    told["measures"][0]["floor_cents"] = 1
    version.save()
    floor = next(
        r for r in kept_verdict(Application.objects.get(pk=submitted.pk)).reasons if r.code == "floor"
    )
    assert (floor.threshold, floor.operand) == (200_000, 500_000)
    assert "2\u202f000" in floor.sentence


@pytest.mark.django_db
def test_an_exception_that_is_invoked_does_not_hold_the_dossier_back():
    dossier = ready(excluded={"programme_activite": True})
    assert failing(dossier) == {"exclusion-programme_activite"}
    dossier.claims.create(
        exclusion="programme_activite", justification="Un besoin que l’activité ne couvre pas."
    )
    assert failing(dossier) == set()
    dossier.excluded = {}
    dossier.save()
    assert failing(dossier) == {"exclusion-programme_activite"}


@pytest.mark.django_db
def test_each_missing_answer_holds_it_back_by_its_name():
    dossier = ready(title=" ", summary="", audience="", starts_on=None)
    dossier.indicators.all().delete()
    dossier.territories.clear()
    dossier.objectives.clear()
    assert failing(dossier) == {
        "project-title", "project-summary", "places-audience", "places-where", "calendar-days",
        "indicators-one", "objective-linked",
    }  # fmt: skip


@pytest.mark.django_db
def test_places_may_stay_unknown_but_not_where_the_measure_is_kept_to_some():
    dossier = ready(perimeter_unknown=True)
    dossier.territories.clear()
    assert failing(dossier) == set()
    Application.objects.filter(pk=dossier.pk).update(measure="f4", themes=["jardins"])
    assert {"places-where", "priority-geography"} <= failing(dossier)


@pytest.mark.django_db
def test_the_money_of_a_later_year_meets_the_ceilings_of_that_year():
    dossier = ready(measure="f4", themes=["jardins"], years=2)
    region = dossier.call.funders.get(name="Région")
    dossier.requests.create(funder=region, nature="operating", year=2016, cents=20 * M + 1)
    assert failing(dossier) == {"ceiling-operating-2016"}


@pytest.mark.django_db
def test_last_year_s_report_warns_or_blocks_as_the_call_says():
    dossier = ready()
    granted = ready(organisation=dossier.organisation)
    granted.reports.create(year=2014, due_on="2014-12-31", state="reminded")
    assert failing(dossier) == set()
    dossier.call.missing_report = "block"
    dossier.call.save()
    assert failing(dossier) == {"last-report"}


@pytest.mark.django_db
def test_numbers_follow_each_other_and_a_withdrawn_one_is_not_given_again():
    call = a_call()
    first, second = submit(ready(call)), submit(ready(call))
    withdraw_application(application=first, by=signatory_of(first).actor, note="", version=first.version)
    third = submit(ready(call))
    assert [int(each.number[-5:]) for each in (first, second, third)] == [1, 2, 3]


@pytest.mark.django_db
def test_a_dossier_that_changed_since_it_was_read_is_not_signed():
    dossier = ready()
    Application.objects.filter(pk=dossier.pk).update(version=dossier.version + 1)
    with pytest.raises(Conflict):
        submit(dossier)


@pytest.mark.django_db
def test_the_fiche_becomes_a_dossier_with_it():
    dossier = ready()
    dossier.intent = IntentFactory(
        call=dossier.call,
        organisation=dossier.organisation,
        state="conforming",
        number="F-1",
        submitted_at=IN_TIME,
    )
    dossier.save()
    submit(dossier)
    dossier.intent.refresh_from_db()
    assert dossier.intent.state == "converted"
    again = judged(written(dossier.pk), IN_TIME)
    assert next(r for r in again.verdict.reasons if r.code == "intent-opinion").met is True


@pytest.mark.django_db
def test_a_submission_costs_few_questions(django_assert_max_num_queries):
    dossier = ready()
    actor = signatory_of(dossier).actor
    with django_assert_max_num_queries(60):
        submit(dossier, by=actor)


@pytest.mark.django_db(transaction=True)
def test_many_who_submit_at_once_get_one_number_each_without_gaps():
    call = a_call()
    dossiers = [ready(call) for _ in range(6)]
    twice = dossiers[0]
    actors = {dossier.pk: signatory_of(dossier).actor for dossier in dossiers}

    def send(dossier):
        try:
            return submit(dossier, by=actors[dossier.pk]).number
        except (Refused, Conflict) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, [*dossiers, twice, twice]))
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert [int(number[-5:]) for number in numbers] == [1, 2, 3, 4, 5, 6]
    assert sum(answer in {"Refused", "Conflict"} for answer in answers) == 2

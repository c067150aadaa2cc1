"""Calls for projects: seed D to the cent and to the second, another vintage, and what no set may break."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules.calls import (
    Claim,
    Condition,
    Facts,
    Past,
    Sanction,
    Step,
    judge,
    judge_window,
    read,
    resolve,
    simulate,
)
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.calls.presets import preset

NPDC, HDF = preset("npdc-2014"), preset("hdf-2017")
IN_TIME = datetime(2015, 1, 5, 10, tzinfo=PARIS)
EUROS = 100


def whole(measure, **told):
    """A dossier that its measure accepts, unless the test says otherwise."""
    floor = NPDC.measure(measure).floor_cents
    ready = {
        "requests_cents": {"operating": floor}, "budget_cents": 10_000 * EUROS,
        "local_cents": {"commune": 3_000 * EUROS}, "themes": ("jardins",),
        "conditions": dict.fromkeys(Condition, True), "excluded": {"programme_activite": False},
        "contacts": frozenset({"commune", "epci"}), "conforming": True,
    }  # fmt: skip
    return Facts(measure=measure, **(ready | told))


def codes(verdict):
    return [reason.code for reason in verdict.refusals()]


@pytest.mark.parametrize(
    ("measure", "operating", "investment", "ok", "why"),
    [
        ("f1", 1_999.99, 0, False, "floor"),
        ("f1", 2_000, 0, True, None),
        ("f2", 1_999.99, 0, False, "floor"),
        ("f2", 2_000, 0, True, None),
        ("f3", 4_999.99, 0, False, "floor"),
        ("f3", 5_000, 0, True, None),
        ("f4", 4_999.99, 0, False, "floor"),
        ("f4", 5_000, 0, True, None),
        ("f4", 2_500, 2_500, True, None),
        ("f4", 0, 150_000, True, None),
        ("f4", 0, 150_000.01, False, "ceiling-investment"),
        ("f4", 20_000, 0, True, None),
        ("f4", 20_000.01, 0, False, "ceiling-operating"),
        ("f4", 20_000, 150_000, True, None),
        ("f4", 20_000.01, 150_000, False, "ceiling-operating"),
        ("f4", 20_000, 150_000.01, False, "ceiling-investment"),
    ],
)
def test_how_much_may_be_requested(measure, operating, investment, ok, why):
    asked = {"operating": round(operating * 100), "investment": round(investment * 100)}
    verdict = judge(whole(measure, requests_cents=asked), NPDC, IN_TIME)
    assert verdict.ok is ok
    assert codes(verdict) == ([why] if why else [])


@pytest.mark.parametrize(
    ("measure", "budget", "local", "ok", "why"),
    [
        ("f1", 10_000, 2_999, False, "local-share"),
        ("f1", 10_000, 2_999.99, False, "local-share"),
        ("f1", 10_000, 3_000, True, None),
        ("f2", 10_000, 2_999, False, "local-share"),
        ("f2", 10_000, 3_000, True, None),
        ("f3", 10_000, 2_999, False, "local-share"),
        ("f3", 10_000, 3_000, True, None),
        ("f1", 2_857.14, 857.14, False, "local-share"),
        ("f1", 2_857.14, 857.15, True, None),
        ("f4", 10_000, 0, True, None),
        ("f1", 0, 0, None, "local-share"),
    ],
)
def test_what_local_authorities_have_to_bring(measure, budget, local, ok, why):
    facts = whole(measure, budget_cents=round(budget * 100), local_cents={"commune": round(local * 100)})
    verdict = judge(facts, NPDC, IN_TIME)
    assert verdict.ok is ok
    assert [r.code for r in verdict.reasons if r.decides and not r.met] == ([why] if why else [])


def test_who_counts_among_the_local_authorities():
    shared = {"commune": 1_000 * EUROS, "epci": 1_000 * EUROS, "departement": 1_000 * EUROS}
    assert judge(whole("f1", local_cents=shared), NPDC, IN_TIME).ok
    assert judge(whole("f1", local_cents={"region": 9_000 * EUROS}), NPDC, IN_TIME).ok is False


def test_a_share_that_misses_the_threshold_is_never_printed_as_the_threshold():
    [reason] = judge(whole("f1", local_cents={"epci": 299_999}), NPDC, IN_TIME).refusals()
    assert "29,99\u202f%" in reason.sentence
    assert "il manque 0,01\u202f€" in reason.sentence
    assert (reason.threshold, reason.operand, reason.source.article) == (3_000, 2_999, "fiche 1")


@pytest.mark.parametrize(
    ("step", "at", "ok", "how"),
    [
        (Step.INTENT, datetime(2014, 12, 1, 23, 59, 59, tzinfo=PARIS), True, "window"),
        (Step.INTENT, datetime(2014, 12, 2, tzinfo=PARIS), True, "window-late-flag"),
        (Step.APPLICATION, datetime(2015, 1, 23, 23, 59, 59, tzinfo=PARIS), True, "window"),
        (Step.APPLICATION, datetime(2015, 1, 23, 23, 59, 59, 999_999, tzinfo=PARIS), True, "window"),
        (Step.APPLICATION, datetime(2015, 1, 24, tzinfo=PARIS), False, "window-block"),
        (Step.APPLICATION, datetime(2015, 1, 23, 22, 59, 59, tzinfo=UTC), True, "window"),
        (Step.APPLICATION, datetime(2015, 1, 23, 23, tzinfo=UTC), False, "window-block"),
    ],
)
def test_until_when_one_may_submit(step, at, ok, how):
    verdict = judge_window(step, NPDC, at)
    assert verdict.ok is ok
    assert [reason.code for reason in verdict.reasons] == [how]


def test_a_late_fiche_is_received_and_a_late_dossier_is_told_both_seconds():
    fiche = judge(whole("f1", step=Step.INTENT), NPDC, datetime(2014, 12, 2, tzinfo=PARIS))
    assert fiche.ok
    assert "signalé hors délai" in fiche.reasons[0].sentence
    [late] = judge(whole("f1"), NPDC, datetime(2015, 1, 24, tzinfo=PARIS)).refusals()
    assert "24/01/2015 à 00:00:00" in late.sentence
    assert "23/01/2015 à 23:59:59" in late.sentence


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="time zone"):
        judge(whole("f1"), NPDC, datetime(2015, 1, 5))


def test_the_hour_that_the_clock_shows_twice_is_judged_by_its_second():
    closes = datetime(2014, 10, 26, 2, 30, tzinfo=PARIS)  # the first 02:30, summer time
    once = replace(NPDC, windows=(replace(NPDC.window(Step.APPLICATION), closes=closes),))
    assert judge_window(Step.APPLICATION, once, closes).ok
    assert judge_window(Step.APPLICATION, once, closes.replace(fold=1)).ok is False
    assert judge_window(Step.APPLICATION, once, closes.replace(minute=10, fold=1)).ok is False


@pytest.mark.parametrize(
    ("measure", "told", "ok", "why"),
    [
        ("f4", {"themes": ()}, False, "theme"),
        ("f4", {"themes": ("cuisine",)}, False, "theme"),
        ("f4", {"themes": ("ftu", "atu")}, True, None),
        ("f1", {"themes": ()}, True, None),
        ("f4", {"conditions": {c: c is not Condition.PRIORITY_GEOGRAPHY for c in Condition}}, False,
         "priority-geography"),
        ("f4", {"conditions": {c: c is not Condition.SHARED_DIAGNOSIS for c in Condition}}, False,
         "shared-diagnosis"),
        ("f2", {"conditions": {c: c is not Condition.OBJECTIVE_LINKED for c in Condition}}, False,
         "objective-linked"),
        ("f2", {"conditions": {c: c is not Condition.EPCI_RANKED for c in Condition}}, True, None),
        ("f1", {"contacts": frozenset({"commune"})}, False, "contact-epci"),
        ("f1", {"conforming": None}, True, None),
        ("f9", {}, False, "measure"),
        ("f1", {"excluded": {}}, None, "exclusion-programme_activite"),
        ("f1", {"excluded": {"programme_activite": True}}, False, "exclusion-programme_activite"),
        ("f1", {"excluded": {"programme_activite": True}, "claims": {"programme_activite": Claim(" ", True)}},
         False, "exclusion-programme_activite"),
        ("f1", {"excluded": {"programme_activite": True}, "claims": {"programme_activite": Claim("Besoin")}},
         None, "exclusion-programme_activite"),
        ("f1", {"excluded": {"programme_activite": True},
                "claims": {"programme_activite": Claim("Besoin", True)}}, True, None),
        ("f1", {"excluded": {"programme_activite": True},
                "claims": {"programme_activite": Claim("Besoin", False)}}, False,
         "exclusion-programme_activite"),
    ],
)  # fmt: skip
def test_what_else_a_measure_asks_for(measure, told, ok, why):
    facts = replace(whole("f4" if measure == "f9" else measure, **told), measure=measure)
    verdict = judge(facts, NPDC, IN_TIME)
    assert verdict.ok is ok
    assert [r.code for r in verdict.reasons if r.decides and not r.met] == ([why] if why else [])


def test_what_the_text_leaves_open_is_shown_and_does_not_decide():
    told = [r.sentence for r in judge(whole("f1"), NPDC, IN_TIME).reasons if r.code == "to-confirm"]
    assert any("30 %" in sentence for sentence in told)
    assert all(sentence.startswith("À confirmer par l’autorité") for sentence in told)


@pytest.mark.parametrize(
    ("measure", "nature", "applicant", "funded", "ok", "why"),
    [
        ("pic", "operating", "association", False, True, None),
        ("pic", "investment", "association", False, False, "nature-investment"),
        ("pic", "operating", "commune", False, False, "applicant"),
        ("pic", "operating", "association", True, True, None),
        ("nqe", "operating", "commune", False, True, None),
        ("nqe", "operating", "commune", True, False, "exclusion-programme_activite"),
    ],
)
def test_another_authority_and_another_year(measure, nature, applicant, funded, ok, why):
    facts = Facts(
        measure, {nature: 1}, applicant=applicant, excluded={"programme_activite": funded},
        claims={"programme_activite": Claim("Besoin réel", True)},
    )  # fmt: skip
    verdict = judge(facts, HDF, datetime(2018, 5, 1, tzinfo=PARIS))
    assert verdict.ok is ok
    assert codes(verdict) == ([why] if why else [])


def test_the_set_is_chosen_by_its_day_and_the_narrowest_place():
    told = {"instrument": "aap_dsdt", "authority": NPDC.authority, "places": ("epci:200", "region:31")}
    assert resolve((NPDC, HDF), on=date(2015, 12, 31), **told) is NPDC
    assert resolve((NPDC, HDF), on=date(2016, 1, 1), **told) is None
    local = replace(NPDC, id="local", scope=replace(NPDC.scope, kind="epci", codes=("200",)))
    assert resolve((NPDC, local), on=date(2015, 1, 1), **told) is local
    newer = replace(NPDC, version=2)
    assert resolve((newer, NPDC), on=date(2015, 1, 1), **told) is newer


def test_a_dossier_goes_to_its_territory_or_to_the_region():
    assert NPDC.jury(territory_examines=True).code == "territorial"
    assert NPDC.jury(territory_examines=False).code == "regional"


def test_a_draft_is_tried_on_past_dossiers():
    past = [
        Past(f"D{n}", whole("f1", requests_cents={"operating": (1_990 + n) * EUROS}), IN_TIME)
        for n in range(212)
    ]
    first, *rest = NPDC.measures
    draft = replace(NPDC, measures=(replace(first, floor_cents=2_014 * EUROS), *rest))
    found = simulate(past, NPDC, draft)
    assert (len(found.flips), found.total) == (14, 212)
    assert found.told.sentence == "14 dossier(s) sur 212 recevraient une autre réponse : les voici."
    assert [flip.ref for flip in found.flips] == [f"D{n}" for n in range(10, 24)]
    assert all(flip.reasons[0].code == "floor" for flip in found.flips)
    assert simulate(past, NPDC, NPDC).flips == ()
    back = simulate(past, draft, NPDC)
    assert all(flip.after and flip.reasons[0].code == "floor" for flip in back.flips)


CENTS = st.integers(0, 40_000_000)


@given(st.sampled_from(["f1", "f2", "f3"]), CENTS, CENTS)
def test_asking_more_never_turns_away_where_nothing_is_capped(measure, one, other):
    low, high = sorted((one, other))
    answers = [judge(whole(measure, requests_cents={"operating": n}), NPDC, IN_TIME).ok for n in (low, high)]
    assert answers != [True, False]


@given(st.integers(5_000 * EUROS, 25_000 * EUROS), CENTS, CENTS)
def test_above_the_floor_asking_less_of_a_nature_never_turns_away(operating, one, other):
    low, high = sorted((one, other))
    more, less = (
        judge(whole("f4", requests_cents={"operating": operating, "investment": n}), NPDC, IN_TIME).ok
        for n in (high, low)
    )
    assert not (more and not less)


@given(st.integers(1, 40_000_000), CENTS, CENTS)
def test_more_local_money_never_turns_away(budget, one, other):
    low, high = sorted((one, other))
    answers = [
        judge(whole("f2", budget_cents=budget, local_cents={"epci": n}), NPDC, IN_TIME).ok
        for n in (low, high)
    ]
    assert answers != [True, False]


@given(st.integers(-200_000, 200_000))
def test_one_second_decides(seconds):
    closes = NPDC.window(Step.APPLICATION).closes
    assert judge_window(Step.APPLICATION, NPDC, closes + timedelta(seconds=seconds)).ok is (seconds <= 0)


WORDS = st.sampled_from(["a", "b", "c"])
SHARES = st.fixed_dictionaries(
    {
        "least_bp": st.integers(0, 10_000),
        "base": st.sampled_from(["total_budget", "eligible_cost", "public_funding"]),
        "payers": st.lists(WORDS, min_size=1, max_size=3),
    }
)
MEASURES = st.fixed_dictionaries(
    {"name": WORDS},
    optional={
        "floor_cents": CENTS,
        "ceilings_cents": st.dictionaries(WORDS, CENTS, max_size=3),
        "applicants": st.lists(WORDS, max_size=2),
        "local_share": SHARES,
        "themes": st.just([{"code": "a", "name": "A"}, {"code": "b", "name": "B"}]),
        "conditions": st.lists(st.sampled_from(list(Condition)), max_size=3),
        "to_confirm": WORDS,
    },
)
EXCLUSIONS = st.fixed_dictionaries(
    {"code": st.just("x"), "name": WORDS},
    optional={"exception": WORDS, "measures": st.just(["m0"])},
)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
WINDOWS = st.builds(
    lambda step, closes, sanction, before: {
        "step": step, "closes": closes.isoformat(), "sanction": sanction,
        "opens": None if before is None else (closes - timedelta(days=before)).isoformat(),
    },
    st.sampled_from(list(Step)), MOMENTS, st.sampled_from(list(Sanction)), st.none() | st.integers(0, 500),
)  # fmt: skip
SETS = st.fixed_dictionaries(
    {
        "id": st.just("any"), "name": WORDS, "instrument": WORDS, "authority": WORDS,
        "scope": st.just({"kind": "region", "codes": ["31"]}), "valid_from": st.just("2014-01-01"),
        "source": st.just({"text": "Texte"}),
        "measures": st.lists(MEASURES, min_size=1, max_size=3).map(
            lambda told: [one | {"code": f"m{rank}"} for rank, one in enumerate(told)]
        ),
    },
    optional={
        "windows": WINDOWS.map(lambda window: [window]),
        "exclusions": EXCLUSIONS.map(lambda one: [one]),
        "pieces": st.just([{"code": "p", "name": "Pièce"}]),
        "prior_contacts": st.lists(WORDS, max_size=2),
        "intent_opinion": st.sampled_from(list(Sanction)),
    },
)  # fmt: skip
DOSSIERS = st.builds(
    Facts,
    measure=st.sampled_from(["m0", "m1", "m9"]),
    requests_cents=st.dictionaries(WORDS, CENTS, max_size=3),
    budget_cents=st.none() | CENTS,
    eligible_cents=st.none() | CENTS,
    public_cents=st.none() | CENTS,
    local_cents=st.dictionaries(WORDS, CENTS, max_size=3),
    themes=st.lists(WORDS, max_size=2).map(tuple),
    conditions=st.dictionaries(st.sampled_from(list(Condition)), st.booleans()),
    excluded=st.dictionaries(st.just("x"), st.booleans()),
    claims=st.dictionaries(st.just("x"), st.builds(Claim, WORDS | st.just(" "), st.none() | st.booleans())),
    contacts=st.frozensets(WORDS),
    pieces=st.frozensets(st.sampled_from(["p", "q"])),
    conforming=st.none() | st.booleans(),
    applicant=WORDS | st.just(""),
    step=st.sampled_from(list(Step)),
)


@settings(max_examples=500)
@given(SETS, DOSSIERS, MOMENTS)
def test_whatever_the_set_and_the_dossier_every_no_has_a_sentence_a_source_and_what_it_rests_on(
    told, facts, at
):
    found = read(told)
    assert found.problems == ()
    verdict = judge(facts, found.rule_set, at)
    for reason in verdict.reasons:
        assert reason.sentence.strip()
        assert "{" not in reason.sentence
        assert reason.code == "measure" or reason.source is not None
    for reason in verdict.refusals():
        assert reason.threshold is not None or reason.code.startswith("exclusion-")
    assert judge(facts, found.rule_set, at) == verdict

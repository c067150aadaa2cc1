"""Who answers for a place: tables of Niort’s kind, then what holds whatever the table."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.proximity.coverage import (
    Missing,
    Partner,
    holes,
    judge_referents,
    judge_table,
    missing_referents,
)
from faubourg.rules.routing import (
    THE_OWNER,
    Category,
    Holder,
    Hours,
    Moment,
    Referent,
    Referred,
    Routed,
    Rule,
    Table,
    Unowned,
    named,
    route,
    verdict_of,
)

NIGHT = Hours(frozenset(range(7)), 20, 6, holidays=True)
OFFICE = Hours(frozenset(range(5)), 8, 18)
MORNING, MIDNIGHT, SUNDAY = Moment(1, 10), Moment(1, 23), Moment(6, 15)
CATEGORIES = (
    Category("litter"), Category("lamp"), Category("noise"), Category("unfit-housing", desk="housing"),
)  # fmt: skip
TABLE = Table(
    CATEGORIES,
    (
        Rule("lamps", "lighting", frozenset({"lamp"})),
        Rule("night-noise", "mediation", frozenset({"noise"}), hours=NIGHT),
        Rule("litter-help", "sorting", frozenset({"litter"}), frozenset({"landlord"}), lead=False),
        Rule("litter", THE_OWNER, frozenset({"litter"})),
        Rule("noise-landlord", THE_OWNER, frozenset({"noise"}), frozenset({"landlord"})),
    ),
    (
        Referent("keeper", "landlord", hours=OFFICE),
        Referent("on-call", "landlord", frozenset({"litter"}), NIGHT),
        Referent("street", "town", hours=OFFICE),
        Referent("lamps", "lighting", hours=OFFICE),
        Referent("tri", "sorting", hours=OFFICE),
        Referent("mediator", "mediation", hours=NIGHT),
        Referent("nobody", "private", present=False),
    ),
)
LANDLORD, TOWN, PRIVATE = Holder("landlord"), Holder("town"), Holder("private")


def perhaps(holder):
    return replace(holder, certain=False)


@pytest.mark.parametrize(
    ("category", "holders", "moment", "lead", "others", "now"),
    [
        ("litter", [TOWN], MORNING, "street", [], True),
        ("litter", [LANDLORD], MORNING, "keeper", ["tri"], True),
        ("litter", [LANDLORD], MIDNIGHT, "on-call", ["tri"], True),
        ("litter", [LANDLORD], SUNDAY, "on-call", ["tri"], False),
        ("litter", [TOWN], SUNDAY, "street", [], False),
        ("lamp", [], MORNING, "lamps", [], True),
        ("lamp", [LANDLORD, TOWN], MORNING, "lamps", [], True),
        ("noise", [LANDLORD], MIDNIGHT, "mediator", [], True),
        ("noise", [LANDLORD], MORNING, "keeper", [], True),
        ("noise", [LANDLORD], Moment(1, 10, holiday=True), "mediator", [], True),
        ("litter", [TOWN, perhaps(LANDLORD)], MORNING, "street", [], True),
        ("litter", [perhaps(TOWN)], MORNING, "street", [], True),
    ],
)
def test_who_answers(category, holders, moment, lead, others, now):
    answer = route(TABLE, category, holders, moment)
    assert isinstance(answer, Routed)
    assert (answer.lead.referent, answer.lead.now) == (lead, now)
    assert [one.referent for one in answer.others] == others
    assert verdict_of(answer).ok


@pytest.mark.parametrize(
    ("category", "holders", "moment", "partners", "code"),
    [
        ("litter", [], MORNING, (), "route-gap"),
        ("litter", [TOWN, LANDLORD], MORNING, ("landlord", "town"), "route-overlap"),
        ("litter", [perhaps(TOWN), perhaps(LANDLORD)], MORNING, ("landlord", "town"), "route-doubt"),
        ("noise", [TOWN], MORNING, (), "route-no-rule"),
        ("litter", [PRIVATE], MORNING, ("private",), "route-vacant"),
        ("graffiti", [TOWN], MORNING, (), "route-category"),
    ],
)
def test_when_nobody_answers_the_queue_says_why(category, holders, moment, partners, code):
    answer = route(TABLE, category, holders, moment)
    assert isinstance(answer, Unowned)
    assert (answer.partners, [reason.code for reason in answer.reasons]) == (partners, [code])
    assert verdict_of(answer).ok is False


@pytest.mark.parametrize(("consented", "ok"), [(False, False), (True, True)])
def test_degraded_housing_goes_to_its_desk_with_consent_and_never_to_a_partner(consented, ok):
    answer = route(TABLE, "unfit-housing", [LANDLORD], MORNING, consented=consented)
    assert isinstance(answer, Referred)
    assert (answer.desk, answer.consented, verdict_of(answer).ok) == ("housing", consented, ok)


def test_a_point_that_is_not_precise_but_whose_owners_all_lead_to_one_partner_says_so():
    table = replace(
        TABLE, rules=(Rule("all", "town", frozenset({"litter"}), frozenset({"town", "landlord"})),)
    )
    answer = route(table, "litter", [perhaps(TOWN), perhaps(LANDLORD)], MORNING)
    assert [reason.code for reason in answer.reasons] == ["route-rule", "route-perhaps"]
    assert verdict_of(answer).ok


def test_reasons_are_shown_with_names_in_place_of_codes():
    answer = route(TABLE, "litter", [TOWN, LANDLORD], MORNING)
    (reason,) = named(answer.reasons, {"town": "Ville", "landlord": "Bailleur"})
    assert (
        reason.sentence
        == "Plusieurs emprises se recouvrent ici (Bailleur, Ville) et mènent à Bailleur, Ville."
    )


def test_a_helper_without_a_referent_is_told_and_holds_nobody_back():
    table = replace(TABLE, referents=tuple(r for r in TABLE.referents if r.partner != "sorting"))
    answer = route(table, "litter", [LANDLORD], MORNING)
    assert isinstance(answer, Routed)
    assert answer.others == ()
    assert "route-no-help" in [reason.code for reason in answer.reasons]


@pytest.mark.parametrize(
    ("hours", "moment", "held"),
    [
        (NIGHT, Moment(2, 3), True),
        (Hours(frozenset({4}), 20, 6), Moment(5, 5), True),
        (Hours(frozenset({4}), 20, 6), Moment(4, 5), False),
        (Hours(frozenset({6}), 20, 6), Moment(0, 5), True),
        (OFFICE, Moment(0, 8), True),
        (OFFICE, Moment(0, 18), False),
        (OFFICE, Moment(0, 8, holiday=True), True),
        (Hours(frozenset({5, 6}), 0, 0, holidays=True), Moment(2, 12, holiday=True), True),
    ],
)
def test_a_night_ends_the_day_after_it_began(hours, moment, held):
    assert hours.hold(moment) is held


# --- Is the table complete? -------------------------------------------------------------------------------


def test_each_partner_has_a_referent_for_each_category_or_is_told():
    partners = [Partner("landlord"), Partner("private", frozenset({"litter"})), Partner("school")]
    assert missing_referents(TABLE, partners) == (
        Missing("private", "litter", True),
        Missing("school", "litter", False),
        Missing("school", "lamp", False),
        Missing("school", "noise", False),
    )
    verdict = judge_referents(TABLE, partners)
    assert [reason.met for reason in verdict.reasons] == [True, False, False]


def test_overlaps_and_gaps_that_lead_to_nobody_are_listed_category_by_category():
    lands = [frozenset({"town"}), frozenset({"town", "landlord"}), frozenset()]
    found = {(hole.owners, hole.category, hole.moment) for hole in holes(TABLE, lands)}
    assert ((), "litter", "day") in found
    assert (("landlord", "town"), "litter", "night") in found
    assert (("town",), "noise", "day") in found
    assert (("town",), "noise", "night") not in found
    assert not {one for one in found if one[1] in ("lamp", "unfit-housing")}


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        (TABLE.rules, []),
        ((Rule("a", "x"), Rule("a", "y", lead=False)), ["rule-twice"]),
        ((Rule("a", "x", frozenset({"?"})),), ["rule-category"]),
        ((Rule("a", "x", frozenset({"unfit-housing"})),), ["rule-desk"]),
        ((Rule("a", "x"), Rule("b", THE_OWNER)), ["rule-shadowed"]),
        ((Rule("a", THE_OWNER), Rule("b", "x")), []),
        ((Rule("a", THE_OWNER), Rule("b", "x", owners=frozenset({"town"}))), ["rule-shadowed"]),
        ((Rule("a", "x", owners=frozenset({"town"})), Rule("b", "x")), []),
        ((Rule("a", "x", hours=NIGHT), Rule("b", "x", hours=OFFICE)), []),
        ((Rule("a", "x", frozenset({"lamp"})), Rule("b", "x")), []),
        ((Rule("a", "x"), Rule("b", "x", lead=False)), []),
    ],
)
def test_the_mistakes_of_a_table_are_told(rules, codes):
    assert [reason.code for reason in judge_table(replace(TABLE, rules=rules)).refusals()] == codes


# --- Whatever the table -----------------------------------------------------------------------------------

CODES = st.sampled_from(["litter", "lamp", "noise"])
OWNERS = st.sampled_from(["town", "landlord", "private"])
PARTNERS = st.sampled_from([THE_OWNER, "town", "landlord", "lighting", "nobody-there"])
MOMENTS = st.builds(Moment, st.integers(0, 6), st.integers(0, 23), st.booleans())
HOURS = st.builds(
    Hours, st.frozensets(st.integers(0, 6)), st.integers(0, 23), st.integers(0, 23), st.booleans()
)
RULES = st.builds(
    Rule, st.text("abcdef", min_size=1, max_size=4), PARTNERS, st.frozensets(CODES), st.frozensets(OWNERS),
    HOURS, st.booleans(),
)  # fmt: skip
TABLES = st.builds(
    lambda rules: replace(TABLE, rules=rules), st.lists(RULES, max_size=6).map(tuple)
)  # fmt: skip
HOLDERS = st.lists(st.builds(Holder, OWNERS, st.booleans()), max_size=4)


@given(TABLES, st.sampled_from([*CATEGORIES]), HOLDERS, MOMENTS, st.randoms())
def test_every_report_has_one_answer_with_its_reasons_whatever_the_order_of_the_polygons(
    table, category, holders, moment, chance
):
    answer = route(table, category.code, holders, moment)
    assert isinstance(answer, Referred if category.desk else (Routed, Unowned))
    assert all(reason.sentence for reason in answer.reasons)
    assert answer.reasons
    shuffled = list(holders)
    chance.shuffle(shuffled)
    assert route(table, category.code, shuffled, moment) == answer
    if isinstance(answer, Routed):
        partners = [answer.lead.partner, *(one.partner for one in answer.others)]
        assert len(set(partners)) == len(partners)


@given(TABLES, RULES, st.integers(0, 6), CODES, HOLDERS, MOMENTS)
def test_one_more_rule_never_changes_a_report_that_it_does_not_speak_of(
    table, rule, rank, category, holders, moment
):
    owners = {holder.owner for holder in holders} or {None}
    if any(rule.applies(category, owner, moment) for owner in owners):
        return
    longer = replace(table, rules=(*table.rules[:rank], rule, *table.rules[rank:]))
    assert route(longer, category, holders, moment) == route(table, category, holders, moment)


@given(TABLES, CODES, HOLDERS, MOMENTS)
def test_a_rule_that_is_never_read_can_go(table, category, holders, moment):
    hidden = {
        reason.params["rule"] for reason in judge_table(table).refusals() if reason.code == "rule-shadowed"
    }
    told = [rule.code for rule in table.rules]
    if len(set(told)) < len(told):
        return
    shorter = replace(table, rules=tuple(rule for rule in table.rules if rule.code not in hidden))
    assert route(shorter, category, holders, moment) == route(table, category, holders, moment)

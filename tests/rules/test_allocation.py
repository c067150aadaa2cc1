"""The proposal to a jury: exact to the cent, near enough to the best with proof, and every no explained."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.rules.allocation import ANY, Call, Dossier, Envelope, Request, Terms, problems_of, propose

EUROS = 100


def dossier(ref, quality, *asked, territory="T1", budget=10_000, **more):
    """`asked`: (funder, nature, euros)."""
    requests = tuple(Request(funder, nature, euros * EUROS) for funder, nature, euros in asked)
    return Dossier(ref, quality, territory, budget * EUROS, requests, **more)


def test_the_best_pair_beats_the_best_rank():
    """Ranking takes the dearest first and has nothing left; two others are worth more together."""
    call = Call(
        (
            dossier("cher", 90, ("Région", "op", 10_000)),
            dossier("un", 80, ("Région", "op", 5_000)),
            dossier("deux", 70, ("Région", "op", 5_000)),
        ),
        (Envelope("Région", 10_000 * EUROS),),
    )
    proposal = propose(call)
    assert proposal.retained == ("un", "deux")
    assert proposal.ranking.refs == ("cher",)
    assert (proposal.value, proposal.ranking.value, proposal.gap) == (150, 90, 0)
    [why] = [line.verdict for line in proposal.lines if line.ref == "cher"]
    assert why.ok is False
    assert why.reasons[0].sentence.startswith("Il aurait fallu 10\u202f000\u00a0€ de plus")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(), ("un",)),
        (Terms(weight_bp={"T2": 15_000}), ("deux",)),
        (Terms(minimum_cents={"T2": 1_000 * EUROS}), ("deux",)),
    ],
    ids=["quality alone", "a difficult territory counts more", "a minimum for a territory"],
)
def test_territories(terms, expected):
    call = Call(
        (
            dossier("un", 60, ("Région", "op", 5_000), territory="T1"),
            dossier("deux", 50, ("Région", "op", 5_000), territory="T2"),
        ),
        (Envelope("Région", 5_000 * EUROS),),
        terms,
    )
    assert propose(call).retained == expected


def test_a_minimum_out_of_reach_is_told_and_lowered():
    call = Call(
        (dossier("un", 60, ("Région", "op", 5_000)),),
        (Envelope("Région", 5_000 * EUROS),),
        Terms(minimum_cents={"T1": 8_000 * EUROS, "T2": 0}),
    )
    proposal = propose(call)
    assert proposal.retained == ("un",)
    [told] = proposal.told
    assert (told.code, told.operand) == ("minimum_out_of_reach", 5_000 * EUROS)


@pytest.mark.parametrize(
    ("share", "retained", "code"),
    [(3_000, ("un",), None), (3_001, (), "local_share_out_of_reach")],
)
def test_the_local_share_is_exact(share, retained, code):
    """30 % of 10 000 € is asked of the town; 30,01 % is not there."""
    call = Call(
        (dossier("un", 60, ("Région", "op", 7_000), ("Ville", "op", 3_000)),),
        (Envelope("Région", 10_000 * EUROS), Envelope("Ville", 3_000 * EUROS)),
        Terms(local_funders=frozenset({"Ville"}), local_bp=share),
    )
    proposal = propose(call)
    assert proposal.retained == retained
    if code:
        assert [reason.code for reason in proposal.lines[0].verdict.reasons] == [code]


def test_a_funder_gives_its_smallest_grant_or_nothing():
    """The town's 1 000 € are under its floor of 2 000 €: the Région must bear the whole need."""
    call = Call(
        (dossier("un", 60, ("Région", "op", 4_000), ("Ville", "op", 4_000), least_bp=5_000),),
        (Envelope("Région", 4_000 * EUROS), Envelope("Ville", 1_000 * EUROS)),
        Terms(least_cents={"Ville": 2_000 * EUROS}),
    )
    [line] = propose(call).lines
    assert {request.funder for request in line.cents} == {"Région"}


@pytest.mark.parametrize(("floor", "retained"), [(5_000, ("un",)), (5_001, ())])
def test_a_floor_is_reached_where_only_a_part_of_what_is_asked_has_an_envelope(floor, retained):
    """6 000 € are asked of the town, and it has no envelope for 1 000 € of them."""
    call = Call(
        (dossier("un", 60, ("Ville", "op", 5_000), ("Ville", "inv", 1_000), least_bp=5_000),),
        (Envelope("Ville", 50_000 * EUROS, "op"),),
        Terms(least_cents={"Ville": floor * EUROS}),
    )
    proposal = propose(call)
    assert proposal.retained == retained
    assert problems_of(call, proposal) == []
    if not retained:
        [reason] = proposal.lines[0].verdict.reasons
        assert "planchers" in reason.sentence


def test_a_ceiling_by_nature_caps_the_offer():
    call = Call(
        (dossier("un", 60, ("Région", "inv", 200_000), least_bp=7_500, budget=300_000),),
        (Envelope("Région", 500_000 * EUROS, "inv"),),
        Terms(ceiling_cents={("Région", "inv"): 150_000 * EUROS}),
    )
    assert propose(call).lines[0].total_cents == 150_000 * EUROS


def test_two_dossiers_of_one_name_are_refused():
    one = dossier("un", 60, ("Région", "op", 1))
    with pytest.raises(ValueError, match="same reference"):
        Call((one, one), ())


FUNDERS, NATURES, TERRITORIES = ("A", "B", "C"), ("op", "inv"), ("T1", "T2")
requests = st.lists(
    st.builds(Request, st.sampled_from(FUNDERS), st.sampled_from(NATURES), st.integers(1, 900_000)),
    min_size=1,
    max_size=4,
    unique_by=lambda request: (request.funder, request.nature),
)


@st.composite
def calls(draw):
    dossiers = tuple(
        Dossier(
            f"D{rank}",
            draw(st.integers(0, 100)),
            draw(st.sampled_from(TERRITORIES)),
            sum(request.cents for request in asked) + draw(st.integers(0, 500_000)),
            tuple(asked),
            local_cents=draw(st.integers(0, 300_000)),
            least_bp=draw(st.sampled_from([10_000, 8_333, 5_000])),
        )
        for rank, asked in enumerate(draw(st.lists(requests, max_size=7)))
    )
    envelopes = tuple(
        Envelope(funder, draw(st.integers(0, 2_000_000)), nature, territory)
        for funder, nature, territory in product(FUNDERS, (*NATURES, ANY), (ANY, "T1"))
        if draw(st.booleans())
    )
    terms = Terms(
        weight_bp={"T2": draw(st.sampled_from([10_000, 13_000]))},
        minimum_cents=draw(st.dictionaries(st.sampled_from(TERRITORIES), st.integers(0, 1_500_000))),
        least_cents=draw(st.dictionaries(st.sampled_from(FUNDERS), st.integers(0, 600_000))),
        ceiling_cents=draw(
            st.dictionaries(st.sampled_from([("A", "inv"), ("B", "op")]), st.integers(0, 800_000))
        ),
        local_funders=frozenset(draw(st.sets(st.sampled_from(FUNDERS)))),
        local_bp=draw(st.sampled_from([0, 3_000])),
    )
    return Call(dossiers, envelopes, terms)


@settings(deadline=None, max_examples=150)
@given(calls())
def test_a_proposal_holds_to_the_cent_and_under_its_bound(call):
    proposal = propose(call)
    assert problems_of(call, proposal) == []
    assert proposal.value <= proposal.bound + 1e-6
    assert all(line.verdict.ok is False for line in proposal.lines if not line.retained)


@settings(deadline=None, max_examples=60)
@given(calls())
def test_no_money_is_left_that_could_pay_somebody(call):
    """Even where a wide gap lets the search stop early."""
    proposal = propose(call, gap=0.5)
    assert problems_of(call, proposal) == []
    for asked, line in zip(call.dossiers, proposal.lines, strict=True):
        if asked.quality:
            assert "minimum_elsewhere" not in {reason.code for reason in line.verdict.reasons}


def received(call, proposal):
    """The minimums as far as the proposal reaches them."""
    given = dict.fromkeys(call.terms.minimum_cents, 0)
    for asked, line in zip(call.dossiers, proposal.lines, strict=True):
        if asked.territory in given:
            given[asked.territory] += line.total_cents
    return {place: min(cents, given[place]) for place, cents in call.terms.minimum_cents.items()}


@settings(deadline=None, max_examples=60)
@given(calls())
def test_what_would_have_had_to_give_would_have_been_enough(call):
    """With the envelopes filled up as a refusal says, that dossier fits beside all the others."""
    proposal = propose(call)
    for line in proposal.lines:
        lacks = [reason for reason in line.verdict.reasons if reason.code == "envelope_short"]
        if line.retained or not lacks:
            continue
        by_name = {" · ".join(w for w in (e.funder, e.nature, e.territory) if w): e for e in call.envelopes}
        more = {by_name[str(r.params["envelope"])]: int(r.threshold) - int(r.operand) for r in lacks}
        richer = tuple(replace(e, cents=e.cents + more.get(e, 0)) for e in call.envelopes)
        # A minimum that was out of reach was lowered; more money must not bring it back and take it.
        terms = replace(call.terms, minimum_cents=received(call, proposal))
        rest = propose(replace(call, envelopes=richer, terms=terms), gap=0.0)
        asked = next(d for d in call.dossiers if d.ref == line.ref)
        reached = proposal.value + asked.quality * call.terms.weight(asked.territory)
        assert rest.bound >= reached - 1e-6


@settings(deadline=None, max_examples=60)
@given(calls())
def test_the_same_call_gives_the_same_proposal(call):
    assert propose(call) == propose(call)

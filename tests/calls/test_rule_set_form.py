"""Whatever a rule set says, its form says it back: told → boxes → told, hundreds of random sets."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from faubourg.calls.forms.rule_sets import fields_of, page_of, typed
from faubourg.rules.calls import read
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.calls.rule_set import Base, Condition, Sanction

ABOUT = {"id": "essai", "version": 1}
words = st.text("abcdéœ’ -«»1", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
word = words.filter(bool)
code = st.text("abcdef123_-", min_size=1, max_size=6)
sums = st.integers(0, 10**11)
shares = st.integers(0, 10_000)
sanctions = st.sampled_from([one.value for one in Sanction])
natures = st.sampled_from(["operating", "investment", "autre"])
days = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat)
# Every second, those that the clock of Paris shows twice or never included, offsets kept.
moments = st.integers(0, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, PARIS).isoformat())


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


def coded(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"code": code, "name": word, **keys})


def rows(of: st.SearchStrategy[dict[str, Any]], most: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(of, max_size=most, unique_by=lambda row: row["code"])


shares_of_locals = st.fixed_dictionaries(
    {
        "least_bp": shares,
        "base": st.sampled_from([one.value for one in Base]),
        "payers": st.lists(
            st.sampled_from(["commune", "epci", "departement", "pays"]), min_size=1, unique=True
        ),
    },
    optional={"to_confirm": word},
)


@st.composite
def measures(draw: st.DrawFn) -> dict[str, Any]:
    made = draw(coded())
    made |= draw(
        some(
            article=word,
            floor_cents=sums,
            applicants=st.lists(word, max_size=2),
            local_share=shares_of_locals,
            conditions=st.lists(st.sampled_from([one.value for one in Condition]), unique=True),
            content_review=st.booleans(),
            to_confirm=word,
            themes=rows(coded()),
        )
    )
    paid = draw(st.lists(natures, unique=True))
    made["natures"] = paid
    made["ceilings_cents"] = draw(st.dictionaries(st.sampled_from(paid or ["operating", "autre"]), sums))
    made["themes_required"] = bool(made.get("themes")) and draw(st.booleans())
    return made


@st.composite
def windows(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for step in draw(st.lists(st.sampled_from(["intent", "application"]), unique=True)):
        one = {"step": step, "closes": draw(moments), "sanction": draw(sanctions)}
        opens = draw(st.none() | moments)
        if opens and datetime.fromisoformat(opens) <= datetime.fromisoformat(one["closes"]):
            one["opens"] = opens
        found.append(one)
    return found


@st.composite
def sets(draw: st.DrawFn) -> dict[str, Any]:
    listed = draw(st.lists(measures(), min_size=1, max_size=3, unique_by=lambda one: one["code"]))
    bears_on = st.lists(st.sampled_from([one["code"] for one in listed]), unique=True)
    first = draw(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
    made: dict[str, Any] = {
        **ABOUT,
        "name": draw(word),
        "instrument": draw(word),
        "authority": draw(word),
        "scope": {
            "kind": draw(st.sampled_from(["region", "pays"])),
            "codes": draw(st.lists(word, max_size=2)),
        },
        "valid_from": first.isoformat(),
        "source": {"text": draw(word), **draw(some(article=word, since=days))},
        "measures": listed,
        "windows": draw(windows()),
        "exclusions": draw(rows(coded(exception=st.just("") | word, measures=bears_on))),
        "juries": draw(rows(coded(members=st.lists(word, max_size=2), fallback=st.booleans()))),
        "pieces": draw(rows(coded(measures=bears_on))),
        "prior_contacts": draw(st.lists(word, max_size=2)),
    }
    made |= draw(some(intent_opinion=sanctions, to_confirm=word))
    if draw(st.booleans()):
        made["valid_to"] = (first + timedelta(days=draw(st.integers(0, 3000)))).isoformat()
    if draw(st.booleans()):
        half = draw(shares)
        criteria = [
            {"code": "a", "name": draw(word), "weight_bp": half},
            {"code": "b", "name": draw(word), "weight_bp": 10_000 - half},
        ]
        made["grid"] = {"most": draw(st.integers(1, 100)), "criteria": criteria}
    return made


@given(sets())
def test_a_set_that_reads_comes_back_whole_from_its_form(told):
    before = read(told)
    assert before.rule_set is not None, before.problems
    back = typed(fields_of(told), about=ABOUT)
    assert back.problems == []
    assert read({**back.told, **ABOUT}).rule_set == before.rule_set
    # Sent a second time, the form says the same thing in the same words.
    assert fields_of(back.told) == fields_of(typed(fields_of(back.told), about=ABOUT).told)


@given(sets(), st.data())
def test_whatever_is_typed_in_a_box_is_read_or_told_beside_it(told, data):
    fields = fields_of(told)
    name = data.draw(st.sampled_from(sorted(fields)))
    fields[name] = [data.draw(st.text(max_size=30))]
    back = typed(fields, about=ABOUT)
    block = page_of(fields, back)
    assert block.blocks
    for problem in back.problems:
        assert back.box_of(problem) is not None

"""Amendments: what they ask for, the text in force at a date, the difference word by word."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.amending import Facts, may_draft, may_sign
from faubourg.rules.consolidation import Change, Clause, consolidate, natural
from faubourg.rules.convention_terms import may_agree, may_share
from faubourg.rules.text_diff import is_changed, words_changed

TODAY, SIGNED, END = date(2026, 3, 1), date(2024, 7, 10), date(2026, 12, 31)


def facts(**told):
    ready = {
        "kind": "change", "running": True, "agreement_signed_on": SIGNED, "ends_on": END, "today": TODAY,
        "reason": "Parce que", "signed_on": TODAY, "effective_on": TODAY, "changes": 1,
    }  # fmt: skip
    return Facts(**(ready | told))


LATER = date(2027, 12, 31)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, None),
        ({"running": False}, "amendment_state"),
        ({"signed_on": None}, "circuit_day"),
        ({"signed_on": TODAY + timedelta(1)}, "circuit_day"),
        ({"signed_on": SIGNED - timedelta(1)}, "circuit_day"),
        ({"effective_on": SIGNED - timedelta(1)}, "amendment_effect"),
        ({"reason": " "}, "amendment_reason"),
        ({"changes": 0}, "amendment_text"),
        ({"kind": "bridge", "changes": 0, "new_end": LATER}, None),
        ({"kind": "extension", "new_end": None}, "amendment_end"),
        ({"kind": "extension", "new_end": END}, "amendment_end"),
        ({"kind": "bridge", "new_end": LATER, "ends_on": None}, "amendment_end"),
        ({"kind": "bridge", "new_end": LATER, "ends_on": TODAY - timedelta(1)}, "amendment_end"),
    ],
)
def test_what_the_signature_of_an_amendment_asks_for(told, reason):
    assert [r.code for r in may_sign(facts(**told)).refusals()] == ([reason] if reason else [])


def test_a_text_that_nobody_signed_is_changed_itself():
    assert may_draft(facts(running=False)).ok is False


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        (["10", "2", "1"], ["1", "2", "10"]),
        (["3 ter", "3", "4", "3 bis"], ["3", "3 bis", "3 ter", "4"]),
        (["B", "A", "1"], ["1", "A", "B"]),
        (["1.10", "1.2"], ["1.2", "1.10"]),
    ],
)
def test_numbers_are_read_as_people_read_them(numbers, read):
    assert sorted(numbers, key=natural) == read


ONE, TWO = Clause("1", "Objet", "Un", article=11), Clause("2", "Durée", "Six ans", article=12)
LONGER = Change(1, date(2025, 1, 1), "2", "Durée", "Sept ans", article=12)
NEW = Change(1, date(2025, 1, 1), "1 bis", "Suivi", "Chaque an")
SOONER = Change(2, date(2025, 6, 1), "1 bis", "Suivi", "Chaque mois")
GONE = Change(3, date(2026, 1, 1), "2", "Durée", article=12, removed=True)


@pytest.mark.parametrize(
    ("on", "bodies"),
    [
        (date(2024, 12, 31), ["Un", "Six ans"]),
        (date(2025, 1, 1), ["Un", "Chaque an", "Sept ans"]),
        (date(2025, 6, 1), ["Un", "Chaque mois", "Sept ans"]),
        (date(2026, 1, 1), ["Un", "Chaque mois", ""]),
    ],
)
def test_the_text_in_force_at_a_date(on, bodies):
    text = consolidate([TWO, ONE], [GONE, SOONER, LONGER, NEW], on)
    assert [clause.body for clause in text] == bodies


def test_an_article_says_which_amendments_made_it():
    text = consolidate([ONE, TWO], [LONGER, GONE], date(2026, 1, 1))
    assert (text[1].amended_by, text[1].removed, text[1].since) == ((1, 3), True, date(2026, 1, 1))


def test_annexes_come_after_and_removing_what_is_not_there_changes_nothing():
    annex = Clause("1", "Carte", annex=True, article=13)
    lost = Change(1, date(2025, 1, 1), "9", "Rien", removed=True)
    assert consolidate([annex, TWO], [lost], date.max) == (TWO, annex)


texts = st.text(st.sampled_from("ab é,.\n"), max_size=60)


@given(texts, texts)
def test_the_pieces_give_both_texts_to_the_letter(before, after):
    pieces = words_changed(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after
    assert is_changed(pieces) is (before != after)


def test_words_are_compared_not_letters_and_a_huge_change_is_shown_whole():
    pieces = words_changed("La durée est de six ans.", "La durée est de sept ans.")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("removed", "six"), ("added", "sept")]
    huge = words_changed("a " * 5_000, "b " * 5_000)
    assert [p.kind for p in huge] == ["removed", "added"]


TERMS = {
    "targeted": True, "places": 2, "diagnosis": "Marche du 3 mai", "starts_on": SIGNED, "ends_on": END,
    "why": "Alignée sur le mandat",
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({}, []),
        ({"places": 0}, ["places"]),
        ({"diagnosis": " "}, ["scope_reason"]),
        ({"targeted": False, "places": 0, "diagnosis": ""}, []),
        ({"ends_on": SIGNED - timedelta(1)}, ["ends_on"]),
        ({"why": ""}, ["duration_reason"]),
        ({"ends_on": None, "why": ""}, []),
    ],
)
def test_the_terms_of_a_convention(told, reasons):
    assert [r.code for r in may_agree(**(TERMS | told)).refusals()] == reasons


@given(st.lists(st.integers(-100, 10_000), max_size=6))
def test_shares_never_exceed_the_whole(shares):
    assert may_share(shares).ok is (sum(shares) <= 10_000 and all(share > 0 for share in shares))

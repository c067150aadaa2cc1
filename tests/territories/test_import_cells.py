"""Cells as people write them: a table of good and bad ones, and every number that comes back as it went."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.spreadsheet.cells import address, read_value
from faubourg.rules.spreadsheet.columns import indicator_and_year, role_of
from faubourg.rules.spreadsheet.totals import check_total, is_total
from faubourg.rules.spreadsheet.vintages import read_vintage
from faubourg.rules.spreadsheet.written import read_number


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("1 234,5", "euro", "1234.5"),
        ("1\u202f234,5", "euro", "1234.5"),
        ("1\u00a0234", "people", "1234"),
        ("1.234,5", "euro", "1234.5"),
        ("1,234.5", "euro", "1234.5"),
        ("1.234.567", "people", "1234567"),
        ("12.5", "percent", "12.5"),
        ("0.125", "ratio", "0.125"),
        ("32,1 %", "percent", "32.1"),
        ("1 200 hab.", "people", "1200"),
        ("15 000 €", "euro", "15000"),
        ("−3", "percent", "-3"),
        (2021.0, "count", "2021"),
        (0.1 + 0.2, "ratio", "0.3"),
        ("0", "people", "0"),
    ],
)
def test_a_number_is_read_the_french_way(raw, unit, value):
    cell = read_value(raw, unit=unit, decimals=0 if unit == "people" else 1)
    assert (cell.problem, cell.value) == (None, Decimal(value))


@pytest.mark.parametrize(
    ("raw", "secrecy"),
    [
        ("s", "secret"),
        ("Secret", "secret"),
        ("c", "secret"),
        ("n.d.", "missing"),
        ("ND", "missing"),
        ("-", "missing"),
    ],
)
def test_a_secret_is_never_zero(raw, secrecy):
    cell = read_value(raw, unit="people", decimals=0)
    assert (cell.value, cell.secrecy, cell.problem) == (None, secrecy, None)


@pytest.mark.parametrize(
    ("raw", "unit", "code"),
    [
        ("1.234", "people", "doubtful-dot"),
        ("12 34", "people", "badly-grouped"),
        ("abc", "people", "not-a-number"),
        ("1,2,3", "people", "not-a-number"),
        ("12 k€", "euro", "scaled"),
        ("3 M€", "euro", "scaled"),
        ("12 €", "people", "euro-elsewhere"),
        ("32 %", "people", "percent-elsewhere"),
        ("-3", "people", "negative"),
        ("1,5", "people", "not-whole"),
        ("#REF!", "people", "formula-error"),
        ("#DIV/0!", "people", "formula-error"),
        ("Err:502", "people", "formula-error"),
        ("1" * 20, "people", "too-large"),
        (date(2021, 1, 1), "people", "date-for-number"),
        (True, "people", "not-a-number"),
        (float("nan"), "people", "not-a-number"),
        (float("inf"), "people", "not-a-number"),
    ],
)
def test_a_doubtful_cell_is_refused_and_says_what_to_write(raw, unit, code):
    cell = read_value(raw, unit=unit, decimals=0)
    assert cell.value is None
    assert cell.problem.code == code
    assert cell.problem.sentence


@pytest.mark.parametrize(
    ("raw", "text", "year"),
    [
        ("RP 2021", "RP 2021", 2021),
        (2021.0, "2021", 2021),
        (date(2020, 1, 1), "01/01/2020", 2020),
        ("avant-guerre", "avant-guerre", None),
        ("RP 2018-2022", "RP 2018-2022", 2022),
        ("29/02/2024", "29/02/2024", 2024),
    ],
)
def test_a_vintage_keeps_its_words_and_its_year(raw, text, year):
    vintage = read_vintage(raw, this_year=2026)
    assert (vintage.text, vintage.year, vintage.problem) == (text, year, None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("31/02/2021", "impossible-date"),
        ("29/02/2023", "impossible-date"),
        ("2021-13-01", "impossible-date"),
        ("2921", "impossible-year"),
        ("1000", "impossible-year"),
        ("#N/A", "formula-error"),
        ("x" * 121, "vintage-long"),
    ],
)
def test_an_impossible_date_is_refused(raw, code):
    assert read_vintage(raw, this_year=2026).problem.code == code


@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=2, allow_nan=False),
    st.booleans(),
    st.sampled_from(" \u00a0\u202f"),
)
def test_a_number_written_in_french_comes_back_the_same(number, grouped, space):
    text = f"{number:,.2f}".replace(",", space if grouped else "").replace(".", ",")
    assert read_number(text) == (number, None)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text):
    cell = read_value(text, unit="euro", decimals=0)
    assert cell.empty or cell.problem or cell.value is not None or cell.secrecy != "open"
    read_vintage(text, this_year=2026)


@pytest.mark.parametrize(
    ("row", "column", "name"), [(11, 2, "C12"), (0, 0, "A1"), (0, 25, "Z1"), (4, 26, "AA5"), (0, 701, "ZZ1")]
)
def test_a_cell_has_the_name_of_the_screen(row, column, name):
    assert address(row, column) == name


def test_totals_are_checked_and_secrets_leave_room():
    values = [Decimal(10), Decimal(20)]
    assert check_total(Decimal(30), values, 0) is None
    assert check_total(Decimal(31), values, 1) is None
    broken = check_total(Decimal(31), values, 0)
    assert "écart 1" in broken.sentence
    assert check_total(Decimal(29), values, 1)
    assert is_total("total general")
    assert is_total("ensemble de l agglomeration")
    assert not is_total("totalement autre chose")


def test_headings_are_recognised():
    known = {"taux de pauvrete": "taux-pauvrete"}
    assert role_of("code insee") == "code"
    assert indicator_and_year("taux de pauvrete 2021", known) == ("taux-pauvrete", "2021")
    assert indicator_and_year("autre", known) == ("", "")

"""Files that spreadsheets open: the same cells out of each, nothing run as a formula."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from faubourg.base import tables

HEADERS = ["Nom", "Population", "Part", "Depuis", "Vu le"]
ROWS = [
    ["Gauthière  & <Cie>", 12345, 12.5, date(2024, 1, 1), datetime(2024, 7, 1, 12, 0, tzinfo=UTC)],
    ["=1+1", -5, Decimal("0.10"), None, None],
    ["@cmd\x00\x0b", None, float("nan"), True, ""],
]


def sheets(fmt, **asked):
    """The sheets of a written file, read by another library."""
    data = tables.write(fmt, title="Quartiers : liste", headers=HEADERS, rows=iter(ROWS), **asked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_a_spreadsheet_keeps_numbers_dates_and_texts(fmt):
    (name, rows), (_, notes) = sheets(fmt, caption_lines=["Source : ANCT", "Millésime : 2024"]).items()
    assert name == "Quartiers   liste"
    assert rows[0] == HEADERS
    assert rows[1][:4] == ["Gauthière  & <Cie>", 12345, 12.5, date(2024, 1, 1)]
    assert rows[1][4] == datetime(2024, 7, 1, 14, 0)
    assert rows[2][:3] == ["=1+1", -5, 0.1]
    assert rows[3][0] == "@cmd"
    assert rows[3][2:4] == ["nan", "oui"]
    assert [line[0] for line in notes] == ["Quartiers : liste", "Source : ANCT", "Millésime : 2024"]


def test_csv_is_what_a_french_spreadsheet_reads():
    data = tables.write("csv", title="Quartiers", headers=HEADERS, rows=ROWS, caption_lines=["Source : ANCT"])
    assert data.startswith(b"\xef\xbb\xbfNom;Population;")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Gauthière  & <Cie>", "12345", "12,5", "2024-01-01", "2024-07-01 14:00:00"]
    assert rows[2][:3] == ["'=1+1", "-5", "0,10"]
    assert rows[3][0] == "'@cmd"
    assert rows[4:] == [[], ["Quartiers"], ["Source : ANCT"]]


@pytest.mark.parametrize("start", list("=+-@\t\r＝"))
def test_a_text_never_starts_a_formula_in_csv(start):
    data = tables.write("csv", title="t", headers=[f"{start}h"], rows=[[f"{start}SUM(A1)"]])
    header, cell = [
        row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    ]
    assert (header[0], cell[0]) == ("'", "'")


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_an_empty_table_and_a_very_long_text_are_written(fmt):
    assert tables.write(fmt, title="", headers=[], rows=[])
    assert tables.write(fmt, title="[]:*?/\\", headers=["a"], rows=[["x" * 40_000]])


def test_an_unknown_format_is_an_error():
    with pytest.raises(KeyError):
        tables.write("doc", title="t", headers=[], rows=[])


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_control_signs_stand_in_no_part_of_a_file(fmt):
    odd = "a\x00\x01\x08\x9f\u202e\ud800b"
    made = tables.write(fmt, title=odd, headers=[odd], rows=[[odd]], caption_lines=[odd])
    if fmt == "csv":
        assert "ab" in made.decode()
        assert "\x01" not in made.decode()
        return
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = [name for name in archive.namelist() if name.endswith(".xml")]
        for name in parts:
            ElementTree.fromstring(archive.read(name))
    assert parts

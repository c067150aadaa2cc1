"""A table into a file that a spreadsheet opens: CSV, XLSX, ODS; numbers stay numbers, texts stay texts.

A text that a spreadsheet would run as a formula is neutralised. The header is the first line, so that
other programs can read the file; where the figures come from stands on a second sheet (after the table
in CSV): a figure is never naked.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from . import opendocument
from .text import printable

Format = Literal["csv", "xlsx", "ods"]
Row = Sequence[Any]

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}

# The longest text of one cell of a spreadsheet.
_LONGEST = 32_767
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def write(
    fmt: Format, *, title: str, headers: Sequence[str], rows: Iterable[Row], caption_lines: Sequence[str] = ()
) -> bytes:
    """The file's bytes. Cells are text, int, float, Decimal, bool, date, datetime or None (empty).

    CSV is UTF-8 with a byte-order mark, semicolons and decimal commas, as French spreadsheets read it.
    Raises KeyError on another format.
    """
    cells = ([_plain(cell) for cell in row] for row in rows)
    names, lines = ([printable(str(text))[:_LONGEST] for text in texts] for texts in (headers, caption_lines))
    return _WRITERS[fmt](printable(title), names, cells, lines)


def csv_lines(
    headers: Sequence[str], rows: Iterable[Row], *, title: str = "", caption_lines: Sequence[str] = ()
) -> Iterator[bytes]:
    """The same CSV a line at a time, for tables too long to be held; nothing is read before it is asked."""
    writer = csv.writer(_Given(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + str(writer.writerow([_csv_cell(printable(text)) for text in headers])).encode()
    for row in rows:
        yield str(writer.writerow([_csv_cell(_plain(cell)) for cell in row])).encode()
    if caption_lines:
        yield str(writer.writerow([])).encode()
    for line in (title, *caption_lines) if caption_lines else ():
        yield str(writer.writerow([_csv_cell(printable(str(line)))])).encode()


class _Given:
    """What `csv.writer` writes a line to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def harmless(text: str) -> str:
    """The same text, after an apostrophe when a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _plain(cell: object) -> Any:
    """A cell as one of: None, int, float, Decimal, date, naive local datetime, text."""
    match cell:
        case None | "":
            return None
        case bool():
            return _("oui") if cell else _("non")
        case float() | Decimal() if not Decimal(cell).is_finite():
            return str(cell)
        case datetime():
            return localtime(cell).replace(tzinfo=None, microsecond=0) if is_aware(cell) else cell
        case int() | float() | Decimal() | date():
            return cell
    return printable(str(cell))[:_LONGEST]


def _csv(title: str, headers: Sequence[str], rows: Iterable[Row], caption_lines: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_cell(str(header)) for header in headers])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    if caption_lines:
        writer.writerow([])
        writer.writerows([[_csv_cell(str(line))] for line in (title, *caption_lines)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _csv_cell(cell: object) -> object:
    match cell:
        case str():
            return harmless(cell)
        case float() | Decimal():
            return (
                f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else repr(cell).replace(".", ",")
            )
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
    return cell


def _xlsx(title: str, headers: Sequence[str], rows: Iterable[Row], caption_lines: Sequence[str]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats: dict[type, Any] = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    book.set_properties({"title": title})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(headers) - 1), 18)
    for place, header in enumerate(headers):
        sheet.write_string(0, place, str(header), bold)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _xlsx_cell(sheet, (line, place), cell, formats)
    if caption_lines:
        notes = book.add_worksheet(_("Sources"))
        notes.set_column(0, 0, 100)
        for line, text in enumerate((title, *caption_lines)):
            notes.write_string(line, 0, str(text), bold if line == 0 else None)
    book.close()
    return file.getvalue()


def _xlsx_cell(sheet: Any, at: tuple[int, int], cell: object, formats: dict[type, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(*at, cell)
        case datetime():
            sheet.write_datetime(*at, cell, formats[datetime])
        case date():
            sheet.write_datetime(*at, cell, formats[date])
        case _:
            sheet.write_number(*at, cell)


def _ods(title: str, headers: Sequence[str], rows: Iterable[Row], caption_lines: Sequence[str]) -> bytes:
    file = io.BytesIO()
    with opendocument.Spreadsheet(file) as book:
        book.sheet(_sheet_name(title), [[str(header) for header in headers]], bold=True, more=rows)
        if caption_lines:
            book.sheet(_("Sources"), [[title]], bold=True, more=([str(line)] for line in caption_lines))
    return file.getvalue()


def _sheet_name(title: str) -> str:
    """What a spreadsheet accepts as the name of a sheet: 31 signs, none of []:*?/\\'."""
    return _NOT_IN_A_SHEET_NAME.sub(" ", title).strip()[:31].strip() or _("Tableau")


_WRITERS: dict[str, Callable[[str, Sequence[str], Iterable[Row], Sequence[str]], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ods": _ods,
}

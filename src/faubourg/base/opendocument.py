"""A small writer of OpenDocument spreadsheets that streams: no row is kept in memory."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:version="1.3"'
    f' manifest:media-type="{_MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_START = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    "<office:automatic-styles>"
    '<number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="bold" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>'
    '<style:style style:name="column" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"


class Spreadsheet:
    """Use it as a context manager: one `sheet` after the other, written as it goes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        # The media type comes first and uncompressed: that is how the format is recognised.
        self._archive.writestr(zipfile.ZipInfo("mimetype"), _MEDIA_TYPE, zipfile.ZIP_STORED)
        self._archive.writestr("META-INF/manifest.xml", _MANIFEST)

    def __enter__(self) -> "Spreadsheet":
        self._content = io.TextIOWrapper(self._archive.open("content.xml", "w"), encoding="utf-8", newline="")
        self._content.write(_START)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._content.write(_END)
        self._content.close()
        self._archive.close()

    def sheet(
        self,
        name: str,
        rows: Sequence[Sequence[Any]],
        *,
        bold: bool = False,
        more: Iterable[Sequence[Any]] = (),
    ) -> None:
        """One sheet: `rows` (bold if asked), then `more` rows; cells as `tables` makes them plain."""
        write = self._content.write
        width = max((len(row) for row in rows), default=1)
        write(f"<table:table table:name={quoteattr(name)}>")
        write(f'<table:table-column table:style-name="column" table:number-columns-repeated="{width or 1}"/>')
        for row in rows:
            write(_row(row, ' table:style-name="bold"' if bold else ""))
        for row in more:
            write(_row(row, ""))
        write("</table:table>")


def _row(row: Sequence[Any], style: str) -> str:
    cells = "".join(_cell(cell, style) for cell in row) or "<table:table-cell/>"
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(cell: object, style: str) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.split("\n"))
            return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'
        case datetime() | date():
            text = cell.isoformat()
            return (
                f'<table:table-cell table:style-name="date" office:value-type="date" '
                f'office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
            )
    return (
        f'<table:table-cell{style} office:value-type="float" office:value="{cell}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
    )


def _spaced(line: str) -> str:
    """Escaped; runs of spaces and tabs, which the format would shorten to one, are kept."""
    text = escape(line.replace("\r", ""))
    return text.replace("\t", "<text:tab/>").replace("  ", " <text:s/>")

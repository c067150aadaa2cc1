"""A spreadsheet as rows of cells, whatever its format: CSV, XLSX, ODS (and the older XLS)."""

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from faubourg.base.numbers import number
from faubourg.rules.verdict import mark

from .archives import opened, unpacked
from .limits import MOST_COLUMNS, MOST_ROWS, check_size, unreadable

Cell = object
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = mark(
    "Le classeur est abîmé : ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis renvoyez-le."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` start at the first row of the file, so that addresses are those of the person's screen."""

    name: str
    rows: list[list[Cell]]
    # What had to be detected: « UTF-8, point-virgule »; empty for a workbook.
    reading: str = ""


def read(data: bytes, name: str) -> list[Sheet]:
    """The sheets that hold something; raises `Refused` in one sentence."""
    check_size(len(data))
    if data.startswith((b"PK", _OLE)):
        sheets = _workbook(data)
    elif PurePosixPath(name.lower()).suffix in {".xlsx", ".ods", ".xls"}:
        raise unreadable("broken-workbook", _BROKEN)
    else:
        sheets = [_csv(data)]
    sheets = [Sheet(sheet.name, _trimmed(sheet.rows), sheet.reading) for sheet in sheets]
    kept = [sheet for sheet in sheets if sheet.rows]
    if not kept:
        raise unreadable(
            "empty-sheet", mark("Le tableau est vide : il faut une ligne d’en-têtes et au moins un chiffre.")
        )
    for sheet in kept:
        _check_shape(sheet)
    return kept


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the empty rows and columns that a spreadsheet keeps at its end."""
    while rows and not any(str(cell).strip() for cell in rows[-1] if cell is not None):
        rows.pop()
    return rows


def _check_shape(sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise unreadable(
            "too-many-rows",
            mark(
                "La feuille « {sheet} » compte {count} lignes ; la limite est de {limit}. Découpez "
                "le fichier, par département par exemple."
            ),
            sheet=sheet.name,
            count=number(len(sheet.rows)),
            limit=number(MOST_ROWS),
        )
    if max(len(row) for row in sheet.rows) > MOST_COLUMNS:
        raise unreadable(
            "too-many-columns",
            mark("La feuille « {sheet} » dépasse {limit} colonnes : supprimez celles qui ne servent pas."),
            sheet=sheet.name,
            limit=MOST_COLUMNS,
        )


# --- CSV ----------------------------------------------------------------------------------------------

_SEPARATORS = {
    ";": mark("point-virgule"),
    ",": mark("virgule"),
    "\t": mark("tabulation"),
    "|": mark("barre verticale"),
}


def _csv(data: bytes) -> Sheet:
    text, encoding = _decoded(data)
    separator = _separator(text)
    csv.field_size_limit(1_000_000)
    try:
        rows: list[list[Cell]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as wrong:
        raise unreadable(
            "broken-csv",
            mark(
                "Le CSV est mal formé (guillemets non refermés ?) : enregistrez-le de nouveau depuis "
                "votre tableur."
            ),
        ) from wrong
    return Sheet("CSV", rows, f"{encoding}, {_SEPARATORS[separator]}")


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252, which always reads."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace"), "UTF-16"
    if b"\0" in data[:4096]:
        raise unreadable(
            "unknown-table",
            mark("Ce fichier n’est pas un tableau lisible ici. Formats acceptés : CSV, XLSX, ODS."),
        )
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the same number (two or more) of columns most often."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    best, best_score = ";", 0
    for sign in _SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign))
        columns, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        score = 0 if columns < 2 else times * 100 + columns
        # « 1 234,5;… »: a comma also cuts decimals, so the signs that only cut win a draw.
        if score > best_score:
            best, best_score = sign, score
    return best


# --- Workbooks ----------------------------------------------------------------------------------------


def _workbook(data: bytes) -> list[Sheet]:
    archive = opened(data) if data.startswith(b"PK") else None
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [Sheet(name, _rows_of(workbook, name)) for name in workbook.sheet_names]
    except PasswordError as locked:
        raise unreadable(
            "workbook-locked", mark("Le classeur est protégé par un mot de passe : renvoyez-le sans.")
        ) from locked
    except (CalamineError, ValueError, OSError) as broken:
        raise unreadable("broken-workbook", _BROKEN) from broken
    if archive is not None and "xl/workbook.xml" in archive.namelist():
        _restore_errors(archive, sheets)
    return sheets


def _rows_of(workbook: CalamineWorkbook, name: str) -> list[list[Cell]]:
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]


# calamine gives an empty cell for a formula's error: the error is read from the sheet itself.
_ERROR_CELL = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</c>).)*?<v>([^<]{1,12})</v>', re.S
)
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


def _restore_errors(archive: zipfile.ZipFile, sheets: list[Sheet]) -> None:
    for sheet, path in zip(sheets, _sheet_paths(archive), strict=False):
        if path not in archive.namelist():
            continue
        for letters, row, error in _ERROR_CELL.findall(unpacked(archive, path)):
            r, c = int(row) - 1, _column(letters)
            if r < len(sheet.rows) and c < len(sheet.rows[r]):
                sheet.rows[r][c] = error.decode("ascii", errors="replace")


def _sheet_paths(archive: zipfile.ZipFile) -> list[str]:
    """The file of each sheet, in the order of the tabs."""
    relations = {}
    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        for tag in re.findall(rb"<Relationship\b[^>]*>", unpacked(archive, "xl/_rels/workbook.xml.rels")):
            said = dict(_ATTRIBUTE.findall(tag))
            relations[said.get(b"Id", b"")] = said.get(b"Target", b"").decode()
    paths = []
    for tag in _SHEET.findall(unpacked(archive, "xl/workbook.xml")):
        target = relations.get(dict(_ATTRIBUTE.findall(tag)).get(b"r:id", b""), "")
        paths.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return paths


def _column(letters: bytes) -> int:
    rank = 0
    for letter in letters:
        rank = rank * 26 + letter - 64
    return rank - 1

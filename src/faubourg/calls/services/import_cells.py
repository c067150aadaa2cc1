"""Cells of a spreadsheet of dossiers: days and moments as people write them, identifiers with their key."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

from faubourg.people.identifiers import read_rna, read_siret
from faubourg.rules.spreadsheet.cells import plain
from faubourg.rules.verdict import Reason, mark

_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
NOT_A_DAY = mark("« {text} » n’est pas une date : écrivez par exemple 31/12/2025.")
# A day without its hour is read as noon.
_NOON = time(12)


def read_day(raw: object) -> tuple[date | None, Reason | None]:
    """The day of a cell; both None when it is empty."""
    moment, wrong = read_moment(raw)
    return (timezone.localdate(moment) if moment else None), wrong


def read_moment(raw: object) -> tuple[datetime | None, Reason | None]:
    """The moment of a cell, Paris time; a day alone is its noon; both None when it is empty."""
    naive = _naive(raw)
    if naive is None:
        text = plain(raw)
        return None, (Reason("day", False, NOT_A_DAY, {"text": text[:40]}) if text else None)
    if not 1990 <= naive.year <= 2100:
        return None, Reason("day", False, NOT_A_DAY, {"text": plain(raw)[:40]})
    return timezone.make_aware(naive), None


def _naive(raw: object) -> datetime | None:
    match raw:
        case datetime():
            # A workbook keeps a day alone as its midnight.
            return raw.replace(tzinfo=None) if raw.time() != time() else datetime.combine(raw, _NOON)
        case date():
            return datetime.combine(raw, _NOON)
    text = plain(raw)
    for form in (*_DAYS, *_MOMENTS):
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        return datetime.combine(found, _NOON) if form in _DAYS else found
    return None


def read_identifier(text: str, role: str) -> tuple[str, str, Reason | None]:
    """(« siret » or « rna », the number, what is wrong); `role` « either » guesses by the first sign."""
    kind = role if role != "either" else ("rna" if text[:1].upper() == "W" else "siret")
    try:
        return kind, (read_rna(text) if kind == "rna" else read_siret(text)), None
    except ValidationError as wrong:
        # Its message is in the reader's language already: braces are no places of ours.
        sentence = " ".join(wrong.messages).replace("{", "{{").replace("}", "}}")
        return kind, "", Reason(f"{kind}_wrong", False, sentence)

"""What a room says: every marked string of its Python files and templates."""

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation import templatize

import faubourg

# Keys of the seed files whose texts are ours to say in both languages; the others are names or codes.
_SAID = frozenset(
    {"note", "beware", "sentence", "evidence", "subject", "label", "title", "intro", "etp_note"}
    | {"renewal", "no_renewal", "vintage", "origin", "licence"}
)

PACKAGE = Path(faubourg.__file__).resolve().parent
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "mark": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def rooms() -> list[str]:
    """The rooms that have a catalogue, by name: all that are applications of the framework."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


def strings(room: str) -> Catalog:
    """The template of a room's catalogue. What `rules` says stands in the catalogue of `base`."""
    catalogue = Catalog(locale="en", charset="utf-8")
    folders = [PACKAGE / room, *([PACKAGE / "rules"] if room == "base" else [])]
    for folder in folders:
        for path, source in _sources(folder):
            for line, message, comments, context in extract("python", source, _KEYWORDS, ["Translators:"]):
                where = [(path.relative_to(PACKAGE).as_posix(), line)]
                catalogue.add(message, None, where, auto_comments=comments, context=context)
    for path in sorted((PACKAGE / room / "seeds").glob("*.toml")):
        for text in _seeded(tomllib.loads(path.read_text(encoding="utf-8"))):
            catalogue.add(text, None, [(path.relative_to(PACKAGE).as_posix(), 1)])
    return catalogue


def _seeded(value: object, key: str = "") -> Iterator[str]:
    """Every text that a seed file says, at any depth."""
    match value:
        case dict():
            for name, inner in value.items():
                # The title of a document is a quotation, that of our analysis is not; other origins: codes.
                if name not in ("title", "origin") or (name == "origin") == ("publisher" in value):
                    yield from _seeded(inner, name)
        case list():
            for inner in value:
                yield from _seeded(inner, key)
        case str() if key in _SAID:
            yield value


def _sources(folder: Path) -> Iterator[tuple[Path, io.BytesIO]]:
    """Python files as they are, templates turned into the Python that the extractor reads."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix == ".py" and "migrations" not in parts:
            yield path, io.BytesIO(path.read_bytes())
        elif path.suffix in (".html", ".txt") and "templates" in parts:
            python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # The indentation of a page is not that of a programme: the extractor would stumble on it.
            flush = "\n".join(line.lstrip() for line in python.split("\n"))
            yield path, io.BytesIO(b"# coding: utf-8\n" + flush.encode())

"""A room's catalogues on disk: the English one, filled by people, and the French plurals, made by us.

French is the language of the sources and needs no translation, but « 0 ligne » is singular in French and
only a catalogue can say so: the plural messages are repeated in one.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from .compiled import compiled
from .sources import PACKAGE, strings

_PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
_HEADER = (
    "Language: {language}\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: {plurals}\n"
)
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+(?:[!:][^{}]*)?\}")


def path_of(room: str, language: str, suffix: str = ".po") -> Path:
    """Where a room's catalogue lies."""
    return PACKAGE / room / "locale" / language / "LC_MESSAGES" / f"django{suffix}"


def read(room: str, language: str = "en") -> Catalog:
    """The catalogue as it stands on disk, empty if there is none."""
    path = path_of(room, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update(room: str, *, prune: bool = False) -> None:
    """Bring the English catalogue up to what the sources say; what they no longer say is kept aside
    unless `prune`. A new string comes in untranslated, never guessed."""
    spoken = strings(room)
    english = read(room)
    english.update(spoken, no_fuzzy_matching=True, update_header_comment=False)
    if prune:
        english.obsolete.clear()
    _write(room, "en", english)
    french = Catalog(locale="fr", charset="utf-8")
    for message in spoken:
        if message.pluralizable:
            french.add(message.id, message.id, message.locations, context=message.context)
    _write(room, "fr", french)


def compile_room(room: str) -> list[Path]:
    """Write the compiled catalogues that differ; returns them."""
    written = []
    for language in _PLURALS:
        path = path_of(room, language, ".mo")
        content = _compiled(room, language)
        if content is not None and (not path.exists() or path.read_bytes() != content):
            path.write_bytes(content)
            written.append(path)
    return written


def problems(room: str) -> Iterator[str]:
    """What keeps a room from speaking both languages whole, one sentence each."""
    english = read(room)
    spoken = strings(room)
    for message in spoken:
        if message.id:
            yield from _problems_of(room, message, english.get(message.id, message.context))
    kept = {(message.id, message.context) for message in spoken}
    gone = [message for message in english if message.id and (message.id, message.context) not in kept]
    yield from (f"{room}: obsolete: {message.id!r}" for message in [*gone, *english.obsolete.values()])
    for language in _PLURALS:
        content = _compiled(room, language)
        path = path_of(room, language, ".mo")
        if content is not None and (not path.exists() or path.read_bytes() != content):
            yield f"{room}: {language}/django.mo is not what django.po compiles to"


def _problems_of(room: str, message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None or not all(_texts(translated.string)):
        yield f"{room}: missing: {message.id!r}"
    elif translated.fuzzy:
        yield f"{room}: fuzzy: {message.id!r}"
    else:
        places = {place for text in _texts(message.id) for place in _PLACE.findall(text)}
        said = {place for text in _texts(translated.string) for place in _PLACE.findall(text)}
        if said != places:
            yield f"{room}: places differ: {message.id!r}"


def _texts(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message's one text, or its plural forms."""
    if isinstance(texts, tuple | list):
        return list(texts) or [""]
    return [texts or ""]


def _write(room: str, language: str, catalogue: Catalog) -> None:
    """Sorted, without line numbers or dates: only words make a difference between two versions."""
    path = path_of(room, language)
    body = io.BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    if language == "fr" and not body.getvalue().strip():
        path.unlink(missing_ok=True)
        path_of(room, language, ".mo").unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    header = "".join(f'"{line}\\n"\n' for line in _header(language).splitlines())
    path.write_text(f'msgid ""\nmsgstr ""\n{header}\n{body.getvalue().decode()}', encoding="utf-8")


def _header(language: str) -> str:
    return _HEADER.format(language=language, plurals=_PLURALS[language])


def _compiled(room: str, language: str) -> bytes | None:
    """The .mo of a catalogue: translated messages only; None without a catalogue."""
    if not path_of(room, language).exists():
        return None
    messages = {"": _header(language)}
    for message in read(room, language):
        if message.id and not message.fuzzy and all(_texts(message.string)):
            key = "\x00".join(_texts(message.id))
            key = f"{message.context}\x04{key}" if message.context else key
            messages[key] = "\x00".join(_texts(message.string))
    return compiled(messages)

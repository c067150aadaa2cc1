"""Programs hidden in a file that somebody sends: scripts of a PDF, macros of an office document.

A paper is read, not run. What is compressed is unfolded up to a bound, so that a bomb stays small; an
encrypted PDF hides its objects from us as well and is handed over as a download, like every file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

# Actions that a reader of PDF runs: a script, another program, an embedded player.
_RUNS = re.compile(rb"/(?:JavaScript|Launch|RichMedia|Rendition)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
# How far before a stream its dictionary may say that it holds objects.
_DICTIONARY = 600
_MOST_UNFOLDED = 50 * 1024 * 1024
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/|macrosheets/|activeX/)", re.IGNORECASE)


def pdf_runs_something(file: IO[bytes]) -> bool:
    """Whether a PDF asks its reader to run a script or a program; names written in hexadecimal included."""
    file.seek(0)
    content = file.read()
    return any(_RUNS.search(_plain(part)) for part in (content, *_object_streams(content)))


def archive_has_macros(archive: zipfile.ZipFile) -> bool:
    """Whether an office document carries macros or controls."""
    return any(_MACROS.search(name) for name in archive.namelist())


def _plain(content: bytes) -> bytes:
    """« /Java#53cript » is « /JavaScript »."""
    if b"#" not in content:
        return content
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The objects that a PDF keeps compressed, all together within the bound."""
    left = _MOST_UNFOLDED
    for found in _STREAM.finditer(content):
        if b"ObjStm" not in _plain(content[max(0, found.start() - _DICTIONARY) : found.start()]):
            continue
        try:
            unfolded = zlib.decompressobj().decompress(content[found.end() :], left)
        except zlib.error:
            continue
        yield unfolded
        left -= len(unfolded)
        if left <= 0:
            return

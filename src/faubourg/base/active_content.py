"""Programs hidden in a file that somebody sends: scripts of a PDF, macros of an office document.

A paper is read, not run. Objects that a PDF keeps compressed are unfolded up to a bound; what cannot be
looked at, or is a bomb, is not let through. An encrypted PDF (many a bank’s) hides its objects from us as
well and is handed over as a download, like every file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

# What a reader of PDF runs: a script, another program, an embedded player, a form with scripts of its own.
_RUNS = re.compile(rb"/(?:JavaScript|Launch|RichMedia|Rendition|XFA)(?![A-Za-z0-9])")
_CARRIES = re.compile(rb"/EmbeddedFile(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream(?:\r\n|\n|\r)")
_MOST_UNFOLDED = 50 * 1024 * 1024
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/|macrosheets/|activeX/)", re.IGNORECASE)


def pdf_runs_something(file: IO[bytes], *, or_carries_files: bool = False) -> bool:
    """Whether a PDF asks its reader to run a script or a program; names written in hexadecimal included.

    `or_carries_files`: another file inside it counts too.
    """
    file.seek(0)
    content = file.read()
    for part in (content, *_object_streams(content)):
        if part is None:
            return True
        plain = _plain(part)
        if _RUNS.search(plain) or (or_carries_files and _CARRIES.search(plain)):
            return True
    return False


def archive_has_macros(archive: zipfile.ZipFile) -> bool:
    """Whether an office document carries macros or controls."""
    return any(_MACROS.search(name) for name in archive.namelist())


def _plain(content: bytes) -> bytes:
    """« /Java#53cript » is « /JavaScript »."""
    if b"#" not in content:
        return content
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _object_streams(content: bytes) -> Iterator[bytes | None]:
    """The objects that a PDF keeps compressed, all together within the bound; None for what hides itself."""
    left, since, encrypted = _MOST_UNFOLDED, 0, b"/Encrypt" in _plain(content)
    begins = [(found.start(), found.end()) for found in _STREAM.finditer(content)]
    for (before, start), (end, _) in pairwise([*begins, (len(content), 0)]):
        # All that stands since the stream before: a dictionary has no length of its own.
        told, since = _plain(content[since:before]), start
        if b"ObjStm" not in told:
            continue
        unfolded = _unfolded(content[start:end], left)
        if unfolded is None and (encrypted or b"/Filter" not in told):
            # Hidden from everybody, or in clear: read already.
            continue
        left -= len(unfolded or b"")
        # A predictor cuts the words in pieces; a bomb has more to say than we listen to.
        yield None if left <= 0 or b"/Predictor" in told else unfolded


def _unfolded(folded: bytes, most: int) -> bytes | None:
    """At most so many bytes; None unless it is folded as nearly every PDF is, and whole."""
    reader = zlib.decompressobj()
    try:
        unfolded = reader.decompress(folded, most)
    except zlib.error:
        return None
    return unfolded if reader.eof or len(unfolded) == most else None

"""The compiled form of a catalogue, the same bytes for the same words on every machine."""

import struct
from collections.abc import Mapping

# Magic number and revision of GNU .mo files, in the byte order that every reader accepts.
_MAGIC, _REVISION = 0x9504_12DE, 0
_HEADER_SIZE = 28


def compiled(messages: Mapping[str, str]) -> bytes:
    """A .mo file; keys and values as gettext stores them (context and plurals joined by \\x04 and \\x00)."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    text_start = _HEADER_SIZE + 16 * len(pairs)
    tables, text = b"", b""
    for column in (keys, values):
        for item in column:
            tables += struct.pack("<II", len(item), text_start + len(text))
            text += item + b"\x00"
    values_start = _HEADER_SIZE + 8 * len(pairs)
    header = struct.pack("<IIIIIII", _MAGIC, _REVISION, len(pairs), _HEADER_SIZE, values_start, 0, text_start)
    return header + tables + text

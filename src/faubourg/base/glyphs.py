"""Which signs a TrueType font can draw, read from its own table: nothing else needs a library for fonts.

Format of the tables: OpenType specification, « cmap », subtables 4 and 12.
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def covered(folder: Path) -> frozenset[int]:
    """The code points that every font of a folder can draw."""
    each = [frozenset(_signs_of(path.read_bytes())) for path in sorted(folder.glob("*.ttf"))]
    return frozenset.intersection(*each) if each else frozenset()


def _signs_of(font: bytes) -> Iterator[int]:
    tables = struct.unpack(">H", font[4:6])[0]
    for place in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack(">4sIII", font[place : place + 16])
        if tag == b"cmap":
            yield from _signs_of_table(font[start:])


def _signs_of_table(cmap: bytes) -> Iterator[int]:
    """Every sign of the Unicode subtables (platforms 0 and 3) that leads to a glyph."""
    for rank in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, _, start = struct.unpack(">HHI", cmap[4 + 8 * rank : 12 + 8 * rank])
        form = struct.unpack(">H", cmap[start : start + 2])[0]
        if platform in (0, 3) and form == 4:
            yield from _format_4(cmap[start:])
        elif platform in (0, 3) and form == 12:
            yield from _format_12(cmap[start:])


def _format_4(table: bytes) -> Iterator[int]:
    size = struct.unpack(">H", table[6:8])[0]
    ends, starts, deltas, offsets = (
        struct.unpack(f">{size // 2}H", table[at : at + size])
        for at in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)
    )
    for rank, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for sign in range(first, last + 1):
            glyph = sign + delta & 0xFFFF
            if offset:
                at = 16 + 3 * size + 2 * rank + offset + 2 * (sign - first)
                glyph = struct.unpack(">H", table[at : at + 2])[0]
            if glyph and sign != 0xFFFF:
                yield sign


def _format_12(table: bytes) -> Iterator[int]:
    for rank in range(struct.unpack(">I", table[12:16])[0]):
        first, last, glyph = struct.unpack(">III", table[16 + 12 * rank : 28 + 12 * rank])
        yield from range(first if glyph else first + 1, last + 1)

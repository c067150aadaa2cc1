"""The pack, written: compressed tables, and the sums and counts of `provenance.toml`."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import re
from collections.abc import Mapping
from pathlib import Path

from .reading import Raw, Row

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = ROOT / "src/faubourg/territories/data"


def write(name: str, text: str, rows: int, written: dict[str, Row]) -> None:
    """Compresses a text into the pack and notes its sum, size and number of rows."""
    packed = lzma.compress(text.encode(), check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    (TARGET / name).write_bytes(packed)
    written[name] = {"sha256": hashlib.sha256(packed).hexdigest(), "bytes": len(packed), "rows": rows}


def as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def as_json_lines(rows: list[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (list, tuple)):
        return "|".join(value)
    return value


def record(raw: Raw, written: Mapping[str, Row]) -> None:
    """Rewrites the sums, sizes and counts of provenance.toml, leaving its prose alone."""
    path = TARGET / "provenance.toml"
    blocks = re.split(r"(?m)^(?=\[\[)", path.read_text(encoding="utf-8"))
    for index, block in enumerate(blocks):
        if found := re.search(r'(?m)^id = "([^"]+)"', block):
            content = raw[found[1]]
            block = _set(block, "raw_sha256", f'"{hashlib.sha256(content).hexdigest()}"')
        elif found := re.search(r'(?m)^name = "([^"]+)"', block):
            facts = written[found[1]]
            block = _set(block, "sha256", f'"{facts["sha256"]}"')
            block = _set(_set(block, "bytes", str(facts["bytes"])), "rows", str(facts["rows"]))
        blocks[index] = block
    path.write_text("".join(blocks), encoding="utf-8")


def _set(block: str, key: str, value: str) -> str:
    return re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", block)

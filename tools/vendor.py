"""Refreshes and verifies the web assets and fonts that Faubourg carries, for whoever maintains it.

`tools/vendor.toml` says what is carried; `python tools/vendor.py` fetches every package again with
`npm pack`, rebuilds the files and rewrites the sums; `--check` only compares sums, without network.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = Path("tools/vendor.toml")
# Folders where nothing may lie that the manifest does not list. README.md is written by hand.
GUARDED = ("src/faubourg/site/static/vendor", "src/faubourg/site/fonts", "tests/vendor")
UNLISTED_BUT_WELCOME = {"README.md"}

Package = dict[str, bytes]  # path inside the package -> content
Asset = dict[str, Any]
Entry = dict[str, str]

# What a French, English or Turkish document prints: Latin with its extensions, combining accents,
# punctuation, superscripts, currencies, letterlike signs, number forms, arrows, mathematics, boxes,
# shapes, tick marks.
PRINTED_RANGES = (
    (0x20, 0x24F), (0x259, 0x259), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x20CF),
    (0x2100, 0x22FF), (0x2500, 0x27BF), (0x2B00, 0x2BFF), (0xFB00, 0xFB04), (0xFEFF, 0xFEFF),
    (0xFFFD, 0xFFFD),
)  # fmt: skip


def assets(root: Path = ROOT) -> list[Asset]:
    """The assets of the manifest, in its order."""
    listed: list[Asset] = tomllib.loads((root / MANIFEST).read_text(encoding="utf-8"))["asset"]
    return listed


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the committed copies, one sentence each; an empty list when all is well.

    No network. A file is wrong when it is missing, when its SHA-256 is not the manifest's, or when it
    lies in a guarded folder without being listed.
    """
    problems = []
    listed = set()
    for asset, entry in _entries(assets(root)):
        path = root / asset["into"] / entry["to"]
        listed.add(path)
        if not path.is_file():
            problems.append(f"{path.relative_to(root)} is listed in {MANIFEST} but missing")
        elif _sha256(path.read_bytes()) != entry["sha256"]:
            problems.append(f"{path.relative_to(root)} differs from the sum in {MANIFEST}: run `make vendor`")
    for folder in GUARDED:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path not in listed and path.name not in UNLISTED_BUT_WELCOME:
                problems.append(f"{path.relative_to(root)} is not listed in {MANIFEST}")
    return problems


def refresh(root: Path = ROOT) -> None:
    """Fetches each package, rebuilds its files and rewrites the sums of the manifest.

    To move to a newer version, change `version` and empty `integrity` in the manifest first: a
    package whose content changed under the same version is refused.
    """
    sums, seals = [], []
    for asset in assets(root):
        package, integrity = npm_pack(asset["package"], asset["version"], asset["integrity"])
        seals.append(integrity)
        for entry in asset["files"]:
            path = root / asset["into"] / entry["to"]
            if entry.get("make") == "kept":  # a licence text that its package names but does not hold
                content = path.read_bytes()
            else:
                content = BUILDERS[entry.get("make", "copy")](package, entry, asset)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sums.append(_sha256(content))
            print(f"{path.relative_to(root)}: {len(content):,} bytes")
    text = (root / MANIFEST).read_text(encoding="utf-8")
    text = _rewrite(text, "sha256", iter(sums))
    (root / MANIFEST).write_text(_rewrite(text, "integrity", iter(seals)), encoding="utf-8")


def _entries(listed: list[Asset]) -> Iterator[tuple[Asset, Entry]]:
    for asset in listed:
        for entry in asset["files"]:
            yield asset, entry


def _rewrite(text: str, key: str, values: Iterator[str]) -> str:
    """Puts the n-th value in the n-th `key = "…"`: keeps the comments, which no TOML writer does."""
    return re.sub(rf'(?<!\w){key} = "[^"]*"', lambda _: f'{key} = "{next(values)}"', text)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def npm_pack(package: str, version: str, sealed: str = "") -> tuple[Package, str]:
    """A package's files and its integrity seal (`sha512-…`), fetched by the ordinary client.

    Refuses a package whose seal is not `sealed`; an empty `sealed` takes it as it comes.
    """
    name = f"{package}@{version}"
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run(
            ["npm", "pack", "--silent", "--json", "--pack-destination", folder, name],
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
        ).stdout
        reported = json.loads(out)[0]["filename"]
        tarball = (Path(folder) / Path(reported).name).read_bytes()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if sealed not in ("", integrity):
        raise SystemExit(f"{name} is not the package we sealed: expected {sealed}, got {integrity}")
    with tarfile.open(fileobj=io.BytesIO(tarball)) as tar:
        members = [m for m in tar.getmembers() if m.isfile()]
        return {m.name.split("/", 1)[1]: tar.extractfile(m).read() for m in members}, integrity  # type: ignore[union-attr]


def _copy(package: Package, entry: Entry, _: Asset) -> bytes:
    return package[entry["from"]]


def _without_source_map(package: Package, entry: Entry, _: Asset) -> bytes:
    """Drops the pointer to a map we do not carry: the static files storage would look for it."""
    return re.sub(rb"\n?//# sourceMappingURL=\S+\s*$", b"\n", package[entry["from"]])


def _sprite(package: Package, _: Entry, asset: Asset) -> bytes:
    """One SVG of `<symbol id="name">`; stroke and size come from the `<svg>` that uses a symbol."""
    symbols = []
    for name in sorted(asset["icons"]):
        source = package[f"icons/{name}.svg"].decode()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.S)
        if inner is None:
            raise SystemExit(f"icons/{name}.svg of {asset['package']} is not an SVG")
        drawing = re.sub(r"\s*\n\s*", "", inner[1])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    notice = f"<!-- Lucide {asset['version']}, ISC and MIT, see LICENSE -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', notice, *symbols, "</svg>", ""]).encode()


def _font_face(package: Package, entry: Entry, asset: Asset) -> bytes:
    """The `@font-face` rules of the subsets we carry, under the family name `Inter`."""
    carried = {Path(e["to"]).name for e in asset["files"] if e["to"].endswith(".woff2")}
    rules = []
    for sheet in entry["from"].split("|"):
        for rule in re.findall(r"@font-face \{.*?\}", package[sheet].decode(), re.S):
            used = re.search(r"url\(\./files/([\w-]+\.woff2)\)", rule)
            if used and used[1] in carried:
                rules.append(rule.replace("./files/", "").replace("'Inter Variable'", "'Inter'"))
    if len(rules) != len(carried):
        raise SystemExit(f"{len(carried)} font files but {len(rules)} rules in {entry['from']}")
    return ("\n\n".join(rules) + "\n").encode()


def _ttf(package: Package, entry: Entry, _: Asset) -> bytes:
    """A WOFF2 turned into the TrueType file that typst reads, without the scripts we never print."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # The recorded date stays the designer's, or the sum would change at each refresh.
    font = TTFont(io.BytesIO(package[entry["from"]]), recalcTimestamp=False)
    font.flavor = None
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in PRINTED_RANGES for c in range(low, high + 1)])
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


BUILDERS: dict[str, Callable[[Package, Entry, Asset], bytes]] = {
    "copy": _copy,
    "without-source-map": _without_source_map,
    "sprite": _sprite,
    "font-face": _font_face,
    "ttf": _ttf,
}


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        refresh()
    problems = check()
    print("\n".join(problems) or "Every vendored file matches its sum.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

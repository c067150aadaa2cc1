"""docs/rules/: the tables by which the rules are tested, as a jurist reads them.

python tools/rule_docs.py          writes docs/rules/README.md
python tools/rule_docs.py --check  says whether it is what the tests say today
"""

import importlib
import sys
import tomllib
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "rules" / "README.md"
SAID = tomllib.loads((ROOT / "tools" / "rule_docs.toml").read_text(encoding="utf-8"))
WORDS: dict[str, str] = SAID["words"]


def page() -> str:
    """The whole page, in Markdown."""
    parts = [
        "# Ce que décident les règles, cas par cas\n",
        "Écrit par `python tools/rule_docs.py` d’après `tests/rules/` : chaque ligne est un test qui passe.",
        "« inconnu » veut dire que les données publiées ne permettent pas de trancher ; rien n’est deviné.\n",
    ]
    parts += [_table(*table) for table in SAID["tables"]]
    return "\n".join(parts)


def _table(module: str, test: str, title: str, heads: list[str]) -> str:
    *package, name = module.split("/")
    function = getattr(importlib.import_module(".".join(["tests.rules", *package, f"test_{name}"])), test)
    names, rows = next(mark.args for mark in function.pytestmark if mark.name == "parametrize")
    if len(names) != len(heads):
        raise SystemExit(f"{test} has {len(names)} columns, tools/rule_docs.py names {len(heads)}.")
    lines = [f"## {title}\n", f"`rules/{module}`\n", _line(heads), _line(["---"] * len(heads))]
    lines += [_line([_cell(head, cell) for head, cell in zip(heads, row, strict=True)]) for row in rows]
    return "\n".join([*lines, ""])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cell(head: str, value: Any) -> str:
    if head in SAID["years"]:
        return str(value)
    return "—" if value is None and head in SAID["reasons"] else told(value)


def told(value: Any) -> str:
    """One cell in words."""
    match value:
        case bool() | None:
            text = {True: "oui", False: "non", None: "inconnu"}[value]
        case Enum():
            text = WORDS.get(str(value.value), str(value.value))
        case int() | float() | Decimal():
            text = f"{value:,}".replace(",", "\u202f").replace(".", ",")
        case dict():
            # A year is no quantity.
            facts = ((name, str(fact) if name == "year" and fact else fact) for name, fact in value.items())
            text = " ; ".join(f"{told(name)} : {told(fact)}" for name, fact in facts) or "rien"
        case list() | tuple() | set():
            text = ", ".join(told(inner) for inner in value) or "aucun"
        case _:
            text = str(getattr(value, "name", value))
    return WORDS.get(text, text) or "non dit"


def main() -> int:
    """Exit code 1 when `--check` finds another page."""
    if "--check" in sys.argv:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
        print("docs/rules is up to date." if fresh else "docs/rules is old: python tools/rule_docs.py")
        return not fresh
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

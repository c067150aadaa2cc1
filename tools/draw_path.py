"""Writes docs/neighbourhood-path.md from the transition table: `python tools/draw_path.py`."""

from pathlib import Path

from faubourg.rules.neighbourhood_path import diagram

PAGE = Path(__file__).resolve().parent.parent / "docs" / "neighbourhood-path.md"
HEAD = """# The path of a neighbourhood

Drawn from the table of `src/faubourg/rules/neighbourhood_path.py` by `python tools/draw_path.py`; a test
refuses a drawing that is out of date. « texte cité » marks the acts that have to cite a law or a decree
(loi n° 2014-173, art. 5).

What is loaded needs no act: a neighbourhood that stands on the list of 2024 is *actif* when its code ends in
I, *ajusté* when it ends in M, *entrant* when it ends in N, and the page says that this is derived.
"""


def page() -> str:
    """The whole page."""
    return f"{HEAD}\n```mermaid\n{diagram()}```\n"


if __name__ == "__main__":
    PAGE.write_text(page())

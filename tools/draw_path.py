"""Writes the pages of docs/ that draw a transition table of the rules: `python tools/draw_path.py`."""

from collections.abc import Callable
from pathlib import Path

from faubourg.rules import (
    annual_report,
    contract_circuit,
    convention_circuit,
    interpellation,
    neighbourhood_path,
)
from faubourg.rules.calls import circuits
from faubourg.rules.governance import meetings
from faubourg.rules.proximity import circuits as proximity

DOCS = Path(__file__).resolve().parent.parent / "docs"
DRAWN = """Drawn from the table of `src/faubourg/rules/{module}.py` by `python tools/draw_path.py`; a test
refuses a drawing that is out of date."""
# One page a table: its file, its title, its module, what to know beside the drawing.
PAGES: dict[str, tuple[str, str, Callable[[], str], str]] = {
    "neighbourhood-path.md": (
        "The path of a neighbourhood",
        "neighbourhood_path",
        neighbourhood_path.diagram,
        """ « texte cité » marks the acts that have to cite a law or a decree
(loi n° 2014-173, art. 5).

What is loaded needs no act: a neighbourhood that stands on the list of 2024 is *actif* when its code ends in
I, *ajusté* when it ends in M, *entrant* when it ends in N, and the page says that this is derived.
""",
    ),
    "annual-report.md": (
        "The path of an annual report",
        "annual_report",
        annual_report.diagram,
        """ Décret n° 2015-1118 du 3 septembre 2015.

A consultation closes once everybody answered, or from the day after the last day to answer: one calendar
month at least after the project was sent (what is sent on 31 January is due on 28 February). Who said nothing
is then *réputé favorable*. A project that is taken back is asked about anew, and the month runs anew.
""",
    ),
    "interpellation.md": (
        "The path of an interpellation",
        "interpellation",
        interpellation.diagram,
        """ Loi n° 2017-86 du 27 janvier 2017.

A council or a group submits, never a person: either the contract's team types it for them, and it is public
at once, or somebody with an account does, and the team reads it first. It is made public, or sent back with
the reason (a person is named in it, it is no difficulty of a neighbourhood); sent back, its author corrects
it and submits it again. The tracker shows the dates of each step, and no name of a person.
""",
    ),
    "contract-circuit.md": (
        "The circuit of a contract",
        "contract_circuit",
        contract_circuit.diagram,
        """ « acte cité » marks the acts that
name a deliberation, « motif » those that say why, « suit une signature » those that nobody chooses: they
follow from what the parties or an amendment signed. Loi n° 2014-173, art. 6.

What each act asks for besides stands in `rules/contract_signing.py`: every commune before the steering
committee, every mandatory party (or its written, motivated refusal) before *signé*.
""",
    ),
    "convention-circuit.md": (
        "The circuit of a convention",
        "convention_circuit",
        convention_circuit.diagram,
        """ « suit une signature » marks what
nobody chooses: the parties decide it.
""",
    ),
    "meeting.md": (
        "The life of a meeting",
        "governance/meetings",
        meetings.diagram,
        """ « motivé » marks the acts that
say why.

A meeting is convened with an agenda and before it begins; closed once it has begun, and its quorum is then
kept as it was judged; reopened as long as its minutes are not validated. What is convened and moves has to
be convened again.
""",
    ),
}
_SUIT = " « (suit) » marks what nobody chooses: it follows from a clock or from other decisions.\n"
PAGES |= {
    f"calls-{circuit.name}.md": (title, f"calls/circuits/{module}", circuit.diagram, _SUIT)
    for circuit, title, module in (
        (circuits.CALL, "The circuit of a call for projects", "call"),
        (circuits.INTENT, "The circuit of a summary sheet", "intent"),
        (circuits.APPLICATION, "The circuit of an application", "application"),
        (circuits.FUNDER_DECISION, "The circuit of a funder’s decision", "money"),
        (circuits.PAYMENT_CIRCUIT, "The circuit of a payment", "money"),
        (circuits.REPORT_CIRCUIT, "The circuit of a report", "money"),
        (circuits.SITTING, "The circuit of a jury’s sitting", "sitting"),
        (circuits.MICROPROJECT, "The circuit of a residents’ micro-project", "microproject"),
        (circuits.RECOVERY, "The circuit of money asked back", "recovery"),
    )
}
PAGES |= {
    f"proximity-{circuit.name}.md": (title, f"proximity/circuits/{module}", circuit.diagram, _SUIT)
    for circuit, title, module in (
        (proximity.REPORT, "The circuit of a report of a dysfunction", "report"),
        (proximity.WALK, "The circuit of a walk", "walk"),
        (proximity.TFPB, "The circuit of an agreement on the tax rebate", "agreement"),
    )
}


def page(file: str) -> str:
    """The whole page of that file."""
    title, module, diagram, beside = PAGES[file]
    return f"# {title}\n\n{DRAWN.format(module=module)}{beside}\n```mermaid\n{diagram()}```\n"


if __name__ == "__main__":
    for name in PAGES:
        (DOCS / name).write_text(page(name))

"""The sections that the decree asks for, each with the words typed and the facts as a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from faubourg.evaluation.models import AnnualReport

from . import doings, money, situation

Quote = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of ready cells; `empty` says what stands there when there is none."""

    title: str
    headers: list[str]
    rows: list[list[str]]
    numeric: tuple[bool, ...]
    empty: str
    note: str = ""

    @property
    def cells(self) -> list[list[tuple[str, bool]]]:
        """Each row with, for each cell, whether it is a number."""
        return [list(zip(row, self.numeric, strict=True)) for row in self.rows]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Each header, and whether it stands over numbers."""
        return list(zip(self.headers, self.numeric, strict=True))


@dataclass(frozen=True, slots=True)
class Section:
    """`words` is what was typed (lines apart); `word` names its field, empty when nothing is typed there."""

    id: str
    title: str
    words: str = ""
    word: str = ""
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def plain(text: str) -> str:
    """The text as it is: what files take."""
    return text


def sections_of(report: AnnualReport, facts: Mapping[str, Any], quote: Quote = plain) -> list[Section]:
    """Every section in the order of the decree, `quote` marking what is French where it is not read."""
    typed = {
        "orientations": (gettext("Les orientations du contrat"), doings.axis_lines(facts), []),
        "situation": (gettext("La situation des quartiers"), [], [situation.table(facts, quote)]),
        "actions": (
            gettext("Les actions de l’année"),
            doings.action_counts(facts),
            [doings.actions(facts, quote)],
        ),
        "articulation": (gettext("L’articulation avec le renouvellement urbain"), [], []),
        "perspectives": (gettext("Les perspectives et les améliorations"), [], []),
    }
    told = {
        name: Section(name, title, getattr(report, name), name, lines, [Table(*table) for table in tables])
        for name, (title, lines, tables) in typed.items()
    }
    return [
        told["orientations"],
        told["situation"],
        told["actions"],
        *_told_by_facts(facts, quote),
        told["articulation"],
        told["perspectives"],
    ]


def _told_by_facts(facts: Mapping[str, Any], quote: Quote) -> list[Section]:
    """What nobody types: money, commitments, meetings, deliverables, interpellations."""
    # Freezes and cuts have a table of their own when there are any: they are in no total.
    spent = [money.table(facts, quote)] + ([money.events(facts, quote)] if facts["money_events"] else [])
    sections = {
        "argent": (gettext("L’argent de l’année"), spent),
        "engagements": (gettext("Les engagements de droit commun"), [doings.commitments(facts, quote)]),
        "gouvernance": (
            gettext("Réunions, décisions, livrables"),
            [doings.meetings(facts, quote), doings.deliverables(facts, quote)],
        ),
        "interpellations": (gettext("Les interpellations"), [doings.interpellations(facts, quote)]),
    }
    return [
        Section(name, title, tables=[Table(*table) for table in tables])
        for name, (title, tables) in sections.items()
    ]

"""A row of a spreadsheet of dossiers read by role, and what is told of its cells."""

from collections.abc import Mapping, Sequence

from faubourg.base.text import fold
from faubourg.rules.spreadsheet.cells import plain
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import ERROR, Finding

from .import_columns import ImportLayout
from .import_trial import ImportTrial

Row = Sequence[object]
_UNKNOWN = mark("« {text} » n’est pas connu ici. Mots possibles : {words}.")


class Telling:
    """The columns of a sheet and the findings of its dry run."""

    def __init__(self, layout: ImportLayout, trial: ImportTrial) -> None:
        self.layout, self.trial = layout, trial

    def raw(self, row: Row, role: str) -> object:
        """The cell of this role, as the file holds it; None when the column or the cell is missing."""
        column = self.layout.roles.get(role)
        return row[column] if column is not None and column < len(row) else None

    def text(self, row: Row, role: str) -> str:
        """The same as a tidy text."""
        return plain(self.raw(row, role))

    def find(self, rank: int, role: str, code: str, template: str, **params: object) -> None:
        """An error at the cell of this role."""
        self.tell(rank, role, Reason(code, False, template, params))

    def tell(self, rank: int, role: str, reason: Reason, severity: str = ERROR) -> None:
        """A reason at the cell of this role."""
        self.trial.findings.append(Finding(rank, self.layout.roles.get(role, 0), severity, reason))

    def word(self, rank: int, row: Row, role: str, words: Mapping[str, str], default: str) -> str:
        """The value of a word of a list (folded word → value); empty once it was told to be unknown."""
        text = self.text(row, role)
        if not text:
            return default
        if fold(text) not in words:
            told = ", ".join(sorted(words))[:300]
            self.find(rank, role, role, _UNKNOWN, text=text[:60], words=told)
        return words.get(fold(text), "")

"""What the columns and words of a spreadsheet of money are, in French or in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import override

from faubourg.base.text import fold
from faubourg.contracts.models import FundingLine
from faubourg.rules.spreadsheet.cells import plain

OBJECTIVE, LABEL, PLACE, FUNDER, NATURE, ORIGIN, LEVEL, YEAR, AMOUNT, TOTAL, NOTE = (
    "objective", "label", "place", "funder", "nature", "origin", "level", "year", "amount", "total", "note"
)  # fmt: skip
HEADINGS = {
    OBJECTIVE: ("axe ou objectif", "axe", "objectif", "pilier", "axis or objective", "axis"),
    LABEL: ("objet", "intitule", "action", "projet", "libelle", "ligne", "dispositif", "purpose"),
    PLACE: ("code du lieu", "lieu", "territoire", "quartier", "code quartier", "code of the place"),
    FUNDER: ("financeur", "financeurs", "cofinanceur", "funder"),
    NATURE: ("nature", "nature de la depense", "section"),
    ORIGIN: ("origine", "type de credits", "origine des credits", "origin"),
    LEVEL: ("niveau", "statut", "etat", "level"),
    YEAR: ("annee", "exercice", "year"),
    AMOUNT: ("montant", "montant en euros", "somme", "amount"),
    TOTAL: ("total", "total de la ligne", "total ligne", "total of the line"),
    NOTE: ("remarque", "remarques", "commentaire", "observations"),
}
_ROLES = {heading: role for role, headings in HEADINGS.items() for heading in headings}
_YEAR = re.compile(r"^(?:montant |exercice |annee |budget )?((?:19|20)\d\d)(?: eur| euros)?$")
_SEARCHED = 20
# Other words than the labels, as people write them.
OTHER_WORDS = {
    "level": {
        "votee": "voted",
        "attribue": "voted",
        "accorde": "voted",
        "notifiee": "notified",
        "engagee": "committed",
        "versee": "paid",
        "paye": "paid",
        "justifiee": "justified",
        "envisagee": "foreseen",
        "previsionnel": "foreseen",
        "reservee": "reserved",
        "demandee": "requested",
        "sollicite": "requested",
        "gelee": "frozen",
        "annulee": "cancelled",
        "non precise": "unstated",
    },
    "origin": {
        "credits specifiques politique de la ville": "specific",
        "specifique": "specific",
        "credits specifiques": "specific",
        "credits politique de la ville": "specific",
        "p147": "specific",
        "dc": "ordinary",
        "non precise": "unstated",
    },
    "nature": {
        "f": "operating",
        "fonct": "operating",
        "i": "investment",
        "invest": "investment",
        "non precise": "unstated",
    },
}


@dataclass(frozen=True, slots=True)
class MoneyLayout:
    """Where the headings are and what each column holds: a role, or a year."""

    heading: int
    roles: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)

    @property
    def long(self) -> bool:
        """One sum a row, its year in a column."""
        return YEAR in self.roles and AMOUNT in self.roles

    @property
    def lacks(self) -> list[str]:
        """The roles without which nothing can be read."""
        needed = [role for role in (LABEL, FUNDER) if role not in self.roles]
        return needed if self.years or self.long else [*needed, YEAR]


def recognise(rows: Sequence[Sequence[object]]) -> MoneyLayout:
    """The row of headings that says most; an empty layout when none does."""
    found = [_read(rank, row) for rank, row in enumerate(rows[:_SEARCHED])]
    return max(found, key=lambda each: len(each.roles) * 10 + len(each.years), default=MoneyLayout(0))


def _read(rank: int, row: Sequence[object]) -> MoneyLayout:
    layout = MoneyLayout(rank)
    for column, cell in enumerate(row):
        words = fold(plain(cell))
        if year := _YEAR.match(words):
            layout.years.setdefault(column, int(year[1]))
        elif (role := _ROLES.get(words)) and role not in layout.roles:
            layout.roles[role] = column
    return layout


def words_of(
    choices: type[FundingLine.Level | FundingLine.Nature | FundingLine.Origin], kind: str
) -> dict[str, str]:
    """Folded word → value: labels in both languages, values themselves, and what people write."""
    words = dict(OTHER_WORDS[kind])
    for language in ("fr", "en"):
        with override(language):
            words |= {fold(str(label)): value for value, label in choices.choices}
    return words | {value: value for value, _label in choices.choices}

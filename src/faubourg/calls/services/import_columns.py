"""What the columns of a spreadsheet of dossiers are: roles by their French names, sums by funder."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from faubourg.base.text import fold
from faubourg.rules.calls.accounts import ACCOUNTS
from faubourg.rules.spreadsheet.cells import plain

from ..models import Call

HEADINGS = {
    "number": ("numero", "n", "no", "numero du dossier", "n dossier", "reference", "number"),
    "received": ("depose le", "recu le", "date de depot", "date de reception", "submitted on"),
    "applicant": ("porteur", "demandeur", "organisme", "association", "structure", "nom du porteur",
                  "applicant"),
    "siret": ("siret", "numero siret", "n siret"),
    "rna": ("rna", "numero rna", "n rna"),
    "either": ("siret rna", "siret ou rna", "rna ou siret"),
    "kind": ("nature du porteur", "type de porteur", "statut du porteur", "forme juridique"),
    "title": ("titre", "intitule", "titre de l action", "intitule de l action", "action", "projet", "title"),
    "measure": ("mesure", "fiche", "dispositif", "measure"),
    "contract": ("contrat", "contrat de ville", "contract"),
    "budget": ("budget", "budget total", "cout total", "cout du projet", "total des charges"),
    "places": ("quartiers", "quartier", "qpv", "lieux", "codes des quartiers", "territoires",
               "neighbourhoods"),
    "starts_on": ("debut", "date de debut", "du", "commence le", "start"),
    "ends_on": ("fin", "date de fin", "au", "finit le", "end"),
    "years": ("annees demandees", "nombre d annees", "years asked"),
    "signed": ("signe par", "signataire", "signed by"),
    "summary": ("description", "resume", "presentation"),
    "aims": ("objectifs", "objectives", "aims"),
    "needs": ("besoins", "needs"),
    "audience": ("public", "public beneficiaire", "beneficiaires", "audience"),
    "audience_count": ("nombre de beneficiaires", "number of beneficiaries"),
    "means": ("moyens", "means"),
    "partnership": ("partenaires", "partners"),
    "evaluation": ("evaluation",),
}  # fmt: skip
_ROLES = {heading: role for role, headings in HEADINGS.items() for heading in headings}
_ASKED = re.compile(
    r"^(?:(?:montant|subvention|aide|somme) )?(?:demandee?s?|sollicitee?s?|asked)"
    r"(?: (?:a|au|aux|de|of|from))?\b ?"
)
_ALL_FUNDERS = frozenset({"tous les financeurs", "all funders", "total"})
_NATURES = {
    "fonctionnement": "operating", "operating": "operating",
    "investissement": "investment", "investment": "investment",
}  # fmt: skip
_TAIL = re.compile(rf"^(?:(?P<nature>{'|'.join(_NATURES)}) ?)?(?P<year>20\d\d)?$")
_ACCOUNT = re.compile(r"^(\w+)\b")
_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Asks:
    """A column of sums: of which funder, of which nature, for which year."""

    funder: int
    nature: str
    year: int


@dataclass(frozen=True, slots=True)
class ImportLayout:
    """Where the headings are and what each column holds: a role, a sum asked, an account of the budget."""

    heading: int
    roles: dict[str, int] = field(default_factory=dict)
    asked: dict[int, Asks] = field(default_factory=dict)
    accounts: dict[int, str] = field(default_factory=dict)

    @property
    def lacks(self) -> list[str]:
        """The roles without which nothing can be read."""
        found = set(self.roles)
        needed = {
            "title": "title" in found,
            "applicant": bool(found & {"siret", "rna", "either"}),
            "asked": bool(self.asked),
            "budget": "budget" in found or bool(self.accounts),
        }
        return [role for role, there in needed.items() if not there]


def recognise(rows: Sequence[Sequence[object]], call: Call) -> ImportLayout:
    """The row of headings that says most; an empty layout when none does."""
    reader = _Reader(call)
    found = [reader.read(rank, row) for rank, row in enumerate(rows[:_SEARCHED])]
    return max(
        found,
        key=lambda each: len(each.roles) + len(each.asked) + len(each.accounts),
        default=ImportLayout(0),
    )


class _Reader:
    """The headings of one call: its funders, longest name first."""

    def __init__(self, call: Call) -> None:
        self.year = call.year
        names = ((fold(funder.name), funder.pk) for funder in call.funders.all())
        self.funders = sorted(names, key=lambda each: -len(each[0]))

    def read(self, rank: int, row: Sequence[object]) -> ImportLayout:
        layout = ImportLayout(rank)
        for column, cell in enumerate(row):
            words = fold(plain(cell))
            if (role := _ROLES.get(words)) and role not in layout.roles:
                layout.roles[role] = column
            elif account := self._account(plain(cell)):
                layout.accounts[column] = account
            elif (asks := self._asks(words)) and asks not in layout.asked.values():
                layout.asked[column] = asks
        return layout

    def _account(self, text: str) -> str:
        found = _ACCOUNT.match(text)
        return found[1] if found and found[1] in ACCOUNTS else ""

    def _asks(self, words: str) -> Asks | None:
        """« Demandé à Région – fonctionnement 2015 », « Région », « Montant demandé » of the only funder."""
        rest = _ASKED.sub("", words)
        if rest in _ALL_FUNDERS:
            return None
        for name, pk in self.funders:
            if rest == name or rest.startswith(f"{name} "):
                return self._tail(pk, rest[len(name) :].strip())
        alone = rest != words and len(self.funders) == 1
        return self._tail(self.funders[0][1], rest) if alone else None

    def _tail(self, funder: int, rest: str) -> Asks | None:
        found = _TAIL.match(rest)
        if found is None:
            return None
        nature = _NATURES[found["nature"]] if found["nature"] else "operating"
        return Asks(funder, nature, int(found["year"] or self.year))

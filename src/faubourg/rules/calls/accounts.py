"""The accounts of the budget of an action, as the form CERFA 12156*06 lists them.

Codes with an x are the references that the State's services use for a line without an account of its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from ..verdict import mark

FORM = "12156*06"


class Side(StrEnum):
    """Which total an account enters."""

    CHARGES = "charges"
    PRODUCTS = "products"
    IN_KIND_USE = "86"
    IN_KIND_SOURCE = "87"


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the form; `chapter` is the account of two figures that holds it, if any."""

    code: str
    chapter: str
    name: str
    side: Side

    @property
    def is_grant(self) -> bool:
        """A line of chapter 74 names who is asked."""
        return self.chapter == "74"


CHAPTERS = {
    "60": mark("Achats"),
    "61": mark("Services extérieurs"),
    "62": mark("Autres services extérieurs"),
    "63": mark("Impôts et taxes"),
    "64": mark("Charges de personnel"),
    "65": mark("Autres charges de gestion courante"),
    "66": mark("Charges financières"),
    "67": mark("Charges exceptionnelles"),
    "68": mark("Dotations aux amortissements, provisions et engagements"),
    "69": mark("Impôt sur les bénéfices ; participation des salariés"),
    "indirect": mark("Charges indirectes réparties"),
    "70": mark("Ventes de produits finis, marchandises, prestations"),
    "73": mark("Dotations et produits de tarification"),
    "74": mark("Subventions d’exploitation"),
    "75": mark("Autres produits de gestion courante"),
    "76": mark("Produits financiers"),
    "77": mark("Produits exceptionnels"),
    "78": mark("Reprises sur amortissements, dépréciations et provisions"),
    "79": mark("Transfert de charges"),
    "own": mark("Ressources propres"),
    "86": mark("Emplois des contributions volontaires en nature"),
    "87": mark("Contributions volontaires en nature"),
}
_LINES = (
    ("601", "60", mark("Achats de matières et fournitures")),
    ("60x", "60", mark("Autres fournitures")),
    ("613", "61", mark("Locations")),
    ("615", "61", mark("Entretien et réparation")),
    ("616", "61", mark("Primes d’assurance")),
    ("618", "61", mark("Documentation")),
    ("622", "62", mark("Rémunérations intermédiaires et honoraires")),
    ("623", "62", mark("Publicité, publication")),
    ("625", "62", mark("Déplacements, missions")),
    ("62x", "62", mark("Services bancaires, autres")),
    ("631", "63", mark("Impôts et taxes sur rémunération")),
    ("635", "63", mark("Autres impôts et taxes")),
    ("641", "64", mark("Rémunération des personnels")),
    ("645", "64", mark("Charges sociales")),
    ("647", "64", mark("Autres charges de personnel")),
    ("65x", "65", CHAPTERS["65"]),
    ("66x", "66", CHAPTERS["66"]),
    ("67x", "67", CHAPTERS["67"]),
    ("68x", "68", mark("Dotation aux amortissements")),
    ("69x", "69", CHAPTERS["69"]),
    ("chgfixe", "indirect", mark("Charges fixes de fonctionnement")),
    ("fraisfin", "indirect", mark("Frais financiers")),
    ("autchgindirect", "indirect", mark("Autres charges indirectes")),
    ("excprev", "indirect", mark("Excédent prévisionnel")),
    ("70x", "70", CHAPTERS["70"]),
    ("73x", "73", CHAPTERS["73"]),
    ("74etat", "74", mark("État")),
    ("74region", "74", mark("Conseil régional")),
    ("74dep", "74", mark("Conseil départemental")),
    ("74epci", "74", mark("Communauté de communes, d’agglomération ou métropole")),
    ("74com", "74", mark("Commune")),
    ("74orgasoc", "74", mark("Organismes sociaux")),
    ("74fe", "74", mark("Fonds européens")),
    ("74agenceserv", "74", mark("Agence de services et de paiement (emplois aidés)")),
    ("74x", "74", mark("Autres établissements publics")),
    ("74aidespriv", "74", mark("Aides privées (fondations)")),
    ("756", "75", mark("Cotisations")),
    ("758", "75", mark("Dons manuels, mécénat")),
    ("750", "75", CHAPTERS["75"]),
    ("76x", "76", CHAPTERS["76"]),
    ("77x", "77", CHAPTERS["77"]),
    ("789", "78", mark("Report de ressources affectées et non utilisées")),
    ("79x", "79", CHAPTERS["79"]),
    ("insufprevisionnel", "own", mark("Ressources propres affectées au projet, autofinancement")),
    ("860", "86", mark("Secours en nature")),
    ("861", "86", mark("Mise à disposition gratuite de biens et services")),
    ("862", "86", mark("Prestations")),
    ("864", "86", mark("Personnel bénévole")),
    ("870", "87", mark("Bénévolat")),
    ("871", "87", mark("Prestations en nature")),
    ("875", "87", mark("Dons en nature")),
)


def _side(chapter: str) -> Side:
    if chapter in ("86", "87"):
        return Side(chapter)
    return Side.CHARGES if chapter == "indirect" or chapter[0] == "6" else Side.PRODUCTS


ACCOUNTS = {code: Account(code, chapter, name, _side(chapter)) for code, chapter, name in _LINES}
# The level of local authority that a line of chapter 74 stands for: what a local share counts.
LOCAL_LEVELS = {"74com": "commune", "74epci": "epci", "74dep": "departement"}
PUBLIC = frozenset(
    {"74etat", "74region", "74dep", "74epci", "74com", "74orgasoc", "74fe", "74agenceserv", "74x"}
)
# The line of chapter 74 on which each level of funder stands, and the level that each line tells.
GRANT_ACCOUNT = {
    "state": "74etat", "region": "74region", "departement": "74dep", "epci": "74epci", "commune": "74com",
    "social": "74orgasoc", "europe": "74fe", "landlord": "74x", "other": "74x",
}  # fmt: skip
GRANT_LEVEL = {account: level for level, account in GRANT_ACCOUNT.items()} | {
    "74agenceserv": "state",
    "74aidespriv": "other",
}

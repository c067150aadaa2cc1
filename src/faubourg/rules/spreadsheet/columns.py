"""What the columns of a spreadsheet of figures are, recognised by the words of their headings."""

import re

CODE, NAME, INDICATOR, VALUE, VINTAGE, SOURCE, PERIMETER, NOTE, KIND = (
    "code",
    "name",
    "indicator",
    "value",
    "vintage",
    "source",
    "perimeter",
    "note",
    "kind",
)
# Folded headings (lower case, no accent); the longest match wins.
HEADINGS = {
    CODE: (
        "code",
        "code du territoire",
        "code territoire",
        "code insee",
        "insee",
        "siren",
        "code qpv",
        "code commune",
        "code quartier",
        "codgeo",
        "code geo",
        "territory code",
        "qp",
        "code qp",
    ),
    NAME: ("nom", "nom du territoire", "libelle", "territoire", "quartier", "commune", "libgeo", "name"),
    INDICATOR: ("indicateur", "code indicateur", "indicator", "variable"),
    VALUE: ("valeur", "value", "chiffre", "nombre", "resultat"),
    VINTAGE: ("millesime", "annee", "date", "vintage", "year", "annee du millesime"),
    SOURCE: ("source", "sources", "origine"),
    PERIMETER: ("perimetre", "version de perimetre", "version du perimetre", "perimeter"),
    NOTE: ("remarque", "remarques", "commentaire", "commentaires", "note", "notes"),
    KIND: ("nature", "type", "type de territoire", "kind"),
}
_ROLES = {heading: role for role, headings in HEADINGS.items() for heading in headings}
_TRAILING_YEAR = re.compile(r"^(.*\S)[ -]+((?:19|20)\d\d)$")


def role_of(folded: str) -> str:
    """The role of a column by its folded heading, empty when the words say none."""
    return _ROLES.get(folded, "")


def indicator_and_year(folded: str, known: dict[str, str]) -> tuple[str, str]:
    """« taux de pauvrete 2021 » → (code of the indicator, « 2021 »); empty code when none is known so.

    `known`: folded name or code → code.
    """
    if folded in known:
        return known[folded], ""
    if match := _TRAILING_YEAR.match(folded):
        return known.get(match[1].strip(), ""), match[2]
    return "", ""

"""What the loader brought keeps its source's word: nobody adds to it by hand or takes from it."""

from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Alias, Figure, Lineage, Perimeter, Source

LOADED_SOURCE = mark(
    "« {source} » est une source chargée avec Faubourg : rien ne s’y ajoute à la main. Décrivez votre propre "
    "source, ou enregistrez une correction si elle se trompe."
)
LOADED_ROW = mark(
    "Ceci vient d’une source chargée avec Faubourg et ne se retire pas : enregistrez une correction, qui "
    "garde sous les yeux la valeur imprimée et la valeur retenue."
)


def refuse_loaded_source(source: Source) -> None:
    """Raises `Refused` for a source of the loader: what a person brings must not pass for its word."""
    if source.loaded:
        raise Refused(Verdict.no("source_loaded", LOADED_SOURCE, source=source.title))


def refuse_loaded(row: Figure | Perimeter | Alias | Lineage) -> None:
    """Raises `Refused` for a row that the loader brought: it is corrected, never withdrawn."""
    if row.loaded:
        raise Refused(Verdict.no("row_loaded", LOADED_ROW))

"""The cells of a grid, sound: what can be repaired is repaired and said, the rest is refused."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .broken import BrokenGrid
from .lattice import Floats, Ints, Lattice, fitted_lattice

# No square of the coarsest grids (a kilometre, a commune) holds more.
MOST_PEOPLE = 1e6
# Beyond, a grid is that of a country: between its towns nobody is expected in each square.
LARGEST_TOWN = 4_000_000


@dataclass(frozen=True)
class Cells:
    """One row per inhabited cell, all arrays of shape (n,).

    People: inhabitants. Poverty: share of poor people, 0 to 1; income: any unit; NaN where unknown, and at
    least one of the two is known somewhere. Imputed: whether the values are estimates of a larger square.
    """

    lattice: Lattice
    row: Ints
    column: Ints
    people: Floats
    poverty: Floats
    income: Floats
    imputed: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the raster that holds them."""
        return int(self.row.max()) + 1, int(self.column.max()) + 1


def checked_cells(
    x: Floats,
    y: Floats,
    people: Floats,
    *,
    poverty: Floats | None = None,
    income: Floats | None = None,
    imputed: Floats | None = None,
) -> tuple[Cells, tuple[str, ...]]:
    """Cells from the centres and columns of a file, and one French sentence per repair.

    Raises BrokenGrid with one sentence.
    """
    unknown = np.full(len(people), np.nan)
    poverty, income = (unknown if a is None else np.asarray(a, float) for a in (poverty, income))
    flags = np.zeros(len(people)) if imputed is None else np.nan_to_num(np.asarray(imputed, float))
    remarks: list[str] = []
    _refuse_senseless(people, poverty, income)
    poverty = _as_share(poverty, remarks)
    inhabited = np.isfinite(people) & (people > 0) & np.isfinite(x) & np.isfinite(y)
    dropped = int(np.sum(~inhabited & (people != 0)))
    if dropped:
        remarks.append(f"{_cells(dropped)} sans population ou sans place connue : laissés de côté.")
    if not inhabited.any():
        raise BrokenGrid("La grille est vide : aucun carreau habité.")
    income = _as_income(income, remarks)
    columns = [a[inhabited] for a in (x, y, people, poverty, income, flags)]
    columns, doubled = _merged(columns)
    if doubled:
        remarks.append(f"{_cells(doubled)} en double, identiques : comptés une fois.")
    x, y, people, poverty, income, flags = columns
    remarks += _silent(poverty, income)
    lattice, row, column = fitted_lattice(x, y)
    cells = Cells(lattice, row, column, people, poverty, income, flags)
    if len(np.unique(row * cells.shape[1] + column)) < len(row):
        raise BrokenGrid(
            "Deux carreaux différents sont à la même place : la grille mêle deux mailles ou deux dates."
        )
    remarks += _hollow(cells)
    return cells, tuple(remarks)


def _refuse_senseless(people: Floats, poverty: Floats, income: Floats) -> None:
    if not len(people):
        raise BrokenGrid("La grille est vide : aucun carreau.")
    negative = int(np.sum(people < 0))
    if negative:
        raise BrokenGrid(f"Population négative dans {_cells(negative)} : corrigez le fichier.")
    if np.nanmax(people, initial=0.0) > MOST_PEOPLE:
        raise BrokenGrid(
            "Un carreau compte plus d’un million d’habitants : ce n’est pas la bonne colonne de population."
        )
    if np.isinf(people).any() or np.isinf(poverty).any() or np.isinf(income).any():
        raise BrokenGrid("La grille contient des valeurs infinies : corrigez le fichier.")
    if np.nanmin(poverty, initial=0.0) < 0 or np.nanmax(poverty, initial=0.0) > 100:
        raise BrokenGrid("La part de pauvreté sort de 0 à 1 (ou 0 à 100 %) : ce n’est pas la bonne colonne.")


def _as_share(poverty: Floats, remarks: list[str]) -> Floats:
    if np.nanmax(poverty, initial=0.0) <= 1.5:
        return poverty
    remarks.append("La part de pauvreté est donnée en pour cent : elle a été divisée par cent.")
    return poverty / 100


def _as_income(income: Floats, remarks: list[str]) -> Floats:
    senseless = int(np.sum(income <= 0))
    if senseless:
        remarks.append(f"{_cells(senseless)} au revenu nul ou négatif : tenu pour inconnu.")
    return np.where(income > 0, income, np.nan)


def _hollow(cells: Cells) -> list[str]:
    """A published grid leaves out the squares where nobody lives, and does not tell them from lost ones."""
    rows, columns = cells.shape
    if rows * columns > LARGEST_TOWN:
        return []
    empty = np.ones((rows + 2, columns + 2), dtype=np.bool_)
    empty[cells.row + 1, cells.column + 1] = False
    labels, _ = ndimage.label(empty)
    hollow = int(np.sum(empty & (labels != labels[0, 0])))
    return [f"{_cells(hollow)} sans données entre d’autres : comptés sans habitant."] if hollow else []


def _silent(poverty: Floats, income: Floats) -> list[str]:
    silent = int(np.sum(np.isnan(poverty) & np.isnan(income)))
    if silent == len(poverty):
        raise BrokenGrid("Aucun carreau n’a de part de pauvreté ni de revenu : nommez la colonne.")
    if silent:
        return [f"{_cells(silent)} sans revenu ni pauvreté : jugés d’après leurs voisins."]
    return []


def _merged(columns: list[Floats]) -> tuple[list[Floats], int]:
    """Rows said twice word for word, once; places said twice differently are left for a refusal."""
    table = np.nan_to_num(np.column_stack(columns), nan=-1.0)
    _, first = np.unique(table, axis=0, return_index=True)
    doubled = len(table) - len(first)
    return ([a[np.sort(first)] for a in columns] if doubled else columns), doubled


def _cells(count: int) -> str:
    return f"{count} carreau" if count == 1 else f"{count} carreaux"

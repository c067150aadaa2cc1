"""Broken grids: each is mended or refused in one French sentence. The table is the documentation."""

import numpy as np
import pytest

from faubourg.rules.grid import BrokenGrid, candidates_of, checked_cells


def sound(side: int = 6) -> dict[str, np.ndarray]:
    y, x = (a.ravel() * 200.0 for a in np.meshgrid(np.arange(side), np.arange(side), indexing="ij"))
    size = len(x)
    return {"x": x, "y": y, "people": np.full(size, 100.0), "poverty": np.linspace(0, 0.5, size)}


def with_(**changed):
    return sound() | changed


def put(name: str, value: float, at: int = 3) -> dict[str, np.ndarray]:
    column = sound()[name].copy()
    column[at] = value
    return with_(**{name: column})


def repeated(**changed) -> dict[str, np.ndarray]:
    again = {name: np.append(column, column[5]) for name, column in sound().items()}
    for name, value in changed.items():
        again[name][-1] = value
    return again


def shaken() -> dict[str, np.ndarray]:
    return with_(
        x=np.random.default_rng(1).uniform(0, 1_200, 36), y=np.random.default_rng(2).uniform(0, 1_200, 36)
    )


def flat() -> dict[str, np.ndarray]:
    return with_(y=sound()["y"] * 0.6)


REFUSED = [
    ("nothing", {name: column[:0] for name, column in sound().items()}, "est vide"),
    ("nobody", with_(people=np.zeros(36)), "aucun carreau habité"),
    ("negative people", put("people", -4), "Population négative dans 1 carreau "),
    ("more people than a square holds", put("people", 2e6), "plus d’un million"),
    ("infinite people", put("people", np.inf), "plus d’un million"),
    ("infinite poverty", put("poverty", np.inf), "valeurs infinies"),
    ("poverty out of range", put("poverty", 140), "sort de 0 à 1"),
    ("negative poverty", put("poverty", -0.2), "sort de 0 à 1"),
    ("no measure", with_(poverty=np.full(36, np.nan)), "nommez la colonne"),
    ("another cell at the same place", repeated(people=7), "à la même place"),
    ("scattered points", shaken(), "maille carrée régulière"),
    ("oblong cells", flat(), "maille carrée régulière"),
    ("two cells", {name: column[:2] for name, column in sound().items()}, "moins de quatre carreaux"),
    ("one cell at the end of the world", put("x", 2e11, at=0), "trop étendue"),
]
MENDED = [
    ("NaN people", put("people", np.nan), 35, "laissés de côté"),
    ("nobody in one cell", put("people", 0), 35, None),
    ("NaN place", put("x", np.nan), 35, "sans place connue"),
    ("NaN poverty", put("poverty", np.nan), 36, "d’après leurs voisins"),
    ("per cent", with_(poverty=sound()["poverty"] * 100), 36, "divisée par cent"),
    ("said twice", repeated(), 36, "comptés une fois"),
    ("a negative income", with_(income=np.where(np.arange(36) == 3, -4.0, 2e4)), 36, "revenu nul ou négatif"),
    (
        "a hole",
        {n: np.delete(c, [14, 15, 20, 21]) for n, c in sound().items()},
        32,
        "4 carreaux sans données entre d’autres",
    ),
    ("a corner is missing", {n: np.delete(c, [0]) for n, c in sound().items()}, 35, None),
]


@pytest.mark.parametrize(("name", "grid", "says"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_in_one_sentence(name, grid, says):
    with pytest.raises(BrokenGrid) as refused:
        checked_cells(**grid)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(("name", "grid", "kept", "says"), MENDED, ids=[case[0] for case in MENDED])
def test_mended_and_said(name, grid, kept, says):
    cells, remarks = checked_cells(**grid)
    assert len(cells.people) == kept
    assert (says is None and not remarks) or says in " ".join(remarks)
    assert np.isfinite(candidates_of(cells).values).all()


def test_an_income_alone_is_enough():
    grid = sound(20)
    income = np.where((grid["x"] < 1_600) & (grid["y"] < 1_600), 9_000.0, 24_000.0)
    cells, _ = checked_cells(grid["x"], grid["y"], grid["people"], income=income)
    (candidate,) = candidates_of(cells).candidates
    assert candidate.people > 5_000


@pytest.mark.parametrize("cut", [0, -1, 1, 28, float("nan")])
def test_a_threshold_is_a_share(cut):
    cells, _ = checked_cells(**sound())
    with pytest.raises(BrokenGrid, match="entre 0 et 1"):
        candidates_of(cells, cut=cut)

"""Severe and lenient jurors: a mark is the quality of a dossier plus the leaning of a juror (least squares).

A juror who gets a batch of good dossiers is not taken for lenient, because the other marks of the same
dossiers say how good they are; z-scores, which compare a juror to himself, would take the merit away.
Qualities compare only between dossiers that a chain of jurors links (`group`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one juror gave one dossier, on the grid's scale."""

    juror: str
    dossier: str
    value: float


@dataclass(frozen=True, slots=True)
class Corrected:
    """A dossier: its raw mean, its mean once leanings are taken away, the standard error of that mean.

    `error` is None when there are not more marks than unknowns: nothing then tells how sure it is. Dossiers
    of different groups share no juror, even by a chain: their qualities do not compare.
    """

    dossier: str
    raw: float
    quality: float
    error: float | None
    marks: int
    group: int


@dataclass(frozen=True, slots=True)
class Leaning:
    """A juror: points given above (+) or below (−) the others of the group, which add up to zero."""

    juror: str
    points: float
    error: float | None
    marks: int
    group: int


@dataclass(frozen=True, slots=True)
class Severity:
    """Dossiers and jurors in the order in which they were met; `groups` is 1 when everything compares."""

    dossiers: tuple[Corrected, ...]
    jurors: tuple[Leaning, ...]
    groups: int


def correct(marks: Iterable[Mark]) -> Severity:
    """Raises ValueError for a mark that is not a finite number."""
    told = tuple(marks)
    values = np.array([mark.value for mark in told], dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("a mark is a finite number")
    jurors, by_juror = _ranks(mark.juror for mark in told)
    dossiers, by_dossier = _ranks(mark.dossier for mark in told)
    if not told:
        return Severity((), (), 0)
    counts = np.zeros((len(dossiers), len(jurors)))
    np.add.at(counts, (by_dossier, by_juror), 1.0)
    groups = _groups(counts)
    fit = _fit(values, by_juror, by_dossier, counts, len(set(groups.tolist())))
    marked, seen = counts.sum(axis=1), counts.sum(axis=0)
    raw = np.bincount(by_dossier, values) / marked
    of_dossier = groups[counts.argmax(axis=1)]
    return Severity(
        tuple(
            Corrected(
                name, float(raw[i]), float(fit.quality[i]), _at(fit.of_quality, i),
                int(marked[i]), int(of_dossier[i]),
            )
            for i, name in enumerate(dossiers)
        ),
        tuple(
            Leaning(name, float(fit.leaning[j]), _at(fit.of_leaning, j), int(seen[j]), int(groups[j]))
            for j, name in enumerate(jurors)
        ),
        len(set(groups.tolist())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fit:
    quality: Floats
    leaning: Floats
    of_quality: Floats | None
    of_leaning: Floats | None


def _fit(
    values: Floats, by_juror: NDArray[np.intp], by_dossier: NDArray[np.intp], counts: Floats, groups: int
) -> _Fit:
    """The dossiers are eliminated first: what is left is as small as the jury, however many dossiers."""
    marked = counts.sum(axis=1)
    shares = counts / marked[:, None]
    normal = np.diag(counts.sum(axis=0)) - counts.T @ shares
    # The pseudo-inverse picks, in each group, the leanings that add up to zero.
    inverse = np.linalg.pinv(normal, rcond=1e-10, hermitian=True)
    means: Floats = np.bincount(by_dossier, values) / marked
    right = np.bincount(by_juror, values - means[by_dossier], minlength=counts.shape[1])
    leaning: Floats = inverse @ right
    quality: Floats = means - shares @ leaning
    left = len(values) - counts.shape[0] - counts.shape[1] + groups
    if left <= 0:
        return _Fit(quality, leaning, None, None)
    residual = values - quality[by_dossier] - leaning[by_juror]
    variance = float(residual @ residual) / left
    spread = np.einsum("ij,jk,ik->i", shares, inverse, shares)
    return _Fit(
        quality,
        leaning,
        np.sqrt(variance * (1 / marked + spread)),
        np.sqrt(variance * np.clip(np.diag(inverse), 0, None)),
    )


def _groups(counts: Floats) -> NDArray[np.intp]:
    """The group of each juror: those whom common dossiers link, numbered in the order of the jurors."""
    reach = (counts.T @ counts > 0) | np.eye(counts.shape[1], dtype=bool)
    while True:
        further = (reach.astype(np.float64) @ reach) > 0
        if (further == reach).all():
            break
        reach = further
    first = reach.argmax(axis=1)
    return np.unique(first, return_inverse=True)[1]


def _ranks(names: Iterable[str]) -> tuple[list[str], NDArray[np.intp]]:
    known: Mapping[str, int]
    listed = list(names)
    known = {name: rank for rank, name in enumerate(dict.fromkeys(listed))}
    return list(known), np.array([known[name] for name in listed], dtype=np.intp)


def _at(errors: Floats | None, rank: int) -> float | None:
    return None if errors is None else float(errors[rank])

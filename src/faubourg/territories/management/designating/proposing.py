"""`faubourg designate propose`: candidate perimeters out of an income grid, as GeoJSON, explained."""

import json
import math
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.core.management import CommandError
from django.core.management.base import OutputWrapper

from faubourg.rules.grid import PRESETS, BrokenGrid, Candidate, Comparison, Proposal, candidates_of, compared
from faubourg.rules.grid.candidates import PROXY

from ...reading.grid import Grid, read_contours, read_grid
from ...reading.grid_columns import Chosen
from .workers import mapper_for

# No urban unit of the hexagon has so large a share of its people in priority neighbourhoods.
WIDE = 0.4


def add_propose(parser: ArgumentParser) -> None:
    """Its options, all with a default that needs no tuning."""
    parser.add_argument("grid", type=Path, metavar="GRID", help="Carreaux : GeoPackage ou Parquet.")
    parser.add_argument("--out", type=Path, required=True, help="GeoJSON à écrire, en longitude et latitude.")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="hexagon", help="Règles de population.")
    parser.add_argument("--threshold", type=float, help="Part de personnes pauvres, 0 à 1 ; sinon trouvée.")
    parser.add_argument("--layer", default="", help="Couche des carreaux ; sinon trouvée.")
    for name, what in (
        ("people", "Colonne des habitants."),
        ("poverty", "Colonne de la part de pauvreté."),
        ("income", "Colonne du revenu, quand la pauvreté n’y est pas."),
        ("imputed", "Colonne des carreaux estimés."),
    ):
        parser.add_argument(f"--{name}-column", default="", help=what)
    parser.add_argument("--crs", default="", help="Système de coordonnées, quand le fichier ne le dit pas.")
    parser.add_argument("--compare", type=Path, help="Fichier des contours officiels.")
    parser.add_argument("--compare-layer", default="qpvs", help="Sa couche.")
    parser.add_argument(
        "--dask", metavar="ADDRESS", help="Ordonnanceur Dask : fenêtres et contours y sont répartis."
    )
    parser.add_argument("--json", action="store_true", help="Réponse pour un logiciel.")


def propose(options: dict[str, Any], out: OutputWrapper) -> None:
    """Reads, judges, writes the file, tells; one sentence when the grid is broken."""
    target = _writable(Path(options["out"]), [options["grid"], options["compare"]])
    try:
        chosen = Chosen(
            options["layer"],
            options["people_column"],
            options["poverty_column"],
            options["income_column"],
            options["imputed_column"],
            options["crs"],
        )
        grid = read_grid(Path(options["grid"]), chosen)
        preset = PRESETS[options["preset"]]
        with mapper_for(options["dask"]) as mapper:
            proposal = candidates_of(grid.cells, preset=preset, cut=options["threshold"], mapper=mapper)
        against = _comparison(options, grid, proposal)
    except BrokenGrid as error:
        raise CommandError(str(error)) from error
    _write(target, grid, proposal)
    if options["json"]:
        out.write(json.dumps(_as_data(grid, proposal, against), ensure_ascii=False))
    else:
        _tell(out, grid, proposal, against)


def _writable(path: Path, read: list[Path | None]) -> Path:
    """Told before a long work rather than after it."""
    if not path.parent.is_dir():
        raise CommandError(f"Le dossier {path.parent} n’existe pas : créez-le, ou changez --out.")
    if path.is_dir():
        raise CommandError(f"{path} est un dossier : donnez à --out le nom d’un fichier.")
    if any(one is not None and path.resolve() == Path(one).resolve() for one in read):
        raise CommandError("Le fichier à écrire est celui qu’on lit : donnez un autre nom à --out.")
    return path


def _remarks(grid: Grid, proposal: Proposal, against: Comparison | None) -> list[str]:
    """What was mended, and what looks wrong in the answer."""
    told = list(grid.remarks)
    held = sum(candidate.people for candidate in proposal.candidates) / grid.cells.people.sum()
    if held > WIDE:
        told.append(
            f"Les candidats couvrent {100 * held:.0f} % des habitants : vérifiez les règles (--preset "
            "overseas outre-mer) ou élevez le seuil (--threshold)."
        )
    if against and math.isnan(against.recall):
        told.append(
            "Personne de la grille ne vit dans les contours officiels : vérifiez que c’est la même ville, "
            "et les systèmes de coordonnées (--crs)."
        )
    return told


def _comparison(options: dict[str, Any], grid: Grid, proposal: Proposal) -> Comparison | None:
    if options["compare"] is None:
        return None
    contours = read_contours(Path(options["compare"]), options["compare_layer"], grid.crs)
    return compared(proposal.pieces, (proposal.labels > 0).astype(np.float64), contours)


def _write(path: Path, grid: Grid, proposal: Proposal) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(grid.to_degrees(candidate.outline)),
            "properties": _properties(candidate),
        }
        for candidate in proposal.candidates
    ]
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_text(
            json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False),
            encoding="utf-8",
        )
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"Impossible d’écrire {path} : {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _properties(candidate: Candidate) -> dict[str, Any]:
    told = {name: value for name, value in asdict(candidate).items() if name != "outline"}
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in told.items()}
    return rounded | {"label": PROXY, "proxy": True}


def _as_data(grid: Grid, proposal: Proposal, against: Comparison | None) -> dict[str, Any]:
    found = {
        "proxy": True,
        "label": PROXY,
        "threshold": proposal.cut,
        "town_poverty": proposal.town_poverty,
        "cell_size": grid.cells.lattice.size,
        "cells": len(grid.cells.people),
        "people": float(grid.cells.people.sum()),
        "remarks": _remarks(grid, proposal, against),
        "candidates": [_properties(candidate) for candidate in proposal.candidates],
    }
    if against:
        told = asdict(against)
        found |= {key: None if math.isnan(value) else value for key, value in told.items()}
    return found


def _tell(out: OutputWrapper, grid: Grid, proposal: Proposal, against: Comparison | None) -> None:
    for remark in _remarks(grid, proposal, against):
        out.write(f"Remarque : {remark}")
    out.write(
        f"{len(grid.cells.people)} carreaux de {grid.cells.lattice.size:.0f} m, "
        f"{100 * proposal.town_poverty:.1f} % de personnes pauvres ; seuil retenu {100 * proposal.cut:.1f} %."
    )
    out.write(PROXY)
    for candidate in proposal.candidates:
        out.write(f"  {candidate.rank}. [{candidate.score:.2f}] {candidate.explanation}")
    if not proposal.candidates:
        out.write("Aucun lieu continu n’atteint à la fois le seuil et la population demandée.")
    if against:
        out.write(
            f"population_iou {against.population_iou:.3f} · recall {against.recall:.3f} · "
            f"precision {against.precision:.3f} · found {against.found}/{against.official}"
        )

"""A million points located on one core: `python benchmarks/locate.py [--points N]`.

Points a second from CSV to CSV (in this process, then the command as one types it), in memory against the
QPV and against the communes, and with distances; the same counts are asked of a naive loop (one point, every
shape near it) on a sample of the points.
The real data are loaded first into a temporary SQLite unless `FAUBOURG_HOME` names an installation.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# One core: before anything starts its threads.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("FAUBOURG_HOME", tempfile.mkdtemp(prefix="faubourg-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.site.settings")

import django

django.setup()

import numpy as np
import shapely
from django.core.management import call_command
from numpy.typing import NDArray

from faubourg.territories.locating.columns import Asked, choose
from faubourg.territories.locating.distance import CAP, Nearest
from faubourg.territories.locating.files import Table
from faubourg.territories.locating.layer import Layer
from faubourg.territories.locating.locator import Locator, read_locator
from faubourg.territories.locating.run import locate_file

Floats = NDArray[np.float64]
# The hexagon, then where there are contours: Toulouse, Lille, the Puy-de-Dôme.
BOXES = ((-4, 42.5, 8, 51), (1.2, 43.4, 1.7, 43.8), (2.7, 50.4, 3.4, 50.8), (2.4, 45.3, 4, 46.2))
SAMPLE = 20_000
PROMISED = 200_000
# Beyond this many times its own seconds, a step has waited.
WAITED = 1.1


def points(count: int) -> tuple[Floats, Floats]:
    """The same at each run: a quarter over each box, mixed."""
    random = np.random.default_rng(2024)
    parts = [
        random.uniform((west, south), (east, north), (count // len(BOXES), 2))
        for west, south, east, north in BOXES
    ]
    lon, lat = random.permutation(np.vstack(parts)).round(6).T
    return lon, lat


def timed(name: str, count: int, work: Callable[[], object]) -> float:
    """Points a second of clock; beside it of the core's own time, and what the rest was waited for."""
    before, start, spent = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter(), time.process_time()
    work()
    clock, own = time.perf_counter() - start, time.process_time() - spent
    after = resource.getrusage(resource.RUSAGE_SELF)
    print(f"  {name:48} {count / clock:12,.0f} /s of clock {count / own:12,.0f} /s of CPU")
    if clock > WAITED * own:
        taken, waits = after.ru_nivcsw - before.ru_nivcsw, after.ru_nvcsw - before.ru_nvcsw
        print(
            f"    waited {clock - own:.1f} s of {clock:.1f}: the core went to others {taken} times, "
            f"{waits} waits of our own (disk, locks)"
        )
    return count / clock


def naive(shapes: list[shapely.Geometry], lon: Floats, lat: Floats) -> int:
    """How many points some shape holds, asked one by one as one writes it first."""
    boxes = [shape.bounds for shape in shapes]
    held = 0
    for x, y in zip(lon.tolist(), lat.tolist(), strict=True):
        point = shapely.Point(x, y)
        held += any(
            west <= x <= east and south <= y <= north and shape.intersects(point)
            for shape, (west, south, east, north) in zip(shapes, boxes, strict=True)
        )
    return held


def against(name: str, layer: Layer, lon: Floats, lat: Floats) -> None:
    """In memory, and the naive loop on the first points; both must count the same."""
    layer.holding(lon[:1000], lat[:1000])
    ours = timed(f"in memory, {name}", len(lon), lambda: layer.holding(lon, lat))
    x, y = lon[:SAMPLE], lat[:SAMPLE]
    counted: list[int] = []
    theirs = timed(f"  naive loop, {name}", len(x), lambda: counted.append(naive(layer.shapes, x, y)))
    count = int((layer.holding(x, y).sets > 0).sum())
    same = "identical" if count == counted[0] else f"DIFFERENT ({counted[0]:,})"
    print(f"    {count:,} inside among {len(x):,}, {same}; {ours / theirs:,.0f} times the naive loop")


def distances(shapes: list[shapely.Geometry], lon: Floats, lat: Floats) -> None:
    """The option alone, then the same from whole polygons in Lambert-93, on the points that are near."""
    nearest = Nearest(shapes)
    found = nearest.to(lon, lat)
    timed("distance to the nearest QPV, every point", len(lon), lambda: nearest.to(lon, lat))
    near = np.flatnonzero(found.metres < CAP)
    x, y = lon[near], lat[near]
    timed("distance, only points nearer than 2 km", len(near), lambda: nearest.to(x, y))


def whole(lon: Floats, lat: Floats, locator: Locator, title: str) -> None:
    """From CSV to CSV."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "points.csv", Path(folder) / "out.csv"
        with source.open("w") as file:
            file.write("id,lon,lat\n")
            file.writelines(
                f"{rank},{x:.6f},{y:.6f}\n"
                for rank, (x, y) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True))
            )

        def run() -> None:
            with Table(source) as table:
                locate_file(table, target, locator=locator, choice=choose(table.headers))

        rate = timed(title, len(lon), run)
        if "distance" not in title:
            promise(rate)
            command(source, target, len(lon))


def promise(rate: float) -> None:
    """Says whether the promise holds, by the clock."""
    print(
        f"    {'held' if rate >= PROMISED else 'NOT HELD'}: {PROMISED:,} points/s on one core, by the clock"
    )


def command(source: Path, target: Path, count: int) -> None:
    """`faubourg locate` as one types it, in a new process on the same core: start and contours included.

    Run once before on one point, so that its modules are compiled, as those of an installation are.
    """
    words = [sys.executable, str(ROOT / "manage.py"), "locate", str(source), "--out", str(target)]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(target.parent / "compiled")}
    environment = os.environ | compiled

    def run() -> str:
        done = subprocess.run(words, check=True, capture_output=True, text=True, env=environment)
        return done.stdout.splitlines()[0]

    points = source.read_bytes()
    source.write_bytes(b"".join(points.splitlines(keepends=True)[:2]))
    run()
    source.write_bytes(points)
    start, before = time.perf_counter(), os.times()
    told = run()
    clock, after = time.perf_counter() - start, os.times()
    own = after.children_user + after.children_system - before.children_user - before.children_system
    name = "the whole command, start included"
    print(f"  {name:48} {count / clock:12,.0f} /s of clock {count / own:12,.0f} /s of CPU")
    print(f"    it says: {told}")
    promise(count / clock)


def main() -> None:
    """Loads what is missing, then measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    count = parser.parse_args().points
    call_command("migrate", verbosity=0)
    call_command("load")
    lon, lat = points(count)
    print(f"{len(lon):,} points, one core")
    start = time.perf_counter()
    locator, with_distance = read_locator(Asked()), read_locator(Asked(distance=True))
    print(f"  contours read and indexed, twice: {time.perf_counter() - start:.1f} s")
    whole(lon, lat, locator, "CSV to CSV: QPV 2015 and 2024, commune, EPCI")
    whole(lon, lat, with_distance, "CSV to CSV, with the distance")
    qpv = locator.versions[0].layer
    against(f"{len(qpv.shapes)} QPV", qpv, lon, lat)
    against(f"{len(locator.communes.shapes):,} communes", locator.communes, lon, lat)
    distances(qpv.shapes, lon, lat)


if __name__ == "__main__":
    main()

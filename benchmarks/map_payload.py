"""Bytes, CPU and SQL of the map of a town, `/carte/donnees.json`: `python -m benchmarks.map_payload`.

Under 100 KB and 50 ms, median `process_time` of 20 warm in-process requests. The last column is the naive
baseline: every contour of the frame sent as it is stored, points left aside.
"""

import json
import os
import statistics
import time

FRAMES = {
    "Clermont-Ferrand": "2.93,45.68,3.28,45.88",
    "Toulouse": "1.24,43.50,1.64,43.70",
    "Lille": "2.84,50.52,3.28,50.74",
    "Paris": "2.10,48.75,2.60,48.95",
    "France": "-5.2,41.3,9.6,51.1",
}
REQUESTS = 20


def corners(box: str) -> tuple[float, float, float, float]:
    """West, south, east, north."""
    west, south, east, north = (float(edge) for edge in box.split(","))
    return west, south, east, north


def raw_bytes(box: tuple[float, float, float, float], kinds: tuple[str, ...]) -> int:
    """What sending everything as it is stored would weigh."""
    import shapely
    from shapely.geometry import mapping

    from faubourg.territories.geo import contour_index

    found = contour_index().within(box, [*kinds, "administrative"])
    return sum(len(json.dumps(mapping(shapely.make_valid(contour.geometry)))) for contour in found)


def main() -> None:
    """Prints one line a frame, zoom and generation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from faubourg.site.queries.map_points import PERIMETERS

    client = Client(SERVER_NAME="localhost")
    print(f"{connection.vendor}: frame, zoom, generation, bytes, CPU ms, SQL, bytes if sent raw")
    for name, box in FRAMES.items():
        for zoom in (6,) if name == "France" else (11, 12, 14):
            for generation, kinds in PERIMETERS.items():
                query: dict[str, str | bytes | int] = {
                    "bbox": box,
                    "zoom": zoom,
                    "generation": generation,
                    "couches": "quartiers,contrats,communes",
                }
                answer = client.get("/carte/donnees.json", query)
                with CaptureQueriesContext(connection) as asked:
                    client.get("/carte/donnees.json", query)
                queries = len(asked)
                spent = []
                for _ in range(REQUESTS):
                    begun = time.process_time()
                    client.get("/carte/donnees.json", query)
                    spent.append((time.process_time() - begun) * 1000)
                size, raw = len(answer.content), raw_bytes(corners(box), kinds)
                over = (
                    "  OVER" if name != "France" and (size > 100_000 or statistics.median(spent) > 50) else ""
                )
                print(
                    f"{name:18} {zoom:2} {generation} {size:7,} B {statistics.median(spent):5.1f} ms "
                    f"{queries:2} SQL {raw:10,} B raw ({raw / size:.0f}x){over}"
                )


if __name__ == "__main__":
    main()

"""What is public of perimeters, as GeoJSON (RFC 7946): each feature says its vintage, source and licence."""

import json
from collections.abc import Iterable
from typing import Any

from ..models import Perimeter


def feature_collection(perimeters: Iterable[Perimeter]) -> dict[str, Any]:
    """A FeatureCollection of the perimeters that are not withdrawn, in the order given.

    A perimeter without contour has a null geometry: the status existed, its outline is not published.
    Pass them with `territory` and `source` selected. Coordinates are WGS 84 degrees, longitude first.
    """
    shown = [perimeter for perimeter in perimeters if perimeter.withdrawn_at is None]
    sources = {perimeter.source_id: perimeter.source for perimeter in shown}
    return {
        "type": "FeatureCollection",
        "features": [_feature(perimeter) for perimeter in shown],
        "sources": [
            {
                "id": slug,
                "title": s.title,
                "publisher": s.publisher,
                "vintage": s.vintage,
                "licence": s.licence,
            }
            for slug, s in sorted(sources.items())
        ],
    }


def _feature(perimeter: Perimeter) -> dict[str, Any]:
    territory, source = perimeter.territory, perimeter.source
    feature: dict[str, Any] = {
        "type": "Feature",
        "id": perimeter.pk,
        "geometry": json.loads(perimeter.outline) if perimeter.outline else None,
        "properties": {
            "territory_kind": territory.kind,
            "territory_code": territory.code,
            "code_origin": territory.code_origin,
            "name": territory.name,
            "kind": perimeter.kind,
            "perimeter_code": perimeter.code,
            "valid_from": perimeter.valid_from and perimeter.valid_from.isoformat(),
            "valid_to": perimeter.valid_to and perimeter.valid_to.isoformat(),
            "legal_reference": perimeter.legal_reference,
            "note": perimeter.note,
            "repaired": perimeter.repaired,
            "vintage": source.vintage,
            "source": source.title,
            "publisher": source.publisher,
            "licence": source.licence,
        },
    }
    if perimeter.outline:
        feature["bbox"] = [perimeter.west, perimeter.south, perimeter.east, perimeter.north]
    return feature

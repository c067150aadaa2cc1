"""The reports of an area as files for everybody: CSV and GeoJSON, written as they are read."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.rules.proximity.circuits import REPORT

from ..models import Area
from ..queries.public_file import PublicReport, public_reports
from .finding import asked_area


@require_safe
def area_csv(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/signalements.csv`"""
    area = asked_area(code)
    headers = [
        _("Référence"), _("Catégorie"), _("Thème"), _("État"), _("Texte public"), _("Motif public"),
        _("Longitude"), _("Latitude"), _("Code du quartier"), _("Quartier"), _("Qui répond"),
        _("Signalé le"), _("À traiter avant le"), _("Prévu le"), _("Déclaré fait le"), _("Clos le"),
        _("Réouvertures"), _("De nuit"), _("Même problème que"),
    ]  # fmt: skip
    said = [_("Positions arrondies selon leur précision ; aucune donnée personnelle.")]
    lines = tables.csv_lines(headers, map(_row, public_reports(area)), title=area.name, caption_lines=said)
    return _file(lines, tables.MEDIA_TYPES["csv"], area, "csv")


@require_safe
def area_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/signalements.geojson`; without a point, `geometry` is null."""
    area = asked_area(code)
    return _file(_features(public_reports(area)), "application/geo+json", area, "geojson")


def _file(content: Iterator[bytes], media_type: str, area: Area, suffix: str) -> HttpResponse:
    response: Any = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="signalements-{area.code}.{suffix}"'
    return response


def _row(one: PublicReport) -> list[object]:
    lon, lat = one.point or (None, None)
    return [
        one.reference, one.category_name, one.theme, _(REPORT.states[one.state]), one.text, one.reason,
        lon, lat, one.neighbourhood, one.neighbourhood_name, one.partner, one.reported_on, one.due_on,
        one.planned_on, one.done_on, one.closed_on, one.reopened, one.by_night, one.original,
    ]  # fmt: skip


def _features(reports: Iterator[PublicReport]) -> Iterator[bytes]:
    before = '{"type":"FeatureCollection","features":[\n'
    for one in reports:
        told = one._asdict()
        point = told.pop("point")
        told = {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}
        geometry = {"type": "Point", "coordinates": list(point)} if point else None
        feature = {"type": "Feature", "geometry": geometry, "properties": told}
        yield (before + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))).encode()
        before = ",\n"
    yield b"\n]}\n" if before.startswith(",") else f"{before}]}}\n".encode()

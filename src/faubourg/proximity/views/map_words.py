"""Where the maps of the settings open, their basemap, and what they say in the reader's language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import Area
from ..queries.land_map import frame_of


def map_context(area: Area) -> dict[str, Any]:
    """What `proximity/areas/map.html` and its script read."""
    return {
        "frame": [round(edge, 5) for edge in frame_of(area)],
        "basemap_url": settings.BASEMAP_URL,
        "basemap_attribution": settings.BASEMAP_ATTRIBUTION,
        "words": {
            "kinds": {},
            "zoom_in": _("Zoomer"),
            "zoom_out": _("Dézoomer"),
            "failed": _("Les contours n’arrivent pas. Le tableau dit la même chose."),
            "vertex": _("Point {n} sur {count} : flèches pour le déplacer, Suppr pour l’enlever"),
            "middle": _("Ajouter un point ici"),
            "count": _("{count} points"),
            "empty": _("Aucun point pour l’instant."),
        },
    }

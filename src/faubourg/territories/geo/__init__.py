"""Geography in memory: contours found by box or point, drawn for a zoom, clustered, said as GeoJSON."""

from .clusters import Cluster, clusters_of
from .contours import Contour, ContourIndex, contour_index
from .geojson import feature_collection

__all__ = ["Cluster", "Contour", "ContourIndex", "clusters_of", "contour_index", "feature_collection"]

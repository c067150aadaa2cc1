"""Addresses of the boards, the map, the statistics and what goes out of an area."""

from django.urls import path

from ..views import area_files, area_map

AREA = "proximite/<slug:code>/"
urlpatterns = [
    path(f"{AREA}carte/", area_map.area_map, name="area_map"),
    path(f"{AREA}carte/donnees.json", area_map.area_map_data, name="area_map_data"),
    path(f"{AREA}signalements.csv", area_files.area_csv, name="area_csv"),
    path(f"{AREA}signalements.geojson", area_files.area_geojson, name="area_geojson"),
]

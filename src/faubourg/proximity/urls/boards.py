"""Addresses of the boards, the map, the statistics and what goes out of an area."""

from django.urls import path

from ..views import alerts, area_files, area_map, boards, figures, life

AREA = "proximite/<slug:code>/"
urlpatterns = [
    path(f"{AREA}carte/", area_map.area_map, name="area_map"),
    path(f"{AREA}carte/donnees.json", area_map.area_map_data, name="area_map_data"),
    path(f"{AREA}signalements.csv", area_files.area_csv, name="area_csv"),
    path(f"{AREA}signalements.geojson", area_files.area_geojson, name="area_geojson"),
    path(f"{AREA}signalements.atom", boards.area_feed, name="area_feed"),
    path(f"{AREA}signalements.rss", boards.area_rss, name="area_rss"),
    path(f"{AREA}avant-apres/", boards.area_gallery, name="area_gallery"),
    path(f"{AREA}chiffres/", figures.area_figures, name="area_figures"),
    path(f"{AREA}alertes/", alerts.area_alerts, name="area_alerts"),
    path("quartiers/<str:code>/vie/", life.neighbourhood_life, name="neighbourhood_life"),
    path("alertes/<str:key>/", alerts.area_alert, name="area_alert"),
]

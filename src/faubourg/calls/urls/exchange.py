"""Addresses of what leaves and enters as files."""

from django.urls import path

from ..views import open_data

urlpatterns = [
    path("donnees/", open_data.open_data, name="open_data"),
    path("donnees/subventions-publiees/", open_data.published_grants, name="published_grants"),
    path("donnees/subventions.csv", open_data.grants_scdl, name="grants_scdl"),
    path("donnees/subventions-360.json", open_data.grants_360, name="grants_360"),
    path("appels/<slug:code>/subventions.csv", open_data.grants_scdl, name="call_scdl"),
    path("appels/<slug:code>/subventions-360.json", open_data.grants_360, name="call_360"),
]

"""Addresses of the room `territories`."""

from django.urls import path

from .views import lists, sources

urlpatterns = [
    path("quartiers/", lists.neighbourhoods, name="neighbourhoods"),
    path("communes/", lists.communes, name="communes"),
    path("epci/", lists.epcis, name="epcis"),
    path("departements/", lists.departements, name="departements"),
    path("regions/", lists.regions, name="regions"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
]

"""The root of every address: the only place that composes rooms."""

from django.urls import include, path
from django.views.i18n import set_language

from .api import api
from .views import api_home, errors, health, home, locate, map, map_reports, pages, places, search

urlpatterns = [
    path("", home.home, name="home"),
    path("recherche/", search.search, name="search"),
    path("carte/", map.map_page, name="map"),
    path("carte/donnees.json", map.map_data, name="map_data"),
    path("carte/signalements.json", map_reports.map_reports, name="map_reports"),
    path("outils/localiser/", locate.locate, name="locate"),
    path("outils/localiser/<uuid:parcel>/", locate.locate_file, name="locate_file"),
    path("outils/localiser/<uuid:parcel>/resultat/", locate.locate_result, name="locate_result"),
    path("outils/localiser/<uuid:parcel>/effacer/", locate.locate_discard, name="locate_discard"),
    path("sante/", health.health, name="health"),
    path("langue/", set_language, name="set_language"),
    path("affichage/", pages.set_theme, name="set_theme"),
    path("a-propos/", pages.about, name="about"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("style/", pages.style, name="style"),
    path("api/", api_home.api_home, name="api_home"),
    path("api/", api.urls),
    path("quartiers/<str:code>/", places.neighbourhood, name="neighbourhood"),
    path("communes/<str:code>/", places.commune, name="commune"),
    path("epci/<str:code>/", places.epci, name="epci"),
    path("ept/<str:code>/", places.ept, name="ept"),
    path("departements/<str:code>/", places.departement, name="departement"),
    path("regions/<str:code>/", places.region, name="region"),
    path("unites-urbaines/<str:code>/", places.urban_unit, name="urban_unit"),
    path("compte/", include("allauth.urls")),
    path("", include("faubourg.base.urls")),
    path("", include("faubourg.people.urls")),
    path("", include("faubourg.territories.urls")),
    path("", include("faubourg.evaluation.urls")),
    path("", include("faubourg.calls.urls")),
    path("", include("faubourg.proximity.urls")),
    path("", include("faubourg.contracts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.server_error

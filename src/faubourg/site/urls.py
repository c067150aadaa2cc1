"""The root of every address: the only place that composes rooms."""

from django.urls import include, path
from django.views.i18n import set_language

from .views import errors, health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("sante/", health.health, name="health"),
    path("langue/", set_language, name="set_language"),
    path("compte/", include("allauth.urls")),
    path("", include("faubourg.people.urls")),
    path("", include("faubourg.territories.urls")),
    path("", include("faubourg.contracts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.refused
handler404 = errors.not_found
handler500 = errors.server_error

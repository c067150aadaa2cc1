"""Addresses of GeoReport v2, and the page where its keys are managed."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from ..views import open311, open311_keys


class Format(StringConverter):
    """The suffix: which of the two formats is spoken."""

    regex = "xml|json"


register_converter(Format, "open311")

HERE = "open311/v2/"
KEYS = "proximite/<slug:code>/reglages/open311/"
urlpatterns = [
    path("open311/discovery.<open311:form>", open311.open311_discovery, name="open311_discovery"),
    # Some clients look for it beside the rest.
    path(f"{HERE}discovery.<open311:form>", open311.open311_discovery, name="open311_discovery_beside"),
    path(f"{HERE}services.<open311:form>", open311.open311_services, name="open311_services"),
    path(f"{HERE}services/<str:code>.<open311:form>", open311.open311_service, name="open311_service"),
    path(f"{HERE}requests.<open311:form>", open311.open311_requests, name="open311_requests"),
    path(f"{HERE}requests/<str:number>.<open311:form>", open311.open311_request, name="open311_request"),
    path(f"{HERE}tokens/<str:token>.<open311:form>", open311.open311_token, name="open311_token"),
    path("open311/<path:rest>", open311.open311_nowhere, name="open311_nowhere"),
    path(KEYS, open311_keys.area_keys, name="area_keys"),
    path(f"{KEYS}<int:pk>/revoquer/", open311_keys.area_key_revoke, name="area_key_revoke"),
]

"""Addresses of the field notebook: its page, what makes it work without network, its exchanges."""

from django.urls import URLPattern, path

from ..views import notebook, notebook_api, notebook_import

API = "carnet/api/"
urlpatterns: list[URLPattern] = [
    path("sw.js", notebook.notebook_worker, name="notebook_worker"),
    path("carnet/", notebook.notebook, name="notebook"),
    path("carnet/manifeste.webmanifest", notebook.notebook_manifest, name="notebook_manifest"),
    path("carnet/page/<str:language>/", notebook.notebook_page, name="notebook_page"),
    path(API, notebook_api.notebook_start, name="notebook_start"),
    path(f"{API}marches/<int:pk>/", notebook_api.notebook_prepared, name="notebook_prepared"),
    path(f"{API}marches/<int:pk>/notes/", notebook_api.notebook_note, name="notebook_note"),
    path(f"{API}notes/<uuid:client_id>/photos/", notebook_api.notebook_photo, name="notebook_photo"),
    path("carnet/<str:key>/", notebook.notebook, name="notebook_guest"),
    path("marches/<int:pk>/carnet/", notebook_import.notebook_import, name="notebook_import"),
]

"""Addresses of photographs."""

from django.urls import path

from ..views import photos

urlpatterns = [
    path("proximite/<slug:code>/photos/", photos.area_photos, name="area_photos"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/privee/", photos.photo_private, name="photo_private"),
    path("photos/<int:pk>/masquer/", photos.photo_redact, name="photo_redact"),
    path("photos/<int:pk>/retirer/", photos.photo_withdraw, name="photo_withdraw"),
    path("photos/<int:pk>/effacer/", photos.photo_erase, name="photo_erase"),
]

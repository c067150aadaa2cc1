"""Addresses of the room `base`."""

from django.urls import path

from .views import drafts, jobs

urlpatterns = [
    path("brouillons/<str:form_key>/", drafts.draft, name="draft"),
    path("travaux/<uuid:job_id>/", jobs.job, name="job"),
]

"""Addresses of the room `base`."""

from django.urls import path

from .views import drafts, jobs

urlpatterns = [
    path("brouillons/<str:form_key>/", drafts.draft, name="draft"),
    path("brouillons/<str:form_key>/effacer/", drafts.give_up, name="draft_give_up"),
    path("travaux/<uuid:job_id>/", jobs.job, name="job"),
]

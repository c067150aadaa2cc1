"""Addresses of GUP conventions."""

from django.urls import URLPattern, path

from ..views import conventions, entrusted, gup, gup_reviews

AREA = "proximite/<slug:code>/"
ONE = "gup/<int:pk>/"
REVIEW = "gup/bilans/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(f"{AREA}conventions/", conventions.area_conventions, name="area_conventions"),
    path(f"{AREA}conventions/gup/", gup.gup_new, name="gup_new"),
    path(f"{AREA}taches-confiees/", entrusted.area_entrusted, name="area_entrusted"),
    path(f"{AREA}taches-confiees/nouvelle/", entrusted.entrusted_task, name="entrusted_new"),
    path(f"{AREA}taches-confiees/<int:pk>/", entrusted.entrusted_task, name="entrusted_task"),
    path("gup/actions/<int:pk>/", gup.gup_action, name="gup_action"),
    path(REVIEW, gup_reviews.gup_review, name="gup_review"),
    path(f"{REVIEW}bilan.pdf", gup_reviews.gup_review_pdf, name="gup_review_pdf"),
    path(f"{REVIEW}modifier/", gup_reviews.gup_review_edit, name="gup_review_edit"),
    path(f"{REVIEW}publier/", gup_reviews.gup_review_publish, name="gup_review_publish"),
    path(ONE, gup.gup, name="gup"),
    path(f"{ONE}modifier/", gup.gup_edit, name="gup_edit"),
    path(f"{ONE}suivante/", gup.gup_next, name="gup_next"),
    path(f"{ONE}actions/nouvelle/", gup.gup_action_new, name="gup_action_new"),
    path(f"{ONE}bilans/nouveau/", gup_reviews.gup_review_new, name="gup_review_new"),
]

"""Addresses of what residents use to report."""

from django.urls import path

from ..views import own_report

urlpatterns = [
    path("s/<str:key>/", own_report.own, name="report_own"),
]

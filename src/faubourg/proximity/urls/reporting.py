"""Addresses of what residents use to report."""

from django.urls import path

from ..views import own_report, reporting

urlpatterns = [
    path("signaler/", reporting.where, name="report_where"),
    path("signaler/<slug:code>/", reporting.new, name="report_new"),
    path("q/<str:key>/", reporting.spot, name="report_spot"),
    path("s/<str:key>/", own_report.own, name="report_own"),
]

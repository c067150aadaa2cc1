"""Addresses of what residents use to report."""

from django.urls import path

from ..views import letters, own_report, reporting, taking

urlpatterns = [
    path("signaler/", reporting.where, name="report_where"),
    path("signaler/<slug:code>/", reporting.new, name="report_new"),
    path("proximite/<slug:code>/saisir/", taking.take, name="report_take"),
    path("proximite/<slug:code>/courriers/", letters.letters, name="area_letters"),
    path("proximite/<slug:code>/courriers/<int:pk>/lettre.pdf", letters.letter, name="area_letter"),
    path("proximite/<slug:code>/courriers/<int:pk>/fait/", letters.letter_done, name="area_letter_done"),
    path("q/<str:key>/", reporting.spot, name="report_spot"),
    path("s/<str:key>/", own_report.own, name="report_own"),
    path("s/<str:key>/fait/", own_report.say, name="report_say"),
    path("s/<str:key>/rouvrir/", own_report.open_again, name="report_reopen"),
    path("s/<str:key>/silence/", own_report.silence, name="report_silence"),
    path("s/<str:key>/effacer/", own_report.erase, name="report_erase"),
    path("s/<str:key>/photos/<int:pk>/", own_report.photo, name="report_photo"),
]

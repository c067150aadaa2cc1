"""Addresses of the reports and recoveries."""

from django.urls import URLPattern, path

from ..views import (
    recoveries,
    report_acts,
    report_document,
    report_exits,
    report_files,
    report_writing,
    reports,
)

R = "dossiers/<int:pk>/bilan/<int:year>/"

urlpatterns: list[URLPattern] = [
    path("appels/<slug:code>/bilans/", reports.call_reports, name="call_reports"),
    path("appels/<slug:code>/bilans/rappels/", reports.call_reports_catch_up, name="call_reports_catch_up"),
    path("mes-bilans/", reports.my_reports, name="my_reports"),
    path(R, reports.report, name="report"),
    path(f"{R}ecrire/<slug:page>/", report_writing.report_write, name="report_write"),
    path(f"{R}fichiers/", report_files.report_files_page, name="report_files"),
    path(f"{R}fichiers/<int:file_pk>/", report_files.report_file, name="report_file"),
    path(f"{R}fichiers/<int:file_pk>/changer/", report_files.report_file_change, name="report_file_change"),
    path(f"{R}remettre/", report_writing.report_hand_in, name="report_hand_in"),
    path(f"{R}non-realisation/", report_exits.report_not_done, name="report_not_done"),
    path(f"{R}dates/", report_exits.report_new_dates, name="report_new_dates"),
    path(f"{R}15059.pdf", report_document.report_pdf, name="report_pdf"),
    path(f"{R}15059.<slug:fmt>", report_document.report_table, name="report_table"),
    path(f"{R}actes/<slug:act>/", report_acts.report_act, name="report_act"),
    path("reversements/<int:pk>/", recoveries.recovery, name="recovery"),
    path("reversements/<int:pk>/<slug:act>/", recoveries.recovery_act, name="recovery_act"),
]

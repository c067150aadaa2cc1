"""Addresses of the room `evaluation`: the annual reports of a contract."""

from django.urls import path

from .views import consultation, files, reports, writing

REPORT = "contrats/<str:code>/rapports/<int:year>/"
urlpatterns = [
    path("contrats/<str:code>/rapports/", reports.annual_reports, name="annual_reports"),
    path("contrats/<str:code>/rapports/ouvrir/", reports.annual_report_open, name="annual_report_open"),
    path(REPORT, reports.annual_report, name="annual_report"),
    path(f"{REPORT}ecrire/", writing.annual_report_write, name="annual_report_write"),
    path(f"{REPORT}soumettre/", consultation.annual_report_send, name="annual_report_send"),
    path(f"{REPORT}reprendre/", consultation.annual_report_take_back, name="annual_report_take_back"),
    path(f"{REPORT}avis/<int:pk>/", consultation.annual_report_opinion, name="annual_report_opinion"),
    path(f"{REPORT}avis/<int:pk>/document/", reports.opinion_file, name="annual_report_opinion_file"),
    path(f"{REPORT}clore/", consultation.annual_report_close, name="annual_report_close"),
    path(f"{REPORT}deliberation/", writing.annual_report_deliberate, name="annual_report_deliberate"),
    path(
        f"{REPORT}deliberation/document/",
        reports.deliberation_file,
        name="annual_report_deliberation_file",
    ),
    path(f"{REPORT}publier/", writing.annual_report_publish, name="annual_report_publish"),
    path(f"{REPORT}rapport.pdf", files.annual_report_pdf, name="annual_report_pdf"),
    path(f"{REPORT}rapport.csv", files.annual_report_table, {"fmt": "csv"}, name="annual_report_csv"),
    path(f"{REPORT}rapport.xlsx", files.annual_report_table, {"fmt": "xlsx"}, name="annual_report_xlsx"),
]

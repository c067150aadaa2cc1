"""Addresses of the room `contracts`, a module an idea."""

from . import agreement, calendar, governance, money, project, questions, sheet

# What names a word (`/contrats/nouveau/`) comes before what names a code (`/contrats/<code>/`).
urlpatterns = [
    *calendar.urlpatterns,
    *governance.urlpatterns,
    *project.urlpatterns,
    *money.urlpatterns,
    *agreement.urlpatterns,
    *questions.urlpatterns,
    *sheet.urlpatterns,
]

"""Addresses of the room `proximity`, a module an idea."""

from . import areas, boards, gup, notebook, open311, photos, reporting, tfpb, tickets, walks

# What names a word comes before what names a code (`/proximite/<code>/`).
urlpatterns = [
    *open311.urlpatterns,
    *notebook.urlpatterns,
    *reporting.urlpatterns,
    *photos.urlpatterns,
    *tickets.urlpatterns,
    *walks.urlpatterns,
    *gup.urlpatterns,
    *tfpb.urlpatterns,
    *boards.urlpatterns,
    *areas.urlpatterns,
]

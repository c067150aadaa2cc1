"""Imports of figures: the list a person sees, and one with what its page shows."""

from uuid import UUID

from django.db.models import QuerySet

from ..models import FigureImport


def imports_of(ref: UUID, *, all_of_them: bool) -> QuerySet[FigureImport]:
    """The imports that a person brought, or everybody's for an editor of the whole installation."""
    found = FigureImport.objects.select_related("document", "source")
    return found if all_of_them else found.filter(created_by=ref)


def figure_import(pk: UUID) -> FigureImport | None:
    """One import with its file and source."""
    return FigureImport.objects.select_related("document", "source").filter(pk=pk).first()

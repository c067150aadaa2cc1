"""Reading the journal: the history of one object."""

from django.db.models import QuerySet

from faubourg.base.models import JournalEntry


def entries_for(kind: str, ref: str) -> QuerySet[JournalEntry]:
    """The entries about one object, newest first, with the personal values that were not erased."""
    return JournalEntry.objects.filter(object_kind=kind, object_ref=ref).prefetch_related("personal_values")

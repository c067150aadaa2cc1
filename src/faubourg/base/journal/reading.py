"""Reading the journal: the history of one object."""

from django.db.models import OuterRef, QuerySet, Subquery

from faubourg.base.models import JournalEntry, PersonalValue


def history_of(kind: str, ref: str, *, most: int = 10, holding: str = "") -> list[JournalEntry]:
    """The last entries about one object with the name of their author, in one query: for a panel.

    `holding` keeps the entries whose content holds these words: one part of a large object.
    """
    author = PersonalValue.objects.filter(entry=OuterRef("pk"), path="actor.name")
    entries = JournalEntry.objects.filter(object_kind=kind, object_ref=ref)
    if holding:
        entries = entries.filter(payload__contains=holding)
    found = list(entries.annotate(author=Subquery(author.values("value")[:1]))[:most])
    for entry in found:
        entry.personal = {"actor.name": entry.author} if entry.author else {}  # type: ignore[attr-defined]
    return found


def entries_for(kind: str, ref: str) -> QuerySet[JournalEntry]:
    """The entries about one object, newest first, with the personal values that were not erased."""
    return JournalEntry.objects.filter(object_kind=kind, object_ref=ref).prefetch_related("personal_values")

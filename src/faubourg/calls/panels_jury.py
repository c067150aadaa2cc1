"""What the jury made of a dossier, on its overview: where it stood, what was decided, on which reserves."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from . import panels
from .access.juries import can_follow_juries
from .access.readers import Reader
from .models import JuryItem, Letter

# The letters that tell an applicant what became of the dossier.
TELLING = (Letter.Kind.AWARD, Letter.Kind.REFUSAL, Letter.Kind.ADJOURNED, Letter.Kind.CHANGED)


def register() -> None:
    """Called once, at start-up."""
    panels.register("jury", jury_panel, order=20)


def jury_panel(reader: Reader) -> panels.Panel | None:
    """Every passage for who reads the workings; the applicant reads a decision once a letter told it."""
    told = Letter.objects.filter(
        application=OuterRef("application"), kind__in=TELLING, sent_at__gte=OuterRef("decided_at")
    )
    workings = reader.may_read_workings.ok is True
    items = reader.application.jury_items.select_related("session__jury").order_by("session__starts_at", "pk")
    found: list[JuryItem] = list(items if workings else items.exclude(decision="").filter(Exists(told)))
    if not found:
        return None
    context = {"items": found, "workings": workings, "enters": workings and _enters(reader)}
    return panels.Panel("jury", _("Jury"), "calls/jury/panel.html", context)


def _enters(reader: Reader) -> bool:
    """Whether the page of a session opens to this reader."""
    if can_follow_juries(reader.person, reader.application.call, reader.on).ok:
        return True
    return not reader.follows and reader.judges

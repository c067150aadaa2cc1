"""The community of actors of a neighbourhood: its last meeting; its directory, documents and presences."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet

from faubourg.base.text import fold, sort_key
from faubourg.contracts.models import Attendance, Body, Meeting
from faubourg.people.models import Organisation
from faubourg.territories.models import LocalResource, Source

Status = Attendance.Status


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that was held, as anybody may read it: no name, the attendance as a document prints it."""

    pk: int
    title: str
    starts_at: datetime
    printed_attendance: str
    present_count: int | None


# What `Met` reads of a meeting.
MET = ("pk", "title", "starts_at", "printed_attendance", "present_count")


def last_held(body: str) -> QuerySet[Meeting]:
    """The last meeting that was held of the body that this path names in the query around it."""
    held = Meeting.objects.filter(body=OuterRef(body), state=Meeting.State.HELD)
    return held.order_by("-starts_at", "-pk")


def community_of(contract: str, neighbourhood: str) -> QuerySet[Body]:
    """The community of actors that stands, of the contract and neighbourhood that these paths name."""
    standing = Body.objects.filter(kind=Body.Kind.COMMUNITY, closed_on=None)
    return standing.filter(contract=OuterRef(contract), territory=OuterRef(neighbourhood)).order_by("pk")


@dataclass
class Actor:
    """One organisation of the directory: known from a document, from its presence, or from both."""

    name: str
    source: Source | None = None
    note: str = ""
    organisation: Organisation | None = None
    meetings: int = 0
    sits: bool = False


@dataclass
class Directory:
    """The actors in French dictionary order, by folded name so that one stands once."""

    actors: dict[str, Actor] = field(default_factory=dict)

    def of(self, name: str) -> Actor:
        """The actor of this name, made at its first mention."""
        return self.actors.setdefault(fold(name), Actor(name))

    @property
    def lines(self) -> list[Actor]:
        """Every actor."""
        return sorted(self.actors.values(), key=lambda actor: sort_key(actor.name))


def directory_of(body: Body) -> list[Actor]:
    """Associations that a document names there, organisations that came or sit; three queries."""
    found = Directory()
    named = LocalResource.objects.filter(territory=body.territory, kind=LocalResource.Kind.ASSOCIATION)
    for resource in named.select_related("source"):
        actor = found.of(resource.name)
        actor.source, actor.note = resource.source, resource.note
    came = Q(attendances__meeting__body=body, attendances__status__in=(Status.PRESENT, Status.REPRESENTED))
    for organisation in Organisation.objects.annotate(
        came=Count("attendances__meeting", filter=came, distinct=True)
    ).filter(came__gt=0):
        actor = found.of(organisation.name)
        actor.organisation, actor.meetings = organisation, organisation.came
    for sitting in Organisation.objects.filter(seats__body=body).distinct():
        actor = found.of(sitting.name)
        actor.organisation, actor.sits = sitting, True
    return found.lines

"""The community of actors of a neighbourhood: its directory, from what documents say and from who came."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from faubourg.base.text import fold, sort_key
from faubourg.contracts.models import Attendance, Body
from faubourg.people.models import Organisation
from faubourg.territories.models import LocalResource, Source

Status = Attendance.Status


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

"""One session as its screens show it: who is here, who stands back from what, the quorum of each dossier."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.utils import timezone

from faubourg.people.access import Visitor
from faubourg.rules.governance import quorum

from ..access.claims import in_force
from ..models import (
    ApplicantRole,
    Application,
    BudgetLine,
    Interest,
    Juror,
    JuryAmount,
    JuryItem,
    JuryPresence,
    JurySession,
)
from .juries import items_without_recused

# What a list shows of a dossier and of what was decided of it.
SHORT = (
    "session_id", "order", "decision", "override_reason", "version", "application__call_id",
    "application__number", "application__title", "application__organisation__name",
)  # fmt: skip
# What only the page of one dossier shows of it.
LONG = (
    "verdict", "needs", "aims", "audience", "means", "partnership", "evaluation", "conditions", "excluded",
    "themes", "public_summary",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A member at one session."""

    juror: Juror
    presence: JuryPresence | None

    @property
    def here(self) -> bool:
        """In the room now."""
        return self.presence is not None and self.presence.present

    @property
    def came(self) -> bool:
        """In the room at some moment."""
        return self.presence is not None and self.presence.arrived_at is not None

    @property
    def expected(self) -> bool | None:
        """What was announced before the session."""
        return self.presence.expected if self.presence else None


@dataclass(frozen=True)
class Sitting:
    """Everybody of one session, and what each stands back from."""

    session: JurySession
    places: tuple[Place, ...]
    # (person, organisation) and (person, dossier): interests, and the organisations for which a member acts.
    from_organisations: frozenset[tuple[int, int]] = frozenset()
    from_dossiers: frozenset[tuple[int, int]] = frozenset()

    def recused(self, application: Application) -> tuple[Juror, ...]:
        """Members who stand back from this dossier, present or not."""
        return tuple(
            place.juror
            for place in self.places
            if (place.juror.person_id, application.organisation_id) in self.from_organisations
            or (place.juror.person_id, application.pk) in self.from_dossiers
        )

    def quorum(self, application: Application | None = None) -> quorum.Quorum:
        """Of the members who vote and sit; those who stand back from the dossier are left out."""
        back = {juror.pk for juror in self.recused(application)} if application else set()
        chairs = [
            quorum.Chair(here=place.here, voice=place.juror.votes, recused=place.juror.pk in back)
            for place in self.places
        ]
        return quorum.judge(chairs, self.session.jury.quorum_bp)

    @property
    def announced(self) -> int:
        """Members who vote and said that they come."""
        return sum(place.juror.votes and place.expected is True for place in self.places)

    @property
    def unsigned(self) -> tuple[Place, ...]:
        """Who came, votes, and has neither signed the minutes nor been excused from it."""
        return tuple(
            place
            for place in self.came
            if place.juror.votes
            and place.presence
            and not (place.presence.signed_at or place.presence.unsigned)
        )

    @property
    def came(self) -> tuple[Place, ...]:
        """Who was in the room at some moment."""
        return tuple(place for place in self.places if place.came)


def sitting_of(session: JurySession) -> Sitting:
    """Three queries, whatever the jury; two when its members are read."""
    day = timezone.localdate(session.starts_at)
    noted = {row.juror_id: row for row in session.presences.all()}
    members = session.jury.jurors.all()
    if "jurors" not in getattr(session.jury, "_prefetched_objects_cache", ()):
        members = members.select_related("person", "organisation").order_by("order", "name")
    jurors = [juror for juror in members if juror.left_on is None or juror.left_on > day or juror.pk in noted]
    people = [juror.person_id for juror in jurors if juror.person_id]
    places = tuple(Place(juror, noted.get(juror.pk)) for juror in jurors)
    interests = Interest.objects.filter(call=session.jury.call_id, person__in=people).order_by()
    # Nobody marks or decides one's own dossier.
    acting = ApplicantRole.objects.filter(in_force(day), person__in=people).order_by()
    nothing = Value(None, output_field=BigIntegerField())
    told = interests.values_list("person", "organisation", "application").union(
        acting.values_list("person", "organisation", nothing), all=True
    )
    rows: list[tuple[int, int | None, int | None]] = list(told)
    return Sitting(
        session,
        places,
        frozenset((person, organisation) for person, organisation, _ in rows if organisation),
        frozenset((person, dossier) for person, _, dossier in rows if dossier),
    )


def items_of(session: JurySession) -> QuerySet[JuryItem]:
    """Its dossiers in order, with who asks."""
    return session.items.select_related(
        "application__organisation", "application__contract", "application__call"
    ).order_by("order", "pk")


def narrow(items: QuerySet[JuryItem]) -> QuerySet[JuryItem]:
    """The same as a list shows them: who asks, what for, what was decided; nothing else is read."""
    return items.select_related(None).select_related("application__organisation").only(*SHORT)


def with_sums(items: QuerySet[JuryItem]) -> QuerySet[JuryItem]:
    """The same with the sum of what is proposed for each, in cents (`proposed_cents`)."""
    amounts = JuryAmount.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return items.annotate(proposed_cents=Subquery(amounts.values(total=Sum("cents"))))


def with_grants(items: QuerySet[JuryItem]) -> QuerySet[JuryItem]:
    """The same with the grants of each budget, firm (`obtained`) and hoped for (`asked`), never added."""
    lines = BudgetLine.objects.filter(application=OuterRef("application")).order_by().values("application")
    return items.annotate(
        **{
            standing: Subquery(lines.filter(standing=standing).values(total=Sum("cents")))
            for standing in ("obtained", "asked")
        }
    )


def whole(item: JuryItem, session: JurySession) -> JuryItem:
    """A line of the list with everything that its own screen says; one query."""
    found = with_grants(items_of(session)).get(pk=item.pk)
    found.session = session
    return found


def items_for(session: JurySession, person: Visitor) -> QuerySet[JuryItem]:
    """The same without those from which this person stands back."""
    return items_without_recused(items_of(session), person)

"""Bodies, seats, mandates, meetings and what they decide."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from faubourg.contracts.models import (
    AgendaItem,
    Attendance,
    Body,
    DecisionItem,
    DecisionNote,
    Mandate,
    Meeting,
    Seat,
)

from .contracts import ContractFactory


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body

    class Params:
        community = factory.Trait(kind=Body.Kind.COMMUNITY, name="Communauté d’acteurs")

    contract = factory.SubFactory(ContractFactory)
    kind = Body.Kind.STEERING
    name = factory.Sequence(lambda n: f"Comité de pilotage {n}")
    order = factory.Sequence(lambda n: n)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Siège {n}")
    order = factory.Sequence(lambda n: n)


class MandateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mandate

    seat = factory.SubFactory(SeatFactory)
    rank = Mandate.Rank.TITULAR
    person_name = factory.Sequence(lambda n: f"Dominique Faure {n}")
    starts_on = date(2024, 1, 1)


class MeetingFactory(factory.django.DjangoModelFactory):
    """In a week by default; `past=True`: a week ago."""

    class Meta:
        model = Meeting

    class Params:
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=7)))

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence(lambda n: f"Réunion {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=2))
    place = "Salle du conseil"


class PointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    part = AgendaItem.Part.TECHNICAL
    order = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Point {n}")
    minutes_planned = 30


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    status = Attendance.Status.PRESENT


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionItem

    meeting = factory.SubFactory(MeetingFactory, past=True)
    text = factory.Sequence(lambda n: f"Réparer l’éclairage {n}")
    order = factory.Sequence(lambda n: n + 1)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DecisionNote

    decision = factory.SubFactory(DecisionFactory)
    text = "Le devis est arrivé."
    on = date(2024, 5, 1)

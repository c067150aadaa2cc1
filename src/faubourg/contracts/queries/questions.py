"""Interpellations: the tracker of a contract, one with its steps, what waits to be read, meetings to link."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from faubourg.contracts.models import Body, Contract, Interpellation, InterpellationStep, Meeting, Signatory
from faubourg.rules.interpellation import State
from faubourg.territories.models import Territory

STEERING = (Body.Kind.STEERING, Body.Kind.COMMUNE_STEERING)


def _with_steps(found: QuerySet[Interpellation]) -> QuerySet[Interpellation]:
    steps = Prefetch("steps", InterpellationStep.objects.order_by("pk"))
    return found.select_related("neighbourhood").prefetch_related(steps)


def public_questions(contract: Contract) -> QuerySet[Interpellation]:
    """What everybody reads, the latest first."""
    return _with_steps(Interpellation.objects.filter(contract=contract, published_on__isnull=False))


def unread_questions(contract: Contract) -> QuerySet[Interpellation]:
    """What waits to be read, the oldest first; what was sent back waits for its author instead."""
    waiting = Interpellation.objects.filter(contract=contract, published_on=None, sent_back_on=None)
    return _with_steps(waiting).order_by("pk")


def questions_of(contract: Contract, person_ref: UUID) -> QuerySet[Interpellation]:
    """What this account typed and is not public: waiting, or sent back."""
    mine = Interpellation.objects.filter(contract=contract, entered_by=person_ref, published_on=None)
    return _with_steps(mine)


def question_of(contract: Contract, pk: int) -> Interpellation | None:
    """One of them with its steps and the meeting that examined it."""
    found = _with_steps(Interpellation.objects.filter(contract=contract, pk=pk))
    question = found.select_related("neighbourhood", "meeting__body").first()
    if question is not None:
        question.contract = contract
    return question


def meetings_to_link(contract: Contract) -> QuerySet[Meeting]:
    """The meetings of a steering committee that were held: where a difficulty can have been examined."""
    held = Meeting.objects.filter(
        body__contract=contract,
        body__kind__in=STEERING,
        state=Meeting.State.HELD,
        starts_at__lte=timezone.now(),
    )
    return held.select_related("body").order_by("-starts_at")


def usual_recipients(contract: Contract, neighbourhood: Territory | None) -> str:
    """« le maire de …, … », the bearers and the signatories: whom the law has it sent to, in words."""
    mayors = [commune.name for commune in neighbourhood.communes.all()] if neighbourhood else []
    bearers = [bearer.territory.name for bearer in contract.bearers.all() if bearer.territory]
    parties = list(Signatory.objects.filter(contract=contract).values_list("name", flat=True))
    return ", ".join(dict.fromkeys([*mayors, *bearers, *parties]))


def waiting_of(person_ref: UUID) -> int:
    """How many of this account wait to be read, whatever the contract."""
    return Interpellation.objects.filter(entered_by=person_ref, published_on=None, sent_back_on=None).count()


def typed_on(person_ref: UUID, on: date) -> int:
    """How many this account submitted that day (Europe/Paris), whatever became of them."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    steps = InterpellationStep.objects.filter(
        state=State.SUBMITTED.value,
        by=person_ref,
        recorded_at__gte=start,
        recorded_at__lt=start + timedelta(days=1),
    )
    return steps.count()


def already_told(contract: Contract, title: str, *, but: int = 0) -> bool:
    """Whether an open difficulty of this contract bears that very title."""
    same = Q(contract=contract, title__iexact=title)
    return Interpellation.objects.filter(same).exclude(state=State.ANSWERED.value).exclude(pk=but).exists()

"""What meetings decided: by contract, by person, and what is still open when a body meets again."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from faubourg.contracts.models import Contract, DecisionItem, DecisionNote, Meeting

from .contracts import contracts

State = DecisionItem.State
MOST_WAITING = 5


def decisions() -> QuerySet[DecisionItem]:
    """Every decision with what a line shows; `rank` puts what is open before what is closed."""
    rank = Case(When(state=State.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return DecisionItem.objects.select_related("meeting__body__contract", "organisation").annotate(rank=rank)


def decisions_of_contract(contract: Contract) -> QuerySet[DecisionItem]:
    """Those of every body of a contract."""
    return decisions().filter(meeting__body__contract=contract)


def decisions_of_person(person_ref: UUID) -> QuerySet[DecisionItem]:
    """Those somebody has in charge, whatever the contract."""
    return decisions().filter(owner_ref=person_ref)


def waiting_for(person_ref: UUID) -> list[DecisionItem]:
    """The open decisions of somebody that come first, for their desk."""
    order = (F("due_on").asc(nulls_last=True), "pk")
    # Chosen bare, then read with their contract: whoever follows hundreds of them has five read.
    first = DecisionItem.objects.filter(owner_ref=person_ref, state=State.OPEN).order_by(*order)
    return list(decisions().filter(pk__in=first.values("pk")[:MOST_WAITING]).order_by(*order))


def decision_of(code: str, pk: int) -> DecisionItem | None:
    """The decision of this number, if it is one of a contract of this code; with what the rights read."""
    return (
        DecisionItem.objects.filter(pk=pk, meeting__body__contract__code=code.upper())
        .select_related("meeting__body__territory", "organisation", "document", "item")
        .prefetch_related(
            "meeting__body__territory__communes", Prefetch("meeting__body__contract", contracts())
        )
        .first()
    )


def notes_of(decision: DecisionItem) -> QuerySet[DecisionNote]:
    """What was said of it since, in order."""
    return decision.notes.select_related("meeting")


def open_before(meeting: Meeting) -> QuerySet[DecisionItem]:
    """What earlier meetings of the body decided and was still open when this one began.

    A decision closed that very day is still shown: the meeting is where it was said.
    """
    day = timezone.localdate(meeting.starts_at)
    noted = DecisionNote.objects.filter(decision=OuterRef("pk"), meeting=meeting)
    return (
        DecisionItem.objects.filter(
            meeting__body_id=meeting.body_id, meeting__starts_at__lt=meeting.starts_at
        )
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day))
        .select_related("meeting", "organisation")
        .prefetch_related("notes")
        .annotate(noted_here=Exists(noted))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def open_of_body(body_pk: int) -> QuerySet[DecisionItem]:
    """The open decisions of a body today, the most pressing first."""
    return (
        DecisionItem.objects.filter(meeting__body_id=body_pk, state=State.OPEN)
        .select_related("meeting__body__contract", "organisation")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def made_at(meeting: Meeting) -> QuerySet[DecisionItem]:
    """What this meeting decided."""
    return meeting.decisions.select_related("organisation", "item")


def tally_of(contract: Contract, on: date) -> Counter[str]:
    """How many are open and how many of these are late."""
    rows = DecisionItem.objects.filter(meeting__body__contract=contract, state=State.OPEN)
    days = list(rows.values_list("due_on", flat=True))
    return Counter(open=len(days), late=sum(day is not None and day < on for day in days))

"""Juries, their members and sessions, and which dossiers each of them examines."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from faubourg.people.access import Visitor
from faubourg.people.models import Organisation, Person

from ..models import Application, Call, Interest, Juror, Jury, JuryItem, JurySession
from .applications import held_back
from .rights import rights_through

# What may still be put on a session's list; « before_jury » already was, and waits for one.
ENROLLABLE = ("examined", "ranked", "adjourned")
WAITING = "before_jury"


def _with_rights(prefix: str) -> tuple[tuple[str, ...], tuple[Prefetch[Any], ...]]:
    """What the rights of a call are read from, seen from below."""
    call = f"{prefix}call"
    return (f"{call}__lead", f"{call}__territory", f"{call}__rule_set"), rights_through(call)


def jury_by_pk(pk: int) -> Jury | None:
    """A jury with what its rights are read from; three queries."""
    joined, fetched = _with_rights("")
    return Jury.objects.select_related("contract", *joined).prefetch_related(*fetched).filter(pk=pk).first()


def session_by_pk(pk: int) -> JurySession | None:
    """A session with its jury, its members, its call and what rights are read from; four queries."""
    joined, fetched = _with_rights("jury__")
    members = Prefetch(
        "jury__jurors", Juror.objects.select_related("person", "organisation").order_by("order", "name")
    )
    return (
        JurySession.objects.select_related("jury__contract", "minutes", *joined)
        .prefetch_related(*fetched, members)
        .filter(pk=pk)
        .first()
    )


def juries_of(call: Call) -> QuerySet[Jury]:
    """The juries of a call, with how many sit, declared, meet."""
    sitting = Q(jurors__left_on__isnull=True, jurors__pk__isnull=False)
    return (
        Jury.objects.filter(call=call)
        .select_related("contract")
        .annotate(
            seats=Count("jurors", filter=sitting, distinct=True),
            voices=Count("jurors", filter=sitting & Q(jurors__votes=True), distinct=True),
            declared=Count("jurors", filter=sitting & Q(jurors__declared_at__isnull=False), distinct=True),
            sittings=Count("sessions", distinct=True),
        )
        .order_by("fallback", "name")
    )


def jurors_of(jury: Jury) -> QuerySet[Juror]:
    """Who sits, in order; those who left come last."""
    return jury.jurors.select_related("person", "organisation").order_by("left_on", "order", "name")


def routed_to(jury: Jury) -> QuerySet[Application]:
    """The dossiers that this jury examines: its contract's; for the fallback, what no territory examines."""
    own = Application.objects.filter(call=jury.call_id)
    unsaid = Q(jury_code="") | Q(jury_code=jury.code)
    if not jury.fallback:
        return own.filter(unsaid, contract=jury.contract_id) if jury.contract_id else own.filter(unsaid)
    territorial = Jury.objects.filter(call=jury.call_id, fallback=False)
    everywhere = territorial.filter(contract__isnull=True).exists()
    if everywhere:
        return own.filter(jury_code=jury.code)
    elsewhere = Exists(territorial.filter(contract=OuterRef("contract")))
    return own.filter(Q(jury_code=jury.code) | (Q(jury_code="") & ~elsewhere))


def enrollable(jury: Jury) -> QuerySet[Application]:
    """What may be put before a session of this jury: examined, or left waiting by an earlier session."""
    pending = JuryItem.objects.filter(
        application=OuterRef("pk"), decision="", session__state__in=("planned", "open")
    )
    return (
        routed_to(jury)
        .filter(state__in=(*ENROLLABLE, WAITING))
        .filter(~Exists(pending))
        .select_related("organisation", "contract")
        .order_by("rank", "number", "pk")
    )


def organisations_before(jury: Jury) -> QuerySet[Organisation]:
    """Whoever asks something of this jury: on whom its members declare. No dossier is told."""
    asking = routed_to(jury).exclude(state__in=("draft", "withdrawn", "inadmissible"))
    return Organisation.objects.filter(pk__in=asking.values("organisation")).order_by("sort_key", "pk")


def interests_of(person: Person, call: Call) -> QuerySet[Interest]:
    """What this person declared in that call."""
    return (
        Interest.objects.filter(person=person, call=call)
        .select_related("organisation", "application__organisation")
        .order_by("declared_on", "pk")
    )


def items_without_recused(items: QuerySet[JuryItem], person: Visitor) -> QuerySet[JuryItem]:
    """The same items without those from which this person stands back, nor one's own: in lists, exports."""
    if not isinstance(person, Person):
        return items.none()
    held = held_back(person, "application", "application__")
    return items.exclude(held) if held else items


def sessions_of(jury: Jury) -> QuerySet[JurySession]:
    """Its sessions, the next first, with how many dossiers stand before each and are decided."""
    return jury.sessions.annotate(
        dossiers=Count("items", distinct=True),
        decided=Count("items", filter=~Q(items__decision=""), distinct=True),
    ).order_by("-starts_at", "-pk")

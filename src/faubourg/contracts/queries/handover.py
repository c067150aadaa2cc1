"""The handover pack: everything that hangs on one person in a contract, an open, suspended or closed account.

What is owned is found by the account's reference; what only a name says is found by that name as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from faubourg.base.models import Draft
from faubourg.contracts.access.workings import scopes_of
from faubourg.contracts.models import (
    Amendment,
    Commitment,
    Contract,
    DecisionItem,
    Deliverable,
    Mandate,
    Meeting,
    Post,
    Signatory,
)
from faubourg.people.models import Person, RoleGrant

from .ends import End, ends_ahead

MOST_MEETINGS = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody on whom something hangs: an account, or only a name. `active` None: no account."""

    ref: UUID | None
    name: str
    active: bool | None

    @property
    def key(self) -> str:
        """How an address names them."""
        return str(self.ref) if self.ref else self.name

    def owns(self, ref: str, name: str) -> Q:
        """What they own, by the names of two fields."""
        if self.ref is None:
            return Q(**{f"{ref}__isnull": True, f"{name}__iexact": self.name})
        mine = Q(**{ref: self.ref})
        return mine | Q(**{f"{ref}__isnull": True, f"{name}__iexact": self.name}) if self.name else mine


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the next one will work with: a person of a body, or a party to the contract."""

    name: str
    part: str
    where: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that is handed over."""

    holder: Holder
    decisions: list[DecisionItem]
    deliverables: list[Deliverable]
    commitments: list[Commitment]
    mandates: list[Mandate]
    posts: list[Post]
    amendments: list[Amendment]
    contacts: list[Contact]
    meetings: list[Meeting]
    ends: list[End]
    drafts: int


def holders_of(contract: Contract) -> list[Holder]:
    """Everybody on whom something hangs in this contract or who holds or held a role over it."""
    found: dict[UUID, str] = {}
    named: dict[str, str] = {}
    for ref, name in _mentions(contract):
        if ref is not None:
            found[ref] = found.get(ref) or name
        elif name:
            named.setdefault(name.casefold(), name)
    scopes = Q(pk__in=[])
    for kind, code in scopes_of(contract):
        scopes |= Q(scope_kind=kind, scope_code=code)
    roles = set(RoleGrant.objects.filter(scopes).values_list("person__ref", flat=True))
    people = Person.objects.filter(ref__in={*found, *roles}).in_bulk(field_name="ref")
    wanted = dict.fromkeys(roles, "") | found
    holders = [_holder(ref, name, people.get(ref)) for ref, name in wanted.items()]
    known = {holder.name.casefold() for holder in holders}
    holders += [Holder(None, name, None) for key, name in named.items() if key not in known]
    return sorted(holders, key=lambda holder: (holder.name.casefold(), holder.key))


def _holder(ref: UUID, kept: str, person: Person | None) -> Holder:
    """An account under its own name, or the one that was kept; a closed one has none left."""
    if person is None:
        return Holder(ref, kept, None)
    return Holder(ref, str(person) if person.is_active else person.name or kept, person.is_active)


def pack_of(contract: Contract, holder: Holder, on: date) -> Pack:
    """A dozen questions, whatever hangs on them."""
    mandates = list(_mandates(contract, holder, on))
    follows = holder.owns("owner_ref", "owner_name")
    here = Q(contract=contract) | Q(convention__contract=contract)
    return Pack(
        holder=holder,
        decisions=list(
            DecisionItem.objects.filter(follows, meeting__body__contract=contract, state="open")
            .select_related("meeting__body")
            .order_by("due_on", "pk")
        ),
        deliverables=list(
            contract.deliverables.filter(holder.owns("person_ref", "person_name"), delivered_on__isnull=True)
        ),
        commitments=list(
            contract.commitments.filter(
                follows, kept_on__isnull=True, dropped_on__isnull=True
            ).select_related("partner")
        ),
        mandates=mandates,
        posts=list(_posts(holder, here, on)),
        amendments=list(
            Amendment.objects.filter(
                here, holder.owns("drafted_by", "drafted_by_name"), signed_on__isnull=True
            ).select_related("contract", "convention")
        ),
        contacts=_contacts(contract, mandates, holder, on),
        meetings=list(
            Meeting.objects.filter(body__contract=contract, ends_at__gte=Now())
            .exclude(state=Meeting.State.CANCELLED)
            .select_related("body")
            .order_by("starts_at")[:MOST_MEETINGS]
        ),
        ends=ends_ahead(contract, on),
        drafts=Draft.objects.filter(person_ref=holder.ref).count() if holder.ref else 0,
    )


def _mandates(contract: Contract, holder: Holder, on: date) -> QuerySet[Mandate]:
    return (
        Mandate.objects.filter(holder.owns("person_ref", "person_name"), seat__body__contract=contract)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("seat__body", "seat__organisation")
    )


def _posts(holder: Holder, here: Q, on: date) -> QuerySet[Post]:
    return (
        Post.objects.filter(here, holder.owns("person_ref", "person_name"))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("contract", "convention")
    )


def _contacts(contract: Contract, mandates: list[Mandate], holder: Holder, on: date) -> list[Contact]:
    """Who sits in the same bodies (in all of them for who sits in none), then the parties."""
    bodies = {mandate.seat.body_id for mandate in mandates}
    rows = (
        Mandate.objects.filter(seat__body__contract=contract, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .exclude(holder.owns("person_ref", "person_name"))
        .select_related("seat__body", "seat__organisation")
        .order_by("person_name", "pk")
    )
    if bodies:
        rows = rows.filter(seat__body__in=bodies)
    people = [Contact(row.person_name, row.seat.title, row.seat.body.name) for row in rows if row.person_name]
    parties: Iterable[Signatory] = contract.parties.all()
    return [*people, *(Contact(party.name, party.quality, "") for party in parties)]


def _mentions(contract: Contract) -> QuerySet[Any, tuple[UUID | None, str]]:
    """Every reference and name that the contract keeps beside something that is followed."""
    here = Q(contract=contract) | Q(convention__contract=contract)
    pairs: list[QuerySet[Any, tuple[UUID | None, str]]] = [
        DecisionItem.objects.filter(meeting__body__contract=contract, state="open")
        .order_by()
        .values_list("owner_ref", "owner_name"),
        contract.deliverables.order_by().values_list("person_ref", "person_name"),
        contract.commitments.order_by().values_list("owner_ref", "owner_name"),
        Mandate.objects.filter(seat__body__contract=contract)
        .order_by()
        .values_list("person_ref", "person_name"),
        Post.objects.filter(here).order_by().values_list("person_ref", "person_name"),
        Amendment.objects.filter(here, signed_on=None)
        .order_by()
        .values_list("drafted_by", "drafted_by_name"),
    ]
    return pairs[0].union(*pairs[1:])

"""The handover pack: everything that hangs on one person in a contract, an open, suspended or closed account.

What is owned is found by the account's reference; what only a name says is found by that name as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now

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

from .ends import End, Read, amendments_under, ends_ahead, posts_under

MOST_MEETINGS = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody on whom something hangs: an account, or only a name. `active` None: no account.

    `drafts`: how many texts they have begun and not sent.
    """

    ref: UUID | None
    name: str
    active: bool | None
    drafts: int = 0

    @property
    def key(self) -> str:
        """How an address names them."""
        return str(self.ref) if self.ref else self.name

    def owns(self, ref: UUID | None, name: str) -> bool:
        """Whether what bears this reference and this name is theirs."""
        if ref is not None:
            return ref == self.ref
        return bool(name) and name.casefold() == self.name.casefold()


@dataclass(frozen=True, slots=True)
class Hung:
    """All that the contract keeps beside somebody's name, whoever it is: one question a kind."""

    decisions: list[DecisionItem]
    deliverables: list[Deliverable]
    commitments: list[Commitment]
    mandates: list[Mandate]
    posts: list[Post]
    amendments: list[Amendment]

    def mentions(self) -> Iterator[tuple[UUID | None, str]]:
        """Every reference and name."""
        yield from ((row.owner_ref, row.owner_name) for row in self.decisions)
        yield from ((row.owner_ref, row.owner_name) for row in self.commitments)
        yield from ((row.person_ref, row.person_name) for row in self.deliverables)
        yield from ((row.person_ref, row.person_name) for row in self.mandates)
        yield from ((row.person_ref, row.person_name) for row in self.posts)
        drafted = (row for row in self.amendments if row.signed_on is None)
        yield from ((row.drafted_by, row.drafted_by_name) for row in drafted)


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


def hung_on(contract: Contract) -> Hung:
    """Six questions, shared by who may leave and by what they hand over."""
    one = Contract.objects.filter(pk=contract.pk)
    return Hung(
        decisions=list(
            DecisionItem.objects.filter(meeting__body__contract=contract, state="open")
            .select_related("meeting__body")
            .order_by("due_on", "pk")
        ),
        deliverables=list(contract.deliverables.all()),
        commitments=list(contract.commitments.select_related("partner")),
        mandates=list(
            Mandate.objects.filter(seat__body__contract=contract).select_related(
                "seat__body__contract", "seat__organisation"
            )
        ),
        posts=list(posts_under(one)),
        amendments=list(amendments_under(one)),
    )


def holders_of(contract: Contract, hung: Hung | None = None) -> list[Holder]:
    """Everybody on whom something hangs in this contract or who holds or held a role over it."""
    found: dict[UUID, str] = {}
    named: dict[str, str] = {}
    for ref, name in (hung or hung_on(contract)).mentions():
        if ref is not None:
            found[ref] = found.get(ref) or name
        elif name:
            named.setdefault(name.casefold(), name)
    people = _people(contract, found)
    wanted = dict.fromkeys(people, "") | found
    holders = [_holder(ref, name, people.get(ref)) for ref, name in wanted.items()]
    known = {holder.name.casefold() for holder in holders}
    holders += [Holder(None, name, None) for key, name in named.items() if key not in known]
    return sorted(holders, key=lambda holder: (holder.name.casefold(), holder.key))


def _people(contract: Contract, refs: Iterable[UUID]) -> dict[UUID, Person]:
    """The accounts of these references and of every role over the contract; `begun`: their drafts."""
    scopes = Q(pk__in=[])
    for kind, code in scopes_of(contract):
        scopes |= Q(scope_kind=kind, scope_code=code)
    roles = RoleGrant.objects.filter(scopes).order_by().values("person")
    drafts = Draft.objects.filter(person_ref=OuterRef("ref")).order_by().values("person_ref")
    begun = Coalesce(Subquery(drafts.annotate(n=Count("pk")).values("n"), IntegerField()), 0)
    found = Person.objects.filter(Q(ref__in=list(refs)) | Q(pk__in=roles)).annotate(begun=begun)
    return {person.ref: person for person in found}


def _holder(ref: UUID, kept: str, person: Person | None) -> Holder:
    """An account under its own name, or the one that was kept; a closed one has none left."""
    if person is None:
        return Holder(ref, kept, None)
    name = str(person) if person.is_active else person.name or kept
    return Holder(ref, name, person.is_active, person.begun)  # type: ignore[attr-defined]


def pack_of(contract: Contract, holder: Holder, on: date, hung: Hung | None = None) -> Pack:
    """What is theirs in `hung`, and four questions: the contacts, the meetings, what ends."""
    hung = hung or hung_on(contract)
    mine = [row for row in hung.mandates if holder.owns(row.person_ref, row.person_name)]
    mandates = [row for row in mine if row.ends_on is None or row.ends_on >= on]
    read = Read(hung.posts, hung.mandates, hung.amendments)
    return Pack(
        holder=holder,
        decisions=[row for row in hung.decisions if holder.owns(row.owner_ref, row.owner_name)],
        deliverables=[
            row
            for row in hung.deliverables
            if row.delivered_on is None and holder.owns(row.person_ref, row.person_name)
        ],
        commitments=[
            row
            for row in hung.commitments
            if row.kept_on is None and row.dropped_on is None and holder.owns(row.owner_ref, row.owner_name)
        ],
        mandates=mandates,
        posts=[
            row
            for row in hung.posts
            if (row.ends_on is None or row.ends_on >= on) and holder.owns(row.person_ref, row.person_name)
        ],
        amendments=[
            row
            for row in hung.amendments
            if row.signed_on is None and holder.owns(row.drafted_by, row.drafted_by_name)
        ],
        contacts=_contacts(contract, hung, holder, mandates, on),
        meetings=_meetings(contract),
        ends=ends_ahead(contract, on, read),
        drafts=holder.drafts,
    )


def _meetings(contract: Contract) -> list[Meeting]:
    """Those that are still to be held."""
    ahead = Meeting.objects.filter(body__contract=contract, ends_at__gte=Now())
    standing = ahead.exclude(state=Meeting.State.CANCELLED).select_related("body")
    return list(standing.order_by("starts_at")[:MOST_MEETINGS])


def _contacts(
    contract: Contract, hung: Hung, holder: Holder, mandates: list[Mandate], on: date
) -> list[Contact]:
    """Who sits in the same bodies (in all of them for who sits in none), then the parties."""
    bodies = {mandate.seat.body_id for mandate in mandates}
    rows = [
        row
        for row in hung.mandates
        if row.person_name
        and row.starts_on <= on
        and (row.ends_on is None or row.ends_on >= on)
        and (not bodies or row.seat.body_id in bodies)
        and not holder.owns(row.person_ref, row.person_name)
    ]
    rows.sort(key=lambda row: (row.person_name, row.pk))
    people = [Contact(row.person_name, row.seat.title, row.seat.body.name) for row in rows]
    parties: Iterable[Signatory] = contract.parties.all()
    return [*people, *(Contact(party.name, party.quality, "") for party in parties)]

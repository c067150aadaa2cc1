"""What ends ahead: contracts, conventions, mandates, posts, and the update that is due.

Of one contract, or of all those that a person keeps: a few questions whatever their number.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from faubourg.contracts.agreements import Agreement, agreement_of, agreement_url
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Amendment, Contract, Convention, Mandate, Post
from faubourg.rules.contract_circuit import ALIVE, SIGNED_TEXT, State
from faubourg.rules.expiry import NOTICES, UPDATE_MONTHS, Alert, Cover, add_months, alert, update_due

from .post_ends import last_of, posts_that_end, posts_under, soonest_posts

# What ended longer ago is history, not an alert.
PAST = timedelta(days=365)
CONTRACT, CONVENTION, MANDATE, POST, VACANCY, UPDATE = (
    "contract", "convention", "mandate", "post", "vacancy", "update"
)  # fmt: skip
PROLONGED = (CONTRACT, CONVENTION)


@dataclass(frozen=True, slots=True)
class End:
    """One end to be announced, of the thing of this kind and key `of`; `alert` None: a vacancy.

    `holder` is a person's name, for partners only. `draft` is an amendment that would prolong it, not signed.
    """

    kind: str
    of: int
    label: str
    contract: Contract
    ends_on: date | None
    alert: Alert | None
    url: str
    holder: str = ""
    agreement: Agreement | None = None
    draft: Amendment | None = None

    @property
    def rank(self) -> tuple[date, str]:
        """Soonest first; a vacancy is already there."""
        return (self.ends_on or date.min, self.label)


@dataclass(frozen=True, slots=True)
class Read:
    """What a page has read of its contract already, whole; None: to be asked."""

    posts: list[Post] | None = None
    mandates: list[Mandate] | None = None
    amendments: list[Amendment] | None = None


def ends_ahead(contract: Contract, on: date, read: Read | None = None) -> list[End]:
    """What ends in this contract within a year, soonest first; `read`: what is not asked again."""
    return _ends(Contract.objects.filter(pk=contract.pk), on, read or Read())


def ends_ahead_of(contracts: QuerySet[Contract], on: date, most: int) -> list[End]:
    """The soonest over many contracts at once, `most` of them; a few questions whatever their number."""
    posts = soonest_posts(contracts, on, most)
    return _ends(contracts, on, Read(posts=posts))[:most]


def every_end_of(contracts: QuerySet[Contract], on: date) -> list[End]:
    """All that ends within a year over many contracts, soonest first: what is told to who keeps them."""
    return _ends(contracts, on, Read())


def amendments_under(contracts: QuerySet[Contract]) -> QuerySet[Amendment]:
    """Those nobody has signed yet and the signed updates, of contracts and their conventions."""
    return Amendment.objects.filter(
        Q(contract__in=contracts) | Q(convention__contract__in=contracts),
        Q(signed_on=None) | Q(kind=Amendment.Kind.UPDATE),
    ).select_related("contract", "convention")


def _ends(contracts: QuerySet[Contract], on: date, read: Read) -> list[End]:
    horizon = add_months(on, NOTICES[0])
    prolonging = Q(signed_on__isnull=False) | Q(kind__in=(Amendment.Kind.EXTENSION, Amendment.Kind.BRIDGE))
    whole = amendments_under(contracts).filter(prolonging) if read.amendments is None else None
    amendments = read.amendments or [] if whole is None else whole
    drafts, updated = _amendments(amendments)
    every = _seats_that_end(contracts, on, horizon) if read.mandates is None else read.mandates
    found = [
        *_contracts(contracts, on, horizon, drafts, updated),
        *_conventions(contracts, on, horizon, drafts),
        *_mandates(every, on, horizon),
        *_posts(list(posts_under(contracts)) if read.posts is None else read.posts, on),
    ]
    return sorted(found, key=lambda end: end.rank)


def _contracts(
    contracts: QuerySet[Contract],
    on: date,
    horizon: date,
    drafts: dict[tuple[str, int], Amendment],
    updated: dict[int, date],
) -> list[End]:
    near = Q(ends_on__lte=horizon) | Q(in_force_on__lte=add_months(horizon, -UPDATE_MONTHS))
    # Signed and not yet said to be in force: it ends all the same.
    ending = contracts.filter(near, state__in=(State.SIGNED, *ALIVE)).order_by()
    # In one question, those that end and those that come after one of them.
    rows = Contract.objects.filter(
        Q(pk__in=ending.values("pk")) | Q(predecessor__in=ending.values("pk"), state__in=SIGNED_TEXT)
    ).annotate(asked=Exists(ending.filter(pk=OuterRef("pk"))))
    covers: dict[int | None, list[Cover]] = defaultdict(list)
    for each in rows:
        if each.state in SIGNED_TEXT:
            covers[each.predecessor_id].append(Cover(each.in_force_on or each.signed_on, each.ends_on))
    found = []
    for row in (row for row in rows if row.asked):
        after = covers[row.pk]
        if told := alert(row.ends_on, on, after):
            url = contract_url(row, "contract_circuit")
            draft = drafts.get((CONTRACT, row.pk))
            found.append(
                End(CONTRACT, row.pk, row.name, row, row.ends_on, told, url, agreement=row, draft=draft)
            )
        due = update_due(row.in_force_on, updated.get(row.pk))
        # An update that falls after the end, or on the eve of it, is that of the next contract.
        early = due and (row.ends_on is None or due < add_months(row.ends_on, -NOTICES[0]))
        if early and (told := alert(due, on)):
            url = contract_url(row, "contract_amendment_add")
            found.append(End(UPDATE, row.pk, row.name, row, due, told, url, agreement=row))
    return found


def _conventions(
    contracts: QuerySet[Contract], on: date, horizon: date, drafts: dict[tuple[str, int], Amendment]
) -> list[End]:
    states = (Convention.State.SIGNED, Convention.State.ACTIVE)
    ending = Convention.objects.filter(contract__in=contracts, state__in=states, ends_on__lte=horizon)
    ending = ending.order_by()
    rows = (
        Convention.objects.filter(Q(pk__in=ending.values("pk")) | Q(follows__in=ending.values("pk")))
        .filter(state__in=states)
        .select_related("contract")
        .annotate(asked=Exists(ending.filter(pk=OuterRef("pk"))))
    )
    covers: dict[int | None, list[Cover]] = defaultdict(list)
    for each in rows:
        covers[each.follows_id].append(Cover(each.starts_on, each.ends_on))
    found = []
    for row in (row for row in rows if row.asked):
        told = alert(row.ends_on, on, covers[row.pk])
        if told and row.contract:
            draft = drafts.get((CONVENTION, row.pk))
            found.append(
                End(
                    CONVENTION,
                    row.pk,
                    row.title,
                    row.contract,
                    row.ends_on,
                    told,
                    agreement_url(row),
                    agreement=row,
                    draft=draft,
                )
            )
    return found


def _seats_that_end(contracts: QuerySet[Contract], on: date, horizon: date) -> list[Mandate]:
    """Every mandate of the seats where one ends: who comes next sits among them."""
    near = Mandate.objects.filter(
        seat__body__contract__in=contracts,
        seat__body__closed_on__isnull=True,
        ends_on__lte=horizon,
        ends_on__gte=on - PAST,
    )
    return list(Mandate.objects.filter(seat__in=near.values("seat")).select_related("seat__body__contract"))


def _mandates(every: list[Mandate], on: date, horizon: date) -> list[End]:
    same: dict[tuple[int, str], list[Cover]] = defaultdict(list)
    for each in every:
        same[each.seat_id, each.rank].append(Cover(each.starts_on, each.ends_on))
    standing = [row for row in every if row.seat.body.closed_on is None]
    rows = [row for row in standing if row.ends_on and on - PAST <= row.ends_on <= horizon]
    found = []
    for row in rows:
        told = alert(row.ends_on, on, same[row.seat_id, row.rank])
        if told:
            body = row.seat.body
            label = f"{body.name} – {row.seat.title} ({row.get_rank_display()})"
            url = contract_url(body.contract, "contract_ends")
            found.append(
                End(MANDATE, row.pk, label, body.contract, row.ends_on, told, url, holder=row.person_name)
            )
    return found


def _posts(rows: list[Post], on: date) -> list[End]:
    found = []
    for end in posts_that_end(rows, on):
        row, told = end.row, end.told
        agreement = agreement_of(row)
        contract = agreement if isinstance(agreement, Contract) else agreement.contract
        assert contract is not None
        last = last_of(end.together).pk
        url = agreement_url(agreement, "post_edit", last)
        kind, of, ends_on = (POST, row.pk, row.ends_on) if told else (VACANCY, last, None)
        found.append(End(kind, of, row.title, contract, ends_on, told, url, row.person_name, agreement))
    return found


def _amendments(
    rows: Iterable[Amendment],
) -> tuple[dict[tuple[str, int], Amendment], dict[int, date]]:
    """Those that would prolong and wait for a signature; the day of the last update of each contract."""
    kind = Amendment.Kind
    drafts: dict[tuple[str, int], Amendment] = {}
    updated: dict[int, date] = {}
    for row in rows:
        if row.signed_on is None:
            if row.kind not in (kind.EXTENSION, kind.BRIDGE):
                continue
            key = (CONTRACT, row.contract_id) if row.contract_id else (CONVENTION, row.convention_id or 0)
            drafts[key] = row
        elif row.kind == kind.UPDATE and row.contract_id:
            updated[row.contract_id] = max(row.signed_on, updated.get(row.contract_id, date.min))
    return drafts, updated

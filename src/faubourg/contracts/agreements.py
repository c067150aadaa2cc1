"""What a contract and a convention have in common: parties, articles, amendments, posts, linked plans hang on
one or the other. Services and pages that speak of an `Agreement` serve both, and the rooms above.
"""

from typing import TypedDict, TypeVar

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse

from faubourg.rules.contract_circuit import ALIVE, OPEN_TEXT, SIGNED_TEXT, State
from faubourg.territories.models import Territory

from .listings import contract_url
from .models import Contract, Convention

Agreement = Contract | Convention
Row = TypeVar("Row", bound=Model)


class JournalKey(TypedDict):
    """Under which kind and reference the journal keeps what happens to an agreement."""

    kind: str
    ref: str


def owner(agreement: Agreement) -> dict[str, Agreement]:
    """`{"contract": …}` or `{"convention": …}`: what a row that hangs on this agreement holds."""
    return {"contract" if isinstance(agreement, Contract) else "convention": agreement}


def agreement_of(row: Model) -> Agreement:
    """The contract or the convention on which a party, an article, an amendment or a post hangs."""
    found: Agreement = getattr(row, "contract", None) or row.convention  # type: ignore[attr-defined]
    return found


def of(rows: QuerySet[Row], agreement: Agreement) -> QuerySet[Row]:
    """The rows that hang on this agreement."""
    return rows.filter(**owner(agreement))


def journal_key(agreement: Agreement) -> JournalKey:
    """Where the journal keeps what happens to it."""
    if isinstance(agreement, Contract):
        return {"kind": "contract", "ref": f"{agreement.generation}/{agreement.code}"}
    return {"kind": "convention", "ref": str(agreement.pk)}


def locked(agreement: Agreement) -> Agreement:
    """The same, read again under a lock: two people who sign or amend at once wait for each other."""
    if isinstance(agreement, Contract):
        return Contract.objects.select_for_update().get(pk=agreement.pk)
    return Convention.objects.select_for_update().get(pk=agreement.pk)


def is_published(agreement: Agreement) -> bool:
    """Whether its text is public: once signed, and for good."""
    if isinstance(agreement, Contract):
        return agreement.state in SIGNED_TEXT
    return agreement.state != Convention.State.DRAFT


def is_running(agreement: Agreement) -> bool:
    """Whether it is signed and neither ended nor replaced: what an amendment may change."""
    if isinstance(agreement, Contract):
        return agreement.state in (State.SIGNED, *ALIVE)
    return agreement.state in (Convention.State.SIGNED, Convention.State.ACTIVE)


def is_open(agreement: Agreement) -> bool:
    """Whether its text may change: until the first signature."""
    if isinstance(agreement, Contract):
        return agreement.state in OPEN_TEXT
    return agreement.state == Convention.State.DRAFT and not any(
        party.signed_on for party in agreement.parties.all()
    )


def places_of(convention: Convention) -> list[Territory]:
    """Its places, the wider first; read once however many rights ask for them."""
    places = Territory.objects.select_related("epci", "departement").order_by("kind", "sort_key")
    prefetch_related_objects([convention], Prefetch("territories", places))
    return list(convention.territories.all())


def agreement_url(agreement: Agreement, name: str = "", *args: object) -> str:
    """The address of one of its pages: `contract_<name>` or `convention_<name>`."""
    if isinstance(agreement, Contract):
        return contract_url(agreement, f"contract_{name}" if name else "contract", *args)
    return reverse(f"convention_{name}" if name else "convention", args=[agreement.pk, *args])

"""How a row of a contract's life is changed: locked, version checked, what changed told to the journal."""

from collections.abc import Mapping
from typing import Any, TypeVar, Unpack, cast

from django.db import models, transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict
from faubourg.contracts.models import Contract

# Who read a date, who follows: names are not for the journal, which says who acted apart.
UNTOLD = frozenset({"due_read_by", "due_read_by_name", "person_ref", "person_name"})
R = TypeVar("R", bound=models.Model)


def ref_of(contract: Contract) -> str:
    """How the journal names a contract."""
    return f"{contract.generation}/{contract.code}"


def tell(*, contract: Contract, act: str, by: Actor, **told: Unpack[journal.Told]) -> None:
    """One entry in the history of the contract."""
    journal.record(by=by, act=act, kind="contract", ref=ref_of(contract), **told)


def revise(
    *,
    row: R,
    contract: Contract,
    changes: Mapping[str, Any],
    base_version: int,
    act: str,
    by: Actor,
    reason: str = "",
) -> R:
    """Write the changes if nobody wrote since `base_version`, else Conflict. No change, no entry."""
    with transaction.atomic():
        kept: Any = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if kept is None or kept.version != base_version:
            raise Conflict
        told = {name: (said(getattr(kept, name)), said(value)) for name, value in changes.items()}
        changed = {name: both for name, both in told.items() if both[0] != both[1]}
        if not changed:
            return cast(R, kept)
        changed = {name: both for name, both in changed.items() if name not in UNTOLD}
        for name, value in changes.items():
            setattr(kept, name, value)
        kept.version += 1
        kept.save()
        subject = str(kept)
        tell(
            contract=contract,
            act=act,
            by=by,
            before={"subject": subject, **{name: both[0] for name, both in changed.items()}},
            after={"subject": subject, **{name: both[1] for name, both in changed.items()}},
            reason=reason,
        )
    return cast(R, kept)


def said(value: object) -> str:
    """A value as the journal keeps it: a day in ISO, a row by its name."""
    return "" if value is None else str(value)

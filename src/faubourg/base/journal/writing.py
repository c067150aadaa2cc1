"""Writing an entry: one writer at a time on both databases, the head anchored once it is committed."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.models import JournalEntry, PersonalValue

from . import anchor
from .chain import GENESIS, canonical, keyed_hash, personal_digest

# Names the advisory lock of PostgreSQL; any constant that nothing else in the database uses.
_LOCK = 0x4641_5542


class Told(TypedDict, total=False):
    """What a room adds to an act on one of its things: what was, what is, why."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str


def record(
    *,
    by: Actor,
    act: str,
    kind: str,
    ref: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    personal: Mapping[str, str] | None = None,
    about: UUID | None = None,
    at: datetime | None = None,
) -> JournalEntry:
    """Add one entry, inside the caller's `transaction.atomic()`; raises TransactionManagementError outside.

    `personal` holds the values that may one day have to be erased, by path (« after.email »); a path that
    also stands in `before` or `after` is withheld there. `about` is the person they concern, by default
    the object itself when its `ref` is a UUID. The actor's name is always personal, except Faubourg's own.
    """
    seq, previous = _next_rank()
    moment = (at or timezone.now()).astimezone(UTC)
    withheld = dict(personal or {})
    content: dict[str, Any] = {
        "act": act,
        "actor_ref": by.ref,
        "after": _without(after, "after", withheld),
        "at": moment.isoformat(timespec="microseconds"),
        "before": _without(before, "before", withheld),
        "kind": kind,
        "previous": previous,
        "reason": reason,
        "ref": ref,
        "seq": seq,
        **({"actor": by.name} if by.ref is None else {}),
    }
    entry = _write(content, moment, _salted(withheld, by, about or _uuid(ref)))
    # A full disk under the anchor must not undo what was committed: `journal verify` will say it.
    transaction.on_commit(_Anchoring(entry), robust=True)
    return entry


class _Anchoring:
    """Anchors an entry once it is committed, unless a later one of its transaction does it for both: a
    thousand entries are one line.

    Whatever undoes the later one must undo this one too: it then lies under no other savepoint. Else both
    stay, and this one reads which entry is the newest.
    """

    def __init__(self, entry: JournalEntry) -> None:
        self.head, self.alone, self.covered = anchor.Head(entry.seq, entry.hash), True, False
        self.savepoints = frozenset(filter(None, connection.savepoint_ids))
        # How Django names it in the log when it fails.
        self.__qualname__ = type(self).__qualname__
        before = _last_of_this_transaction()
        if before is not None:
            before.covered = self.savepoints <= before.savepoints
            before.alone = before.covered

    def __call__(self) -> None:
        if not self.covered:
            anchor.catch_up(self.head, alone=self.alone)


def _last_of_this_transaction() -> _Anchoring | None:
    """The last entry that this transaction wrote; Django forgets those that a savepoint undid."""
    for waiting in reversed(connection.run_on_commit):
        if isinstance(waiting[1], _Anchoring):
            return waiting[1]
    return None


def _next_rank() -> tuple[int, str]:
    """The rank of the entry to come and the hash it follows; waits for whoever else writes.

    A transaction that wrote one already holds the lock, and knows the head.
    """
    if not connection.in_atomic_block:
        message = "A journal entry belongs to the transaction of the act it tells: call record in atomic()."
        raise transaction.TransactionManagementError(message)
    if (last := _last_of_this_transaction()) is not None:
        return last.head.seq + 1, last.head.hash
    _wait_for_other_writers()
    head = JournalEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    return (head[0] + 1, head[1]) if head else (1, GENESIS)


def _salted(withheld: Mapping[str, str], by: Actor, about: UUID | None) -> list[PersonalValue]:
    """What may have to be erased one day, the actor's name included, each under a salt of its own."""
    kept = [(path, value, about) for path, value in withheld.items()]
    if by.ref is not None and by.name:
        kept.append(("actor.name", by.name, by.ref))
    return [
        PersonalValue(path=path, value=value, person_ref=person, salt=secrets.token_hex(32))
        for path, value, person in kept
    ]


def _write(content: dict[str, Any], moment: datetime, values: list[PersonalValue]) -> JournalEntry:
    """Hash the content with the digests of its personal values, and insert the rows."""
    content["personal"] = {kept.path: personal_digest(kept.salt, kept.value) for kept in values}
    payload = canonical(content)
    entry = JournalEntry(
        seq=content["seq"],
        at=moment,
        actor_ref=content["actor_ref"],
        act=content["act"],
        object_kind=content["kind"],
        object_ref=content["ref"],
        payload=payload,
        previous_hash=content["previous"],
        hash=keyed_hash(payload),
    )
    entry.save()
    for kept in values:
        kept.entry = entry
    PersonalValue.objects.bulk_create(values)
    return entry


def _wait_for_other_writers() -> None:
    """SQLite has one writer at a time (IMMEDIATE); PostgreSQL waits here until the other commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _without(side: Mapping[str, Any] | None, name: str, withheld: Mapping[str, str]) -> dict[str, Any] | None:
    """A copy of one side where the personal values are None."""
    if side is None:
        return None
    return {key: None if f"{name}.{key}" in withheld else value for key, value in side.items()}


def _uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None

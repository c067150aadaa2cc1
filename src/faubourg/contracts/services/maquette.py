"""Writing the cells of a maquette: each cell on its own, nobody's work overwritten in silence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from faubourg.base.actor import Actor
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Contract, FundingLine
from faubourg.contracts.queries.maquette import Cell, Row, maquette_of
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Reason, mark

from .money_noting import note, told


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person's page showed in a cell: its version and its sum; nothing when it was empty."""

    version: int = 0
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed in one cell: a sum in cents, or None to empty it."""

    row: str
    year: int
    typed: int | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else changed the same cell: `theirs` is what stands there now, None when it is empty.

    `gone`: the whole row was renamed or emptied in between.
    """

    change: Change
    theirs: int | None
    version: int
    gone: bool = False


@dataclass(slots=True)
class Saved:
    """What became of the changes: how many were written, which ones clash, which ones cannot be."""

    written: int = 0
    clashes: list[Clash] = field(default_factory=list)
    refused: list[tuple[Change, Reason]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether everything that was typed is kept."""
        return not self.clashes and not self.refused


SOURCED = mark(
    "Cette somme vient d’un document cité : corrigez-la si elle est fausse, elle ne se vide pas (0 si rien)."
)
HAS_EVENTS = mark(
    "Des gels ou annulations sont enregistrés sur cette somme ({taken}) : elle ne peut ni se vider ni passer "
    "en dessous."
)


def save_cells(*, contract: Contract, changes: Iterable[Change], hand: Hand, by: Actor) -> Saved:
    """Write what changed, cell by cell; one person at a time on one maquette.

    What nobody else touched is written; a cell that changed since it was seen comes back as a Clash, what
    cannot be written as a Reason. A cell typed as it already stands is left alone.
    """
    saved = Saved()
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        rows = {row.id: row for row in maquette_of(contract).rows}
        for change in changes:
            row = rows.get(change.row)
            outcome = _save(contract, row, change, hand, by) if row else Clash(change, None, 0, gone=True)
            match outcome:
                case Clash():
                    saved.clashes.append(outcome)
                case Reason():
                    saved.refused.append((change, outcome))
                case True:
                    saved.written += 1
    return saved


def _save(contract: Contract, row: Row, change: Change, hand: Hand, by: Actor) -> Clash | Reason | bool:
    """True once written, False when there was nothing to do."""
    cell = row.cells.get(change.year)
    now = Seen(cell.version, cell.cents) if cell else Seen()
    if change.typed == now.cents:
        return False
    clash = Clash(change, now.cents, now.version)
    if now.version != change.seen.version:
        return clash
    if reason := _impossible(row, cell, change, hand):
        return reason
    try:
        with transaction.atomic():
            return _write(contract, row, cell, change, by) or clash
    except IntegrityError:
        return clash


def _impossible(row: Row, cell: Cell | None, change: Change, hand: Hand) -> Reason | None:
    """Why this cell cannot be written so, if it cannot."""
    if not hand.holds(row.organisation_id):
        return Reason(code="not_yours", met=False, template=NOT_YOURS)
    if cell is None:
        return None
    if cell.left is not None:
        taken = cell.left.frozen + cell.left.cut
        if change.typed is None or change.typed < taken:
            return Reason("has_events", met=False, template=HAS_EVENTS, params={"taken": Cents(taken)})
    if change.typed is None and cell.source_id:
        return Reason(code="sourced", met=False, template=SOURCED)
    return None


def _write(contract: Contract, row: Row, cell: Cell | None, change: Change, by: Actor) -> bool:
    """False when the line moved under our hands."""
    if cell is None:
        return _create(contract, row, change, by)
    line = FundingLine.objects.select_related("objective").get(pk=cell.pk)
    before = told(line)
    held = FundingLine.objects.filter(pk=cell.pk, version=cell.version)
    if change.typed is None:
        if not held.delete()[0]:
            return False
        note(contract, "funding.emptied", by=by, before=before)
        return True
    # Once a person changes it, the sum is theirs: the document no longer says it.
    moved = held.update(
        amount_cents=change.typed,
        version=cell.version + 1,
        source=None,
        added_by=by.ref,
        added_by_name=by.name,
    )
    if not moved:
        return False
    line.refresh_from_db()
    note(contract, "funding.changed", by=by, before=before, after=told(line))
    return True


def _create(contract: Contract, row: Row, change: Change, by: Actor) -> bool:
    key = row.key._asdict()
    line = FundingLine.objects.create(
        **key,
        organisation_id=row.organisation_id,
        year=change.year,
        amount_cents=change.typed or 0,
        added_by=by.ref,
        added_by_name=by.name,
    )
    note(contract, "funding.added", by=by, after=told(line))
    return True

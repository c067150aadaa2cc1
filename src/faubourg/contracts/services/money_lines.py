"""A row of the maquette: added with its years, corrected, raised on the ladder; a sum hung on a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Contract, FundingLine
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from .money_noting import KIND, note, ref_of, told

# What may be corrected of a line; the sum itself is written in its cell.
FIELDS = ("label", "funder", "nature", "origin", "level", "objective_id", "action_id", "note")
# What the journal says of a line.
TOLD = ("objective", "action")
TWICE = mark(
    "Une ligne porte déjà cet objet, ce financeur, cette nature, cette origine, ce niveau et cette année : "
    "écrivez dans sa case."
)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Described:
    """What a row is about, whatever its years."""

    territory: Territory
    label: str
    funder: str
    nature: str
    origin: str
    level: str
    objective_id: int | None = None
    action_id: int | None = None
    organisation: Organisation | None = None
    note: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The columns of a line."""
        return {
            "territory": self.territory,
            "label": " ".join(self.label.split()),
            "funder": " ".join(self.funder.split()),
            "nature": self.nature,
            "origin": self.origin,
            "level": self.level,
            "objective_id": self.objective_id,
            "action_id": self.action_id,
            "organisation": self.organisation,
            "note": self.note,
        }


def add_row(
    *, contract: Contract, row: Described, amounts: Mapping[int, int], hand: Hand, by: Actor
) -> list[FundingLine]:
    """One line a year; refused without a sum, twice, or when it is another organisation's."""
    if not hand.holds(row.organisation.pk if row.organisation else None):
        raise Refused(Verdict.no("organisation", NOT_YOURS))
    if not amounts:
        raise Refused(
            Verdict.no(
                "amounts", mark("Inscrivez au moins une somme : une ligne sans année ne se garde pas.")
            )
        )
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        return [_add(contract, row, year, cents, by) for year, cents in sorted(amounts.items())]


def reserve(
    *,
    row: Described,
    year: int,
    cents: int,
    contract: Contract | None,
    by: Actor,
) -> FundingLine:
    """A sum on a place, whatever the state of its path: a *pressenti* neighbourhood may hold money."""
    with transaction.atomic():
        Territory.objects.select_for_update().get(pk=row.territory.pk)
        return _add(contract, row, year, cents, by)


def _add(contract: Contract | None, row: Described, year: int, cents: int, by: Actor) -> FundingLine:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            Verdict.no(
                "year",
                mark("L’année va de {first} à {last}."),
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    try:
        with transaction.atomic():
            line = FundingLine.objects.create(
                contract=contract,
                year=year,
                amount_cents=cents,
                added_by=by.ref,
                added_by_name=by.name,
                **row.as_fields(),
            )
    except IntegrityError as twice:
        raise Refused(Verdict.no("label", TWICE)) from twice
    journal.record(
        by=by, act="funding.added", kind=KIND, ref=ref_of(contract, row.territory), after=told(line)
    )
    return line


def revise_row(
    *,
    contract: Contract,
    line: FundingLine,
    changes: Mapping[str, Any],
    version: int,
    whole_row: bool,
    hand: Hand,
    by: Actor,
    reason: str = "",
) -> int:
    """Correct one line, or every year of its row; how many lines changed.

    Raises Conflict when somebody saved that line in between, Refused when two lines would become one.
    """
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        held = FundingLine.objects.select_for_update(of=("self",)).select_related(*TOLD).get(pk=line.pk)
        if held.version != version:
            raise Conflict
        if not hand.holds(held.organisation_id):
            raise Refused(Verdict.no("label", NOT_YOURS))
        lines = _row_of(held) if whole_row else [held]
        return sum(_revise(contract, each, changes, by, reason) for each in lines)


def _row_of(line: FundingLine) -> list[FundingLine]:
    same = ("territory", "contract", "objective", "action", "label", "funder", "nature", "origin", "level")
    found = FundingLine.objects.select_for_update(of=("self",)).select_related(*TOLD)
    return list(found.filter(**_equal(line, same)))


def _equal(line: FundingLine, names: tuple[str, ...]) -> dict[str, Any]:
    """Equal in these columns; NULL equals NULL."""
    wanted = {name: getattr(line, name) for name in names}
    return {
        (f"{name}__isnull" if value is None else name): (True if value is None else value)
        for name, value in wanted.items()
    }


def _revise(contract: Contract, line: FundingLine, changes: Mapping[str, Any], by: Actor, reason: str) -> int:
    before = told(line)
    old_note = line.note
    for name in FIELDS:
        if name in changes:
            setattr(line, name, changes[name])
    after = told(line)
    if after == before and line.note == old_note:
        return 0
    # Once a person changes what it is, the document no longer says it.
    line.source, line.added_by, line.added_by_name = None, by.ref, by.name
    line.version += 1
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as twice:
        raise Refused(Verdict.no("label", TWICE)) from twice
    note(contract, "funding.revised", by=by, before=before, after=told(line), reason=reason)
    return 1

"""What the journal says of a line of money: each entry names its line, its contract, before and after."""

from typing import Unpack

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract, FundingLine
from faubourg.rules.money_ladder import Cents
from faubourg.territories.models import Territory

KIND = "maquette"


def ref_of(contract: Contract | None, place: Territory | None = None) -> str:
    """The maquette of a contract, or what hangs on a place without a contract."""
    if contract is not None:
        return f"{contract.generation}/{contract.code}"
    return f"{place.kind}/{place.code}" if place else ""


def mark_of(pk: int) -> str:
    """How an entry names its line, so that the history of one line can be found among the others."""
    return f"L{pk}"


def told(line: FundingLine) -> dict[str, str]:
    """A line in words, as the journal keeps it."""
    return {
        "money_line": f"{line.label} – {line.funder} – {line.year}",
        "line_mark": mark_of(line.pk),
        "amount": str(Cents(line.amount_cents)),
        "money_level": line.get_level_display(),
        "money_nature": line.get_nature_display(),
        "money_origin": line.get_origin_display(),
        "money_label": line.label,
        "funder": line.funder,
        "money_objective": str(line.objective) if line.objective else "",
        "money_action": str(line.action) if line.action else "",
        "money_source": line.source_id or line.added_by_name,
    }


def note(contract: Contract, act: str, *, by: Actor, **told: Unpack[journal.Told]) -> None:
    """One entry about a line of this maquette."""
    journal.record(by=by, act=act, kind=KIND, ref=ref_of(contract), **told)

"""Writing the droit commun register: means added, corrected, ended, taken from the neighbourhoods' lists."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import NOT_YOURS, Hand
from faubourg.contracts.models import Contract, OrdinaryMeans
from faubourg.contracts.queries.ordinary import TAKEN, partner_of, resources_to_take
from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import Verdict, mark

KIND = "ordinary_means"
FIELDS = (
    "partner", "partner_printed", "kind", "label", "neighbourhood", "place", "year", "amount_cents", "etp",
    "note", "ended_on",
)  # fmt: skip


def ref_of(contract: Contract) -> str:
    """The register of a contract, as the journal names it."""
    return f"{contract.generation}/{contract.code}"


def told(means: OrdinaryMeans) -> dict[str, str]:
    """One of the means in words, as the journal keeps it."""
    return {
        "money_line": f"{means.label} – {partner_of(means)}" + (f" – {means.year}" if means.year else ""),
        "means_kind": means.get_kind_display(),
        "means_label": means.label,
        "partner": partner_of(means),
        "means_place": means.neighbourhood.name if means.neighbourhood else "",
        "amount": "" if means.amount_cents is None else str(Cents(means.amount_cents)),
        "etp": "" if means.etp is None else str(means.etp),
        "ended_on": means.ended_on.isoformat() if means.ended_on else "",
    }


@transaction.atomic
def add_means(*, contract: Contract, said: Mapping[str, Any], hand: Hand, by: Actor) -> OrdinaryMeans:
    """One more; a partner adds its own."""
    _own(hand, said.get("partner"))
    means = OrdinaryMeans.objects.create(contract=contract, **{name: said[name] for name in FIELDS})
    journal.record(by=by, act="means.added", kind=KIND, ref=ref_of(contract), after=told(means))
    return means


@transaction.atomic
def revise_means(
    *, means: OrdinaryMeans, said: Mapping[str, Any], version: int, hand: Hand, by: Actor
) -> OrdinaryMeans:
    """Correct or end one; raises Conflict when somebody saved in between."""
    held = OrdinaryMeans.objects.select_for_update(of=("self",)).select_related("partner", "neighbourhood")
    found = held.get(pk=means.pk)
    if found.version != version:
        raise Conflict
    _own(hand, found.partner)
    _own(hand, said.get("partner"))
    before = told(found)
    for name in FIELDS:
        setattr(found, name, said[name])
    # Once a person changes it, the document no longer says it.
    found.source, found.version = None, version + 1
    found.save()
    journal.record(
        by=by, act="means.revised", kind=KIND, ref=ref_of(found.contract), before=before, after=told(found)
    )
    return found


def _own(hand: Hand, partner: Any) -> None:
    if not hand.holds(partner.pk if partner else None):
        raise Refused(Verdict.no("partner", NOT_YOURS))


@transaction.atomic
def take_resources(*, contract: Contract, by: Actor) -> int:
    """Bring into the register the equipment and services that the neighbourhoods list; once each."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    found = resources_to_take(contract)
    if not found:
        raise Refused(
            Verdict.no(
                "nothing_to_take", mark("Tout ce que listent les quartiers est déjà dans le registre.")
            )
        )
    added = OrdinaryMeans.objects.bulk_create(
        OrdinaryMeans(
            contract=contract,
            partner_printed=resource.partner,
            kind=TAKEN[resource.kind],
            label=resource.name,
            neighbourhood=resource.territory,
            place=resource.place,
            note=resource.note,
            source=resource.source,
        )
        for resource in found
    )
    journal.record(
        by=by,
        act="means.taken",
        kind=KIND,
        ref=ref_of(contract),
        after={"means_count": len(added), "labels": [means.label for means in added]},
    )
    return len(added)

"""The droit commun register of Clermont « Centre », from the City's page of March 2024: facts only.

What the neighbourhood's sheet already lists is taken from it, with its partner, its place and its remark.
"""

import json
from importlib.resources import files
from typing import Any

from django.db.models import Q

from faubourg.contracts.models import Contract, OrdinaryMeans
from faubourg.territories.models import LocalResource, Territory
from faubourg.territories.services.load_bulk import Written, bring

EDITED = Q(version__gt=1)
REGISTER = "seeds/clermont-register.json"


def facts() -> dict[str, Any]:
    """What the file says."""
    text = files("faubourg.contracts").joinpath(REGISTER).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def bring_register() -> Written:
    """Brought once; what a person corrected since stays as they left it."""
    said = facts()
    contract = Contract.objects.filter(**said["contract"]).first()
    quarter = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code=said["quarter"]).first()
    if contract is None or quarter is None:
        return Written()
    listed = {found.name: found for found in LocalResource.objects.filter(territory=quarter)}
    rows = [
        _row(contract, quarter, said["source"], item, listed.get(item["name"]))
        for item in (*said["taken"], *said["more"])
        if item["name"] in listed or "partner" in item
    ]
    existing = OrdinaryMeans.objects.filter(contract=contract)
    fields = ("partner_printed", "kind", "place", "note", "source_id")
    return bring(existing, rows, key=("neighbourhood_id", "label", "year"), fields=fields, frozen=EDITED)


def _row(
    contract: Contract, quarter: Territory, source: str, item: dict[str, str], listed: LocalResource | None
) -> OrdinaryMeans:
    return OrdinaryMeans(
        contract=contract,
        neighbourhood=quarter,
        label=item["name"],
        kind=item["kind"],
        partner_printed=listed.partner if listed else item["partner"],
        place=listed.place if listed else item["place"],
        note=listed.note if listed else item["note"],
        source_id=listed.source_id if listed else source,
    )

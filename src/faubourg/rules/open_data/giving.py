"""A grant in the 360Giving Data Standard 1.4: identifiers, organisations, dates, locations, transactions.

Organisations of France are named by their SIRET or RNA with the prefixes of org-id.guide (FR-SIRET, FR-RNA).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .grant import Grant

PREFIX = "360G-faubourg"
CURRENCY = "EUR"


def giving(grant: Grant, *, url: str = "") -> dict[str, Any]:
    """One grant of a 360Giving package; amounts are euros. Empty parts are left out."""
    told: dict[str, Any] = {
        "id": f"{PREFIX}-{grant.ref}",
        "title": grant.title or grant.purpose[:140],
        "description": grant.purpose or grant.title,
        "currency": CURRENCY,
        "amountAwarded": _euros(grant.cents),
        "amountAppliedFor": _euros(grant.requested_cents),
        "amountDisbursed": _euros(sum(each.cents for each in grant.instalments if each.on)) or None,
        "awardDate": _day(grant.signed_on),
        "url": url,
        "plannedDates": _filled([{"startDate": _day(grant.starts_on), "endDate": _day(grant.ends_on)}]),
        "recipientOrganization": [
            _organisation(grant.beneficiary, grant.beneficiary_siret, grant.beneficiary_rna)
        ],
        "fundingOrganization": [_organisation(grant.funder, grant.funder_siret, "")],
        "grantProgramme": _filled([{"title": grant.programme}]),
        "fromOpenCall": "Yes",
        "beneficiaryLocation": [
            {"name": name, "geoCode": code, "geoCodeType": "QPV", "countryCode": "FR"}
            for code, name in grant.places
        ],
        "disbursementTransaction": [
            {
                "id": f"{grant.ref}-{rank}",
                "transactionDate": _day(each.on),
                "currency": CURRENCY,
                "value": _euros(each.cents),
            }
            for rank, each in enumerate(grant.instalments, start=1)
            if each.on
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _filled(parts: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    kept = [{name: value for name, value in part.items() if value} for part in parts]
    return [part for part in kept if part]


def _organisation(name: str, siret: str, rna: str) -> dict[str, str]:
    """An organisation without a number is named by its own words, as the standard allows."""
    if siret:
        return {"id": f"FR-SIRET-{siret}", "name": name}
    if rna:
        return {"id": f"FR-RNA-{rna}", "name": name}
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return {"id": f"{PREFIX}-org-{slug}", "name": name}

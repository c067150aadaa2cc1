"""What the founding documents say of contracts: seven side by side in 2016, money in 2023 and 2024."""

from typing import Any

from django.db.models import Q

from faubourg.contracts.models import (
    Analysis,
    AnalysisRow,
    AnnouncedTotal,
    Contract,
    ContractSheet,
    FundingLine,
)
from faubourg.territories import seeds
from faubourg.territories.models import Territory
from faubourg.territories.services.load_bulk import Written, bring

EDITED = Q(version__gt=1)
CENTS = 100


def bring_analysis() -> Written:
    """The analysis, its rows and announced totals; once a person edited it, it is theirs."""
    said = seeds.document(seeds.AUVERGNE)
    facts = said["analysis"]
    analysis = Analysis(
        slug=facts["slug"], title=facts["title"], intro=facts["intro"], source_id=seeds.AUVERGNE
    )
    written = bring(
        Analysis.objects.all(),
        [analysis],
        key=("slug",),
        fields=("title", "intro", "source_id"),
        frozen=EDITED,
    )
    if Analysis.objects.filter(EDITED, slug=facts["slug"]).exists():
        return written
    announced = [AnnouncedTotal(analysis_id=facts["slug"], **total) for total in facts["announced"]]
    written += bring(
        AnnouncedTotal.objects.all(), announced, key=("analysis_id", "what"), fields=("value", "note")
    )
    return written + _bring_rows(said) + _bring_sheets(said)


def bring_funding() -> Written:
    """Three amounts, each at its own level; a line already there is never written again."""
    kinds = (Territory.Kind.NEIGHBOURHOOD, Territory.Kind.COMMUNE)
    said = seeds.document(seeds.CENTRE)["funding"]
    wanted = [line["place"] for line in said]
    places = dict(Territory.objects.filter(kind__in=kinds, code__in=wanted).values_list("code", "pk"))
    rows = [
        FundingLine(
            territory_id=places[line["place"]],
            amount_cents=line["amount_eur"] * CENTS,
            source_id=seeds.CENTRE,
            **{key: line[key] for key in ("label", "funder", "year", "nature", "origin", "level", "note")},
        )
        for line in said
    ]
    return bring(FundingLine.objects.all(), rows, key=("territory_id", "label", "funder", "year"))


def _bring_rows(said: dict[str, Any]) -> Written:
    slug, facts = said["analysis"]["slug"], said["analysis"]
    contracts, groups, towns, quarters = _contracts(), *_places(said)
    seats = {group["code"]: group["town"] for group in said["epci"]}
    rows = [
        AnalysisRow(
            analysis_id=slug,
            contract_id=contracts[row["contract"]],
            territory_id=groups[row["epci"]],
            central_commune_id=towns[seats[row["epci"]]],
            renewal=row["renewal"],
            renewal_note=_renewal(row, facts),
            typology=row["typology"],
            order=rank,
        )
        for rank, row in enumerate(facts["row"])
    ]
    fields = ("territory_id", "central_commune_id", "renewal", "renewal_note", "typology", "order")
    existing = AnalysisRow.objects.filter(analysis_id=slug)
    written = bring(existing, rows, key=("analysis_id", "contract_id"), fields=fields)
    through = AnalysisRow.neighbourhoods.through
    by_group = dict(existing.values_list("territory_id", "pk"))
    links = [
        through(analysisrow_id=by_group[groups[quarter["epci"]]], territory_id=quarters[quarter["code"]])
        for quarter in said["quarter"]
    ]
    return written + bring(through.objects.all(), links, key=("analysisrow_id", "territory_id"))


def _bring_sheets(said: dict[str, Any]) -> Written:
    """What the document says of each contract; engineering is said of the sites in general, so no number."""
    facts, contracts = said["analysis"], _contracts()
    _, towns, _ = _places(said)
    seats = {group["code"]: group["town"] for group in said["epci"]}
    rows = [
        ContractSheet(
            contract_id=contracts[row["contract"]],
            central_commune_id=towns[seats[row["epci"]]],
            etp_note=facts["etp_note"],
            renewal=_renewal(row, facts),
            source_id=seeds.AUVERGNE,
        )
        for row in facts["row"]
    ]
    fields = ("central_commune_id", "etp_note", "renewal", "source_id")
    return bring(ContractSheet.objects.all(), rows, key=("contract_id",), fields=fields, frozen=EDITED)


def _renewal(row: dict[str, Any], facts: dict[str, Any]) -> str:
    return str(facts["renewal"] if row["renewal"] else facts["no_renewal"])


def _contracts() -> dict[str, int]:
    return dict(Contract.objects.filter(generation=Contract.Generation.G2015).values_list("code", "pk"))


def _places(said: dict[str, Any]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Primary keys of the groups of 2016, of their central towns and of their quarters, by code."""

    def pks(kind: str, codes: list[str]) -> dict[str, int]:
        return dict(Territory.objects.filter(kind=kind, code__in=codes).values_list("code", "pk"))

    return (
        pks(Territory.Kind.EPCI, [group["code"] for group in said["epci"]]),
        pks(Territory.Kind.COMMUNE, [group["town"] for group in said["epci"]]),
        pks(Territory.Kind.NEIGHBOURHOOD, [quarter["code"] for quarter in said["quarter"]]),
    )

"""Bring the published grants, and match each to an organisation by its SIRET, to a contract by its code."""

from collections.abc import Iterator
from functools import partial

from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.rules.verdict import mark
from faubourg.territories import pack
from faubourg.territories.data import records
from faubourg.territories.services.load import Loaded, Steps, run
from faubourg.territories.services.load_bulk import Written, bring

from ..models import PublishedGrant

YEARS = (2023, 2024)
FUNDER = "État"
PROGRAMME = "Adultes-relais"
FIELDS = (
    "beneficiary_name",
    "beneficiary_siret",
    "departement",
    "amount_cents",
    "organisation_id",
    "match",
    "contract_id",
    "contract_reason",
)
OF_ITS_TIME = mark("Code du contrat, dans la génération de l’exercice.")
OF_THE_OTHER = mark("Code du contrat, dans l’autre génération.")
NO_CODE = mark("La source ne donne pas de contrat.")
UNKNOWN_CODE = mark("Ce code n’est celui d’aucun contrat chargé.")


def load_published_grants(*, by: Actor) -> list[Loaded]:
    """Both years, after the contracts; a second load writes nothing."""
    steps: Steps = [(f"adultes-relais-{year}", partial(bring_grants, year)) for year in YEARS]
    return run(steps, "Subventions publiées", by=by)


def bring_grants(year: int) -> Written:
    """One year of posts; several rows of one post stay apart, told so."""
    rows = [row for row in pack.grants() if row.year == year]
    return bring(
        PublishedGrant.objects.filter(source=f"adultes-relais-{year}"),
        list(_wanted(rows)),
        key=("source_id", "ref"),
        fields=FIELDS,
    )


def _wanted(rows: list[records.Grant]) -> Iterator[PublishedGrant]:
    known = dict(Organisation.objects.exclude(siret=None).values_list("siret", "pk"))
    contracts = {
        (generation, code): pk
        for generation, code, pk in Contract.objects.values_list("generation", "code", "pk")
    }
    for row in rows:
        organisation = known.get(row.siret)
        contract, reason = _contract(row, contracts)
        yield PublishedGrant(
            source_id=f"adultes-relais-{row.year}",
            ref=f"{row.post}-{row.rank}",
            year=row.year,
            funder_name=FUNDER,
            programme=PROGRAMME,
            beneficiary_name=row.beneficiary,
            beneficiary_siret=row.siret,
            departement=row.departement,
            purpose=f"Poste {row.post}",
            amount_cents=row.cents,
            level="unstated",
            organisation_id=organisation,
            match=PublishedGrant.Match.SIRET if organisation else PublishedGrant.Match.NONE,
            contract_id=contract,
            contract_reason=reason,
        )


def _contract(row: records.Grant, contracts: dict[tuple[str, str], int]) -> tuple[int | None, str]:
    """A contract of the year's generation if its code is there, else of the other; why."""
    if not row.contract:
        return None, NO_CODE
    generations = [Contract.Generation.G2015.value, Contract.Generation.G2024.value]
    if row.year >= 2024:
        generations.reverse()
    for generation, reason in zip(generations, (OF_ITS_TIME, OF_THE_OTHER), strict=True):
        if found := contracts.get((generation, row.contract)):
            return found, reason
    return None, UNKNOWN_CODE

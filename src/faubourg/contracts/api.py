"""Open data of the contrats de ville: read only and public."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema, Status

from faubourg.base.api import NOT_FOUND, NOT_READABLE, Code, CodeFilter, Page, PageNumber, PageSize, paged
from faubourg.rules.verdict import mark

from .models import Contract

router = Router(tags=["Contrats de ville"])


class BearerOut(Schema):
    """`territory` is null when the printed code is no territory we know."""

    printed_code: str
    territory: str | None


class NeighbourhoodLink(Schema):
    """`basis` says how the link is known: no published file states it."""

    code: str
    name: str
    basis: str
    ambiguous: bool


class ContractLine(Schema):
    generation: str
    code: str
    name: str
    printed_name: str
    departement: str | None
    printed_population: int | None
    source: str


class ContractOut(ContractLine):
    bearers: list[BearerOut]
    neighbourhoods: list[NeighbourhoodLink]


class ContractPage(Page):
    items: list[ContractLine]


def _contracts() -> QuerySet[Contract]:
    return Contract.objects.select_related("departement").order_by("-generation", "sort_key", "code")


def _line(contract: Contract) -> dict[str, Any]:
    return {
        "generation": contract.generation,
        "code": contract.code,
        "name": contract.name,
        "printed_name": contract.printed_name,
        "departement": contract.departement.code if contract.departement else None,
        "printed_population": contract.printed_population,
        "source": contract.source_id,
    }


@router.get("/contrats", response={200: ContractPage, **NOT_READABLE}, summary=mark("Les contrats de ville"))
def contracts(
    request: HttpRequest,
    generation: Contract.Generation | None = None,
    departement: CodeFilter = None,
    page: PageNumber = 1,
    page_size: PageSize = 50,
) -> Any:
    """Contracts, the newest generation first."""
    asked = {"generation": generation, "departement__code": departement}
    queryset = _contracts().filter(**{name: value for name, value in asked.items() if value})
    rows, where = paged(queryset, page, page_size)
    return where | {"items": [_line(contract) for contract in rows]}


@router.get(
    "/contrats/{generation}/{code}",
    response={200: ContractOut, **NOT_FOUND},
    summary=mark("Un contrat de ville"),
)
def contract(request: HttpRequest, generation: Contract.Generation, code: Code) -> Status[Any]:
    """One contract: the same code may stand for two contracts, one a generation."""
    found = (
        _contracts()
        .prefetch_related("bearers__territory", "neighbourhood_links__neighbourhood")
        .filter(generation=generation, code=code.upper())
        .first()
    )
    if found is None:
        return Status(404, {"detail": f"Aucun contrat de cette génération ne porte le code {code}."})
    return Status(
        200,
        _line(found)
        | {
            "bearers": [
                {
                    "printed_code": bearer.printed_code,
                    "territory": bearer.territory.code if bearer.territory else None,
                }
                for bearer in found.bearers.all()
            ],
            "neighbourhoods": [
                {
                    "code": link.neighbourhood.code,
                    "name": link.neighbourhood.name,
                    "basis": link.basis,
                    "ambiguous": link.ambiguous,
                }
                for link in found.neighbourhood_links.all()
                if not link.rejected
            ],
        },
    )

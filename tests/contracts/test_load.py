"""From printed rows to contracts: names, bearers, documents."""

import pytest

from faubourg.contracts.models import Contract, ContractNeighbourhood
from faubourg.contracts.services.load_contracts import BY_NAME, Bearers, display_name
from faubourg.contracts.services.load_links import bring_links
from faubourg.territories.data.records import Contract as Row
from tests.factories.contracts import ContractFactory
from tests.factories.territories import PerimeterFactory, SourceFactory, TerritoryFactory

G2024 = Contract.Generation.G2024


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("63 - Clermont Auvergne Métropole", "Clermont Auvergne Métropole"),
        ("2A - CA du Pays Ajaccien", "CA du Pays Ajaccien"),
        ("NA - CA Grand Lac", "CA Grand Lac"),
        ("976 - M'Tsangamouji", "M'Tsangamouji"),
        ("13 - CA du Pays d'Aix en Provence (CAPA)", "CA du Pays d'Aix en Provence"),
    ],
)
def test_the_name_shown_is_the_printed_one_without_its_departement(printed, shown):
    assert display_name(printed) == shown


def row(code, name, departement="63"):
    return Row("2015-2023", 1, "CV999", name, code, departement, None, None, None, "")


@pytest.mark.django_db
def test_a_bearer_is_found_by_code_then_by_name_in_its_departement():
    here = TerritoryFactory(kind="departement", code="63", name="Puy-de-Dôme")
    epci = TerritoryFactory(epci=True, name="CA de Moulins Communauté", departement=here)
    bearers = Bearers()
    assert bearers.find(row(epci.code, "63 - Autre")).territory == epci
    by_name = bearers.find(row("240000000", "63 - CC du Pays de Moulins"))
    assert (by_name.territory, by_name.note) == (epci, BY_NAME)
    elsewhere = bearers.find(row("240000000", "03 - CC du Pays de Moulins", "03"))
    assert elsewhere.territory is None
    assert "aucun successeur" in elsewhere.note


@pytest.mark.django_db
def test_links_follow_the_bearers_and_a_decision_stays():
    """A link set aside by a person is not brought back; a stale derived link goes."""
    epci = TerritoryFactory(epci=True)
    commune = TerritoryFactory()
    commune.epci = epci
    commune.save()
    place = PerimeterFactory().territory
    place.communes.add(commune)
    contract = ContractFactory(departement=None)
    contract.bearers.create(printed_code=epci.code, territory=epci)
    SourceFactory(slug="qpv-2024")
    assert bring_links(G2024).created
    link = ContractNeighbourhood.objects.get()
    assert (link.basis, link.ambiguous) == ("epci", False)
    ContractNeighbourhood.objects.update(
        rejected=True, decided_by="0" * 32, decided_at="2026-01-01T00:00:00Z", basis="decided"
    )
    bring_links(G2024)
    assert ContractNeighbourhood.objects.get().rejected
    ContractNeighbourhood.objects.update(rejected=False, decided_by=None, decided_at=None, basis="epci")
    contract.bearers.all().delete()
    assert bring_links(G2024).deleted
    assert not ContractNeighbourhood.objects.exists()

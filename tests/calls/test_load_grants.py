"""The grants that the ANCT published, brought in whole, matched when sure; a second load writes nothing."""

import pytest

from faubourg.calls.models import PublishedGrant
from faubourg.calls.services.load_grants import bring_grants
from faubourg.territories import pack
from faubourg.territories.services.load_sources import bring_sources
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_every_row_of_both_years_once():
    bring_sources()
    organisation = OrganisationFactory(siret="27010003500012", name="Bourg Habitat")
    old = ContractFactory(code="CV004", generation="2015-2023")
    new = ContractFactory(code="CN00104M", generation="2024-2030")
    assert (bring_grants(2023).created, bring_grants(2024).created) == (5_416, 4_949)
    assert not bring_grants(2023)
    assert PublishedGrant.objects.count() == 10_365
    assert PublishedGrant.objects.filter(organisation=organisation).count() >= 2
    assert set(PublishedGrant.objects.filter(contract=old).values_list("year", flat=True)) == {2023}
    assert set(PublishedGrant.objects.filter(contract=new).values_list("year", flat=True)) == {2024}
    assert PublishedGrant.objects.filter(contract_reason__startswith="La source").count() == 52


def test_what_the_source_sums_to_and_what_its_posts_cost():
    rows = [row for row in pack.grants() if row.year == 2024]
    assert sum(row.cents for row in rows) == 11_288_970_889
    assert len({row.post for row in rows}) == 4_721


def test_the_list_asks_a_few_questions(client, django_assert_max_num_queries):
    bring_sources()
    bring_grants(2023)
    with django_assert_max_num_queries(8):
        page = client.get("/donnees/subventions-publiees/?q=coallia").content.decode()
    assert "COALLIA" in page
    assert "CAPSO" not in page

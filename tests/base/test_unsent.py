"""Drafts on the desk: in words, with the way back to the form; what leads nowhere is not listed."""

import pytest

from faubourg.base import drafts, unsent
from faubourg.base.models import Draft
from faubourg.contracts.models import Contract
from tests.factories.contracts import AnalysisFactory, ContractFactory
from tests.factories.people import PersonFactory
from tests.factories.territories import PerimeterFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def described(key):
    person = PersonFactory()
    drafts.save(person_ref=person.ref, form_key=key, content={"name": "…"})
    return [(str(u.label), u.subject, u.url) for u in unsent.described(Draft.objects.all())]


def test_the_presentation_of_a_place():
    place = TerritoryFactory(name="La Gauthière")
    assert described(f"territory:{place.kind}:{place.code}") == [
        ("présentation", "La Gauthière", f"{place.get_absolute_url()}modifier/")
    ]


def test_the_fiche_of_a_contract_of_either_generation():
    contract = ContractFactory(generation=Contract.Generation.G2015, code="CT63", name="Vichy")
    assert described(f"contract-sheet:{contract.generation}:CT63") == [
        ("fiche d’identité", "Vichy", f"/contrats/CT63/fiche/modifier/?generation={contract.generation}")
    ]


def test_an_analysis_kept_or_new():
    analysis = AnalysisFactory(slug="est", title="L’Est")
    assert described(f"analysis:{analysis.slug}") == [("analyse", "L’Est", "/analyses/est/modifier/")]
    Draft.objects.all().delete()
    assert described("analysis:new") == [("analyse", "nouvelle", "/analyses/composer/")]


def test_an_outline_new_or_changed():
    area = TerritoryFactory(epci=True, name="Agglomération")
    seen = PerimeterFactory(drawn=True)
    assert described(f"geography:{area.code}") == [
        ("contour dessiné", "Agglomération", f"/geographie/{area.code}/dessiner/")
    ]
    Draft.objects.all().delete()
    assert described(f"geography:{area.code}:{seen.pk}") == [
        (
            "contour dessiné",
            seen.territory.name,
            f"/geographie/{area.code}/perimetres/{seen.pk}/modifier/",
        )
    ]
    Draft.objects.all().delete()
    assert described(f"geography:{area.code}:x") == []


@pytest.mark.parametrize(
    "key", ["territory:commune:00000", "analysis:gone", "unheard-of:1", "plain", "region:1:2"]
)
def test_a_draft_that_leads_nowhere_is_not_listed(key):
    assert described(key) == []


def test_the_desk_leads_back_to_the_form(client):
    place, person = TerritoryFactory(name="La Gauthière"), PersonFactory()
    key = f"territory:{place.kind}:{place.code}"
    drafts.save(person_ref=person.ref, form_key=key, content={"name": "…"})
    client.force_login(person)
    page = client.get("/").content.decode()
    assert f'href="{place.get_absolute_url()}modifier/"' in page
    assert key not in page

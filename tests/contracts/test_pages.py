"""The pages: what they show, what they cost, what they refuse."""

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base import drafts, erasure, pdf
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract, ContractNeighbourhood
from faubourg.territories.models import Correction
from tests.factories.contracts import (
    AnalysisFactory,
    AnalysisRowFactory,
    AnnouncedTotalFactory,
    ContractFactory,
    SheetFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.territories import FigureFactory, IndicatorFactory, SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_contract_or_three(client, django_assert_max_num_queries, count):
    for _ in range(count):
        ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    with django_assert_max_num_queries(8):
        response = client.get(reverse("contracts"))
    assert response.context["listing"].total == count


def test_the_list_filters_by_generation_and_by_words_without_accents(client):
    wanted = ContractFactory(older=True, name="Éssai Métropole")
    ContractFactory(name="Autre")
    response = client.get(reverse("contracts"), {"q": "metropole essai", "generation": "2015-2023"})
    assert response.context["listing"].total == 1
    assert wanted.code in response.content.decode()


@pytest.mark.parametrize("fmt", ["csv", "ods", "xlsx", "pdf"])
def test_the_list_is_carried_away(client, fmt):
    ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    assert client.get(reverse("contracts"), {"format": fmt}).status_code == 200


@pytest.mark.parametrize("name", ["contract", "contract_sheet"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_contract_costs_the_same_whatever_its_size(client, django_assert_max_num_queries, name, count):
    quarters = [TerritoryFactory(neighbourhood=True) for _ in range(count)]
    contract = ContractFactory(borne_by=[TerritoryFactory(epci=True)], quarters=quarters)
    with django_assert_max_num_queries(15 if name == "contract" else 12):
        assert client.get(reverse(name, args=[contract.code])).status_code == 200


def test_a_contract_says_what_is_deduced_and_where_the_other_generation_is(client, town):
    old = ContractFactory(older=True, borne_by=[town.epci], name="Ancienne communauté")
    page = client.get(reverse("contract", args=[town.contract.code])).content.decode()
    assert "Ancienne communauté" in page
    assert f"{reverse('contract', args=[old.code])}?generation=2015-2023" in page
    assert "déduit" in page
    assert "Connectez-vous" in page  # why the reader may not decide


def test_a_contract_leads_to_the_local_geography_of_who_bears_it(client, town):
    assert reverse("geography", args=[town.epci.code]) in client.get(contract_url(town.contract)).text


def test_codes_are_forgiven_and_unknown_ones_answered(client, town):
    lower = reverse("contract", args=[town.contract.code.lower()])
    assert client.get(lower).headers["Location"] == reverse("contract", args=[town.contract.code])
    assert client.get(reverse("contract", args=["CV999"])).status_code == 404
    assert (
        client.get(reverse("contract", args=[town.contract.code]), {"generation": "2015-2023"}).status_code
        == 404
    )


def test_the_older_generation_of_a_code_has_its_own_page(client):
    ContractFactory(code="CV428", name="Nouveau")
    ContractFactory(code="CV428", name="Ancien", generation=Contract.Generation.G2015)
    page = client.get(reverse("contract", args=["CV428"]), {"generation": "2015-2023"})
    assert page.context["contract"].name == "Ancien"


def test_the_pdf_is_served_as_one(client, town):
    response = client.get(reverse("contract_sheet_pdf", args=[town.contract.code]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF")


def sent(**changes: str) -> dict[str, str]:
    return {"version": "0", **changes}


def test_the_officer_completes_the_sheet(client, town, officer):
    client.force_login(officer)
    address = reverse("contract_sheet_edit", args=[town.contract.code])
    key = f"contract-sheet:{town.contract.generation}:{town.contract.code}"
    drafts.save(person_ref=officer.ref, form_key=key, content={"priorities": "Un brouillon"})
    assert client.get(address).status_code == 200
    response = client.post(address, sent(priorities="Emploi", central_commune=town.centre.code, etp_pv="0,5"))
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert drafts.load(person_ref=officer.ref, form_key=key) is None
    assert "Emploi" in page
    assert "moins d’un équivalent temps plein" in page


@pytest.mark.parametrize("name", ["contract", "contract_sheet", "contract_sheet_pdf"])
def test_a_code_in_lower_case_leads_to_the_same_page_with_its_question(client, town, name):
    lower = reverse(name, args=[town.contract.code.lower()])
    moved = client.get(lower, {"generation": "2024-2030"})
    assert moved.headers["Location"] == f"{reverse(name, args=[town.contract.code])}?generation=2024-2030"


@pytest.mark.parametrize("code", ["é", "{lower}%20", "ß", "%C5%89", "a%2Fb"])
def test_a_code_that_nobody_bears_is_not_found_rather_than_moved_for_ever(client, town, code):
    asked = code.format(lower=town.contract.code.lower())
    assert client.get(f"/contrats/{asked}/").status_code == 404


@pytest.mark.parametrize("name", ["governance", "priorities", "renewal", "signatories"])
def test_a_text_beyond_three_pages_is_refused_beside_its_field(client, town, officer, name):
    client.force_login(officer)
    url = reverse("contract_sheet_edit", args=[town.contract.code])
    answer = client.post(url, sent(**{name: "é" * 5_001}))
    assert answer.status_code == 422
    assert "5000" in answer.context["form"].errors[name][0].replace("\u202f", "").replace("\xa0", "")
    assert client.post(url, sent(**{name: "é" * 5_000})).status_code == 302


def test_a_fiche_that_cannot_be_set_says_what_to_do(client, town, auvergne, monkeypatch):
    def refuse(*args, **kwargs):
        raise pdf.NotCompiled("no")

    monkeypatch.setattr(pdf, "compile", refuse)
    for url in (f"/contrats/{town.contract.code}/fiche.pdf", "/analyses/deux-sites/?format=pdf"):
        answer = client.get(url)
        assert answer.status_code == 422
        assert "Le PDF n’a pas pu être composé" in answer.content.decode()


def test_an_author_is_named_to_colleagues_and_to_nobody_else(client, auvergne, officer, stranger):
    own = AnalysisFactory(created_by=officer.ref, created_by_name="Ana Diaz")
    urls = [
        f"/analyses/{own.slug}/",
        "/analyses/",
        "/analyses/?format=csv",
        f"/analyses/{own.slug}/modifier/",
    ]
    for reader in (None, PersonFactory(), stranger):
        if reader:
            client.force_login(reader)
        named = ["Ana Diaz" in client.get(url, follow=True).content.decode() for url in urls]
        assert named == [reader is stranger, False, False, False]


def test_a_closed_account_leaves_no_name_beside_what_was_decided(client, town, officer, stranger):
    own = AnalysisFactory(created_by=officer.ref, created_by_name="Ana Diaz")
    link = town.contract.neighbourhood_links.first()
    ContractNeighbourhood.objects.filter(pk=link.pk).update(
        decided_by=officer.ref, decided_by_name="Ana Diaz", decided_at=timezone.now()
    )
    correction = Correction.objects.create(
        territory=town.centre, subject="nom", printed="a", corrected="b", printed_in=SourceFactory(),
        evidence="c", decided_by="Ana Diaz", decided_by_ref=officer.ref, decided_on="2024-01-01",
    )  # fmt: skip
    erasure.erase(stranger.ref)
    own.refresh_from_db()
    assert own.created_by_name == "Ana Diaz"
    erasure.erase(officer.ref)
    for row in (own, link, correction):
        row.refresh_from_db()
    assert (own.created_by_name, link.decided_by_name) == ("", "")
    assert correction.decided_by == "une personne habilitée"
    client.force_login(stranger)
    assert "Composée par une personne habilitée" in client.get(f"/analyses/{own.slug}/").content.decode()


def test_a_conflict_shows_both_texts(client, town, officer):
    SheetFactory(contract=town.contract, priorities="Le leur", version=4)
    client.force_login(officer)
    response = client.post(
        reverse("contract_sheet_edit", args=[town.contract.code]), sent(version="3", priorities="Le mien")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Le leur" in page
    assert "Le mien" in page
    assert 'value="4"' in page


def test_a_wrong_commune_code_is_explained_beside_its_field(client, town, officer):
    client.force_login(officer)
    response = client.post(
        reverse("contract_sheet_edit", args=[town.contract.code]), sent(central_commune="00000")
    )
    assert response.status_code == 422
    assert "00000" in response.content.decode()


def test_who_has_no_role_here_is_refused(client, town, stranger):
    client.force_login(stranger)
    for name in ("contract_sheet_edit", "contract_links"):
        assert client.post(reverse(name, args=[town.contract.code]), {}).status_code == 403


def test_a_link_is_decided_from_the_page(client, town, officer):
    client.force_login(officer)
    quarter = town.quarters[0]
    client.post(
        reverse("contract_links", args=[town.contract.code]), {"decision": "confirm", "quarter": quarter.code}
    )
    assert town.contract.neighbourhood_links.get(neighbourhood=quarter).decided_by_name == "Ana Diaz"
    page = client.get(reverse("contract", args=[town.contract.code])).content.decode()
    assert "confirmé" in page


@pytest.fixture
def auvergne():
    """Two sites of which one has a quarter outside its centre; 5 000 counted, 5 000 announced rounded."""
    analysis = AnalysisFactory(slug="deux-sites", title="Deux sites")
    printed = IndicatorFactory(code="population-imprimee", additive=True)
    towns = [TerritoryFactory(name=name) for name in ("Clermont", "Cournon", "Thiers")]
    quarters = [TerritoryFactory(neighbourhood=True, name=f"Q{n}") for n in range(3)]
    for quarter, town, people in zip(quarters, towns, (3_300, 1_600, 200), strict=True):
        quarter.communes.set([town])
        FigureFactory(territory=quarter, indicator=printed, value=people)
    AnalysisRowFactory(analysis=analysis, central_commune=towns[0], places=quarters[:2], order=0)
    AnalysisRowFactory(analysis=analysis, central_commune=towns[2], places=quarters[2:], order=1)
    AnnouncedTotalFactory(analysis=analysis, what="people", value=5_000)
    AnnouncedTotalFactory(analysis=analysis, what="towns", value=4)
    AnnouncedTotalFactory(analysis=analysis, what="renewal", value=8)
    return analysis


def test_an_analysis_states_its_discrepancies(client, auvergne, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        response = client.get(reverse("analysis", args=[auvergne.slug]))
    board = response.context["board"]
    assert int(board.people.value) == 5_100
    assert [line.only_central.ok for line in board.lines] == [False, True]
    told = {item.total.what: item for item in board.announced}
    assert told["people"].discrepancy.match == "rounded"
    assert (told["towns"].discrepancy.counted, [p.name for p in told["towns"].added_by_correction]) == (
        2,
        ["Cournon"],
    )
    assert told["renewal"].discrepancy.counted is None


@pytest.mark.parametrize("fmt", ["csv", "ods", "xlsx", "pdf"])
def test_an_analysis_is_carried_away(client, auvergne, fmt):
    response = client.get(reverse("analysis", args=[auvergne.slug]), {"format": fmt})
    assert response.status_code == 200
    if fmt == "csv":
        assert "5100" in response.content.decode("utf-8-sig")


def test_an_officer_composes_changes_and_deletes_an_analysis(client, town, officer):
    other = ContractFactory(borne_by=[TerritoryFactory(epci=True)])
    client.force_login(officer)
    codes = f"{town.contract.code}\n{other.generation}/{other.code}"
    made = client.post(reverse("analysis_compose"), {"title": "Les nôtres", "codes": codes})
    assert made["Location"] == reverse("analysis", args=["les-notres"])
    assert client.get(made["Location"]).status_code == 200
    edit = reverse("analysis_edit", args=["les-notres"])
    assert other.code in client.get(edit).content.decode()
    stale = client.post(edit, {"title": "T", "codes": codes, "version": "7"})
    assert stale.status_code == 409
    assert client.post(edit, {"title": "T", "codes": codes, "version": "1"}).status_code == 302
    assert client.post(reverse("analysis_compose"), {"title": "X", "codes": "CV000 CV001"}).status_code == 422
    assert client.post(reverse("analysis_delete", args=["les-notres"])).status_code == 302
    assert client.get(made["Location"]).status_code == 404

"""The contract and its annexes in PDF: archivable, readable aloud, whatever it is given."""

import io
from datetime import date

import pikepdf
import pytest
from django.utils import translation

from faubourg.base import pdf
from faubourg.contracts.models import Action, Body, FundingLine, Milestone, Objective, Phase
from faubourg.contracts.queries.document import money_by_level, printed
from faubourg.contracts.views.agreement_document import TEMPLATE, document_data
from faubourg.rules.contract_circuit import State
from tests.factories.agreement import ArticleFactory, ConventionFactory, SignatoryFactory
from tests.factories.contracts import ContractFactory, FundingLineFactory

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $x^2$ <b>*gras*</b> @ref \\u{0} "guillemets" & \u202e retourné 北京 🏙️'
ON = date(2026, 11, 22)


def compiled(agreement, lang="fr"):
    with translation.override(lang):
        data = document_data(printed(agreement, ON))
        content = pdf.compile(TEMPLATE, data, lang=lang, title=data["title"])
    return pikepdf.open(io.BytesIO(content)), data


def assert_accessible(document, lang="fr"):
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert root.StructTreeRoot
    assert str(root.Lang) == lang
    with document.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"


def filled(contract, words="mot"):
    """One of each thing that the document prints."""
    SignatoryFactory(contract=contract, name=words[:200], signed_on=ON)
    SignatoryFactory(contract=contract, refused_on=ON, refusal_reason=words)
    for annex in (False, True):
        ArticleFactory(contract=contract, number="1", title=words[:200], body=words, annex=annex)
    axis = Objective.objects.create(contract=contract, rank="axis", title=words[:300], number="A")
    below = Objective.objects.create(contract=contract, rank="strategic", title=words[:300], parent=axis)
    Action.objects.create(contract=contract, title=words[:300], objective=below, lead_printed=words[:200])
    FundingLineFactory(contract=contract)
    Body.objects.create(contract=contract, kind="steering", name=words[:200], role=words)
    Phase.objects.create(
        contract=contract, order=1, name=words[:200], planned_start=date(2024, 1, 1), planned_end=ON
    )
    Milestone.objects.create(contract=contract, name=words[:200], due_on=ON)
    contract.linked_plans.create(name=words[:200])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_contract_with_everything(lang):
    contract = ContractFactory(state=State.IN_FORCE, signed_on=ON, ends_on=date(2030, 12, 31))
    filled(contract)
    document, data = compiled(contract, lang)
    assert_accessible(document, lang)
    assert len(data["sections"]) == 10


def test_an_empty_contract_and_a_convention():
    for agreement in (ContractFactory(), ConventionFactory()):
        assert_accessible(compiled(agreement)[0])


@pytest.mark.parametrize("words", ["mot " * 15_000, "x" * 20_000, HOSTILE * 100, "Ligne\n" * 5_000])
def test_huge_and_odd_texts_never_break_it(words):
    contract = ContractFactory(name=words[:200], printed_name=words[:200], state=State.SIGNED)
    filled(contract, words)
    assert_accessible(compiled(contract)[0])


def test_two_hundred_articles_and_five_hundred_actions():
    contract = ContractFactory(state=State.SIGNED)
    for n in range(200):
        ArticleFactory(contract=contract, number=str(n + 1), body="Un paragraphe.\n" * 20)
    Action.objects.bulk_create(Action(contract=contract, title=f"Action {n}") for n in range(500))
    assert_accessible(compiled(contract)[0])


def test_the_maquette_never_mixes_levels_origins_natures_or_years():
    contract = ContractFactory()
    for level in ("reserved", "voted"):
        for origin in ("ordinary", "specific"):
            for year in (2024, 2025):
                for _ in range(2):
                    FundingLineFactory(contract=contract, level=level, origin=origin, year=year)
    rows = money_by_level(contract)
    assert len(rows) == 8
    assert {(row.cents, row.lines) for row in rows} == {(2_000_000, 2)}
    assert sum(row.cents for row in rows) == sum(
        FundingLine.objects.filter(contract=contract).values_list("amount_cents", flat=True)
    )


def test_a_public_pdf_is_served_and_a_draft_is_not(client):
    contract = ContractFactory(state=State.SIGNED)
    answer = client.get(f"/contrats/{contract.code}/texte.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert_accessible(pikepdf.open(io.BytesIO(answer.content)))
    contract.state = State.PROJECT
    contract.save()
    assert client.get(f"/contrats/{contract.code}/texte.pdf").status_code == 302

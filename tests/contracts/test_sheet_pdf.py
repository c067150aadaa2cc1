"""The fiche in PDF: one page of A4, archivable, readable aloud, whatever it is given."""

import io
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from faubourg.base import pdf
from faubourg.contracts.queries import contract_by_code, sheet_of
from faubourg.contracts.views.sheet import TEMPLATE
from faubourg.contracts.views.sheet_document import sheet_data, sheet_title
from tests.factories.contracts import ContractBearerFactory, ContractFactory, SheetFactory
from tests.factories.territories import SourceFactory, TerritoryFactory

from .conftest import commune

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $x^2$ <b>*gras*</b> @ref \\u{0} "guillemets" & \u202e retourné'


def compiled(code: str, lang: str = "fr") -> pikepdf.Pdf:
    with translation.override(lang):
        identity = sheet_of(contract_by_code(code))
        content = pdf.compile(TEMPLATE, sheet_data(identity), lang=lang, title=sheet_title(identity))
    return pikepdf.open(io.BytesIO(content))


def assert_one_accessible_page(document: pikepdf.Pdf, lang: str, title: str) -> None:
    root = document.Root
    assert len(document.pages) == 1
    box = [float(edge) for edge in document.pages[0].mediabox]
    assert [round(edge) for edge in box] == [0, 0, 595, 842]
    assert bool(root.MarkInfo.Marked)
    assert root.StructTreeRoot
    assert str(root.Lang) == lang
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"
    with document.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:title"] == title


@pytest.mark.parametrize(("lang", "title"), [("fr", "Fiche d’identité – Métropole d’Essai")])
def test_an_ordinary_contract(town, lang, title):
    SheetFactory(
        contract=town.contract, central_commune=town.centre, etp_pv=Decimal("0.5"), governance="Un comité."
    )
    assert_one_accessible_page(compiled(town.contract.code, lang), lang, title)


def test_in_english_too(town):
    document = compiled(town.contract.code, "en")
    assert str(document.Root.Lang) == "en"
    assert len(document.pages) == 1


def test_a_contract_about_which_nothing_is_known():
    contract = ContractFactory(name="Sans nom publié", printed_population=None)
    ContractBearerFactory(contract=contract, territory=None, printed_code="98729")
    assert_one_accessible_page(compiled(contract.code), "fr", "Fiche d’identité – Sans nom publié")


def test_forty_quarters_with_long_names_and_endless_texts_still_hold_on_one_page():
    epci = TerritoryFactory(epci=True, name="Communauté " * 15)
    towns = [
        commune(f"Saint-Martin-de-la-Longue-Vallée-{n}", epci, lon=5 + n / 50, lat=43.5) for n in range(40)
    ]
    quarters = []
    for n, place in enumerate(towns):
        quarter = TerritoryFactory(
            neighbourhood=True, name=f"Quartier au très long nom numéro {n} - La Plaine - Les Tilleuls"
        )
        quarter.communes.set([place])
        quarters.append(quarter)
    contract = ContractFactory(name="COMMUNAUTE D’AGGLOMERATION " * 7, borne_by=[epci], quarters=quarters)
    SheetFactory(
        contract=contract, governance="mot " * 2_000, priorities="x" * 3_000, renewal="Ligne\n" * 400,
        signatories=HOSTILE * 30, etp_note="n " * 100, source=SourceFactory(slug="long", title="Titre " * 45),
    )  # fmt: skip
    assert len(compiled(contract.code).pages) == 1


def test_hostile_names_come_out_literally():
    place = TerritoryFactory(epci=True, name=HOSTILE)
    quarter = TerritoryFactory(neighbourhood=True, name=HOSTILE)
    contract = ContractFactory(name=HOSTILE, lon=3.0, lat=45.0, borne_by=[place], quarters=[quarter])
    assert len(compiled(contract.code).pages) == 1


def test_names_in_another_script_do_not_break_the_standard():
    contract = ContractFactory(
        name="Cité 北京 مدينة 🏙️", lon=3.0, lat=45.0, borne_by=[TerritoryFactory(epci=True)]
    )
    assert len(compiled(contract.code).pages) == 1


def test_the_template_lies_in_the_package():
    assert Path(TEMPLATE).exists()

"""The resource officer compares seven contracts: what a document announces, what can be counted."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from .kinds import RESSOURCES

pytestmark = pytest.mark.browser
ADDRESS = "/analyses/auvergne-2016/"


def plain(text):
    return re.sub(r"[\u00a0\u202f\s]+", " ", text)


def announced(page, total):
    """A line of « Annoncé, et compté », as one text."""
    panel = page.get_by_role("region", name="Annoncé, et compté")
    row = panel.get_by_role("row").filter(has=page.get_by_role("rowheader", name=total, exact=True))
    return plain(row.inner_text())


def test_what_is_announced_stands_beside_what_is_counted(visit):
    page = visit("/", person=RESSOURCES)
    page.get_by_role("main").get_by_role("link", name="Les analyses transversales").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Auvergne 2016")).first.click()
    expect(page).to_have_url(re.compile(ADDRESS))
    assert "40 000 40 400" in announced(page, "Habitants des quartiers")
    towns = announced(page, "Villes")
    assert towns.startswith("Villes 9 7")
    assert "Cournon-d'Auvergne" in towns
    assert "8 villes" in towns
    assert "Quartiers 16 16" in announced(page, "Quartiers")

    side_by_side = page.get_by_role("region", name="Les contrats côte à côte")
    total = plain(side_by_side.get_by_role("row").last.inner_text())
    for figure in ("7 contrats", "600 315", "16", "40 400"):
        assert figure in total

    corrections = page.get_by_role("region", name=re.compile("^Corrections"))
    expect(corrections).to_contain_text("Cournon")
    expect(corrections.locator("del", has_text="Gautière").first).to_be_visible()
    expect(corrections.locator("ins", has_text="Gauthière").first).to_be_visible()
    expect(corrections.get_by_role("link", name="CR-DSU").first).to_be_visible()


def exported(page, label):
    links = page.get_by_role("navigation", name="Exporter cette analyse")
    answer = page.request.get(ADDRESS + links.get_by_role("link", name=label).get_attribute("href"))
    assert answer.ok
    return answer.body()


def test_the_exports_say_the_same(visit):
    page = visit(ADDRESS, person=RESSOURCES)
    told = exported(page, "CSV").decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(told), delimiter=";") if row}
    assert rows["CA de Moulins"][2:8] == ["Moulins Communauté", "53703", "Moulins", "18959", "1", "5000"]
    assert rows["Total"][7] == "40400"
    assert "9 annoncés, 7 comptés" in told

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(exported(page, "OpenDocument"))).get_sheet_by_index(0)
    lines = {row[0]: row for row in sheet.to_python()}
    assert lines["CA de Moulins"][7] == 5000, "a number stays a number"
    assert lines["Total"][7] == 40400
    assert exported(page, "PDF")[:5] == b"%PDF-"

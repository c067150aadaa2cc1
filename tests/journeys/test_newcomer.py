"""A newcomer reads true things about a real place, from the first page to a sheet to print."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.postgres_journey]


def test_from_a_misspelt_name_to_the_printed_sheet(visit):
    page = visit("/")
    page.get_by_role("searchbox").fill("gautiere clermont")
    suggestions = page.get_by_role("list", name="Suggestions")
    expect(suggestions.get_by_role("link", name="La Gauthière").first).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Chercher").click()

    first = page.locator(".hits > li").first
    expect(first).to_contain_text("QN06303I")
    first.get_by_role("link", name="La Gauthière").click()

    expect(page).to_have_url(re.compile("/quartiers/QN06303I/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("La Gauthière")
    main = page.get_by_role("main")
    expect(main).to_contain_text("depuis le 1er janvier 2024")
    perimeters = page.get_by_role("region", name="Les périmètres dans le temps")
    expect(perimeters).to_contain_text("contour non disponible")
    expect(perimeters.get_by_role("link", name="Liste des quartiers prioritaires 2024")).to_be_visible()
    contract = page.get_by_role("region", name="Le contrat de ville")
    expect(contract).to_contain_text("lien déduit")
    contract.get_by_role("link", name="Clermont Auvergne Métropole").click()

    expect(page).to_have_url(re.compile("/contrats/CN06302M/$"))
    main.get_by_role("link", name="Fiche d’identité").first.click()
    expect(page).to_have_url(re.compile("/contrats/CN06302M/fiche/$"))
    income = plain(main.get_by_role("row", name=re.compile("Revenu disponible médian")).inner_text())
    assert "23 040 €" in income, "the median of the métropoles"
    assert "n = 21" in income, "and of how many"
    expect(main).to_contain_text("302 259")
    address = main.get_by_role("link", name="En PDF, une page").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as sheet:
        assert len(sheet.pages) == 1
        assert str(sheet.Root.Lang) == "fr"

    page.go_back()
    main.get_by_role("link", name="Clermont Auvergne Métropole").first.click()
    expect(page).to_have_url(re.compile("/epci/246300701/$"))
    assert figure(page, "Population totale").startswith("302 259"), "the EPCI's own total"


def plain(text):
    return re.sub(r"[\u00a0\u202f]", " ", text)


def figure(page, name):
    """What the sheet prints for this figure, spaces made plain; its source must stand beside it."""
    line = page.locator("dl > div", has=page.locator("dt", has_text=re.compile(f"^\\s*{name}"))).first
    value = line.locator("dd").first.inner_text()
    source = line.get_by_role("link").first
    assert source.get_attribute("href").startswith("/sources/"), f"{name} is naked"
    return plain(value)


def test_each_figure_of_an_epci_says_its_source_and_its_vintage(visit):
    page = visit("/epci/246300701/")
    told = {
        "Population municipale": ("296 677", "COG 2026"),
        "Population totale": ("302 259", "COG 2026"),
        "Taux de pauvreté": ("16,6 %", "Filosofi 2021"),
        "Logements sociaux": ("34 947", "RPLS 2024"),
    }
    for name, (value, vintage) in told.items():
        assert figure(page, name).startswith(value)
        line = page.locator("dl > div", has=page.locator("dt", has_text=re.compile(f"^\\s*{name}"))).first
        expect(line).to_contain_text(vintage)


def test_a_downloaded_sheet_is_a_file_with_a_name(visit, tmp_path: Path):
    page = visit("/contrats/CN06302M/")
    answer = page.request.get("/contrats/CN06302M/fiche.pdf")
    assert "CN06302M" in answer.headers["content-disposition"]
    assert answer.body()[:5] == b"%PDF-"

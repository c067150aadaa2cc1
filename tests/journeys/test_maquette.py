"""Two people keep the maquette at once: different cells, the same cell, with scripts and without."""

import pytest
from playwright.sync_api import expect

from .conftest import Visit

pytestmark = pytest.mark.browser
CHARGEE, DELEGUEE = "chargee@demo.faubourg", "delegue@demo.faubourg"
# What a spreadsheet puts on the clipboard, pasted in the cell.
PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  input.dispatchEvent(new ClipboardEvent("paste", options));
}"""
GRID = "/contrats/CN06302M/maquette/saisir/"


def add_row(page, label, **sums):
    """With the form, as anybody."""
    page.goto("/contrats/CN06302M/maquette/ligne/")
    page.get_by_label("Objet", exact=True).fill(label)
    page.get_by_role("textbox", name="Financeur").fill("Ville de Clermont-Ferrand")
    page.get_by_label("Niveau", exact=True).select_option(label="voté")
    page.get_by_label("Origine", exact=True).select_option(label="crédits spécifiques")
    page.get_by_label("Nature", exact=True).select_option(label="fonctionnement")
    for year, text in sums.items():
        page.get_by_role("textbox", name=year.removeprefix("y")).fill(text)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La ligne est ajoutée")).to_be_visible()


def cell(page, label, year):
    """The input of a row, by what a screen reader says of it."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=label))
    return row.locator(f'input[name$="-{year}"]')


def save(page):
    page.get_by_role("button", name="Enregistrer les cases changées").click()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_two_people_edit_at_once(visit: Visit, script: bool):
    visit.watch.expect("409")
    label = f"Ateliers {'avec' if script else 'sans'} script"
    first = visit(person=CHARGEE, java_script_enabled=script)
    second = visit(person=DELEGUEE, java_script_enabled=script)
    add_row(first, label, y2025="10 000", y2026="5 000")
    first.goto(GRID)
    second.goto(GRID)

    cell(first, label, 2025).fill("12 000")
    save(first)
    expect(first.get_by_text("1 case enregistrée.")).to_be_visible()
    cell(second, label, 2026).fill("6 000,50")
    save(second)
    expect(second.get_by_text("1 case enregistrée.")).to_be_visible()

    first.goto(GRID)
    second.goto(GRID)
    cell(first, label, 2025).fill("13 000")
    save(first)
    expect(first.get_by_text("1 case enregistrée.")).to_be_visible()
    cell(second, label, 2025).fill("14 000")
    save(second)
    expect(second.get_by_role("heading", name="Quelqu’un a écrit dans la même case que vous")).to_be_visible()
    expect(cell(second, label, 2025)).to_have_value("14\u202f000")
    save(second)
    expect(second.get_by_text("1 case enregistrée.")).to_be_visible()
    expect(cell(second, label, 2026)).to_have_value("6\u202f000,50")


def test_the_keyboard_pastes_and_the_subtotals_follow(visit: Visit):
    page = visit(person=CHARGEE)
    add_row(page, "Collage", y2025="10 000")
    page.goto(GRID)
    start = cell(page, "Collage", 2025)
    start.focus()
    start.evaluate(PASTE, "1 000\t2 000,50\n")
    expect(page.get_by_text("2 cases collées.")).to_be_visible()
    expect(cell(page, "Collage", 2026)).to_have_value("2 000,50")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Collage"))
    expect(row.locator("[data-row-sum]")).to_have_text("3 000,50 €")
    start.focus()
    start.select_text()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "Collage", 2026)).to_be_focused()
    save(page)
    expect(page.get_by_text("2 cases enregistrées.")).to_be_visible()

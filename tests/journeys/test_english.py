"""In English, the interface speaks English everywhere, what a script writes included.

`tests/real/test_english.py` reads whole pages as the server sends them; here, what a reader meets.
"""

import re

import pytest
from playwright.sync_api import expect

from .kinds import EVERY, NAMES

pytestmark = pytest.mark.browser
# Words of the interface that no name of a place, no licence and no title of a document holds.
FRENCH = re.compile(
    r"\b(?:Accueil|Recherche[rz]?|Chercher|connecter|Carte|Enregistrer|Annuler|Ajouter|Retirer|Importer|"
    r"Exporter|Affichage|Filtrer|Effacer|Chiffres|Autour|maintenant|lignes|Suivante|Précédente|Courriel|"
    r"Mot de passe|Adresse e-mail|depuis|avec|cette|votre|vous|sont|chaque|aucune?|en vue|Légende)\b",
    re.IGNORECASE,
)
# The texts of the interface, those of French documents and names left out; and what only a reader of
# screens hears.
INTERFACE = """() => {
  const french = (node) => node.closest("[lang]").lang !== "en" || node.closest("option, code");
  const texts = [document.title];
  const landmarks = "header, nav, footer, form, button, th, dt, summary, legend, h2, label, .lead";
  for (const node of document.querySelectorAll(`${landmarks}, [role=status], [role=alert]`)) {
    if (french(node)) continue;
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!french(walk.currentNode.parentElement)) texts.push(walk.currentNode.data);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const node of document.querySelectorAll(`[${name}]`))
      if (!french(node)) texts.push(node.getAttribute(name));
  return [...new Set(texts.map((text) => text.trim()))].filter(Boolean);
}"""


@pytest.mark.parametrize(("name", "path", "person"), EVERY, ids=NAMES)
def test_no_french_is_left_in_the_interface(walk, name, path, person):
    page = walk(path, person=person, locale="en-GB")
    assert page.locator("html").get_attribute("lang") == "en"
    left = [text for text in page.evaluate(INTERFACE) if FRENCH.search(text)]
    assert not left


def test_a_reader_changes_language_and_stays_where_she_is(visit):
    page = visit("/quartiers/QN06303I/")
    page.get_by_role("banner").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("La Gauthière")
    expect(page.get_by_role("main")).to_contain_text("outline not available")
    page.goto("/carte/")
    expect(page.locator("#map-count")).to_contain_text("in view")
    page.get_by_role("banner").get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#map-count")).to_contain_text("en vue")

"""The officer's part that several journeys share: rules of our own, and a call that is open under them."""

import json
from copy import deepcopy
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from faubourg.rules.calls.presets import DATA

from .hands import press

LEAD, LEAD_SIRET = "Clermont Auvergne Métropole", "24630070100017"
# Who may be asked, at which level; the first is the authority of the rules.
FUNDERS = (("Région", "region"), (LEAD, "epci"))
ENVELOPES = {"Région": "20 000", LEAD: "10 000"}


def rules(title: str, closes: datetime) -> dict[str, object]:
    """The Nord-Pas-de-Calais rules of 2014, on our days: sheets for a while, dossiers until `closes`."""
    table = json.loads(json.dumps(deepcopy(DATA["npdc-2014"])))
    intents = min(timezone.localtime() + timedelta(days=20), closes)
    windows = [
        {"step": "intent", "closes": intents.isoformat(), "sanction": "late_flag"},
        {"step": "application", "closes": closes.isoformat(), "sanction": "block"},
    ]
    return table | {
        "id": slugify(title)[:40],
        "name": f"Règles : {title}",
        "authority": LEAD,
        "scope": {"kind": "epci", "codes": ["246300701"]},
        "valid_from": f"{timezone.localdate().year - 1}-01-01",
        "valid_to": None,
        "status": "draft",
        "source": {"text": "Règlement de l’appel", "since": f"{timezone.localdate().year}-01-01"},
        "windows": windows,
    }


def import_rules(officer: Page, title: str, closes: datetime, why: str = "") -> None:
    """Read from a file, then published: a call may take them."""
    officer.goto("/jeux-de-regles/importer/")
    content = json.dumps(rules(title, closes)).encode()
    officer.get_by_label("Fichier JSON").set_input_files(
        {"name": "regles.json", "mimeType": "application/json", "buffer": content}
    )
    officer.get_by_label("Pourquoi cette version").fill(why)
    press(officer, "Importer")
    press(officer, "Publier")
    expect(officer.get_by_text("Cette version est publiée")).to_be_visible()


def open_call(officer: Page, title: str, *, closes: datetime | None = None) -> str:
    """A call of this year, published with its rules, two funders and their envelopes; its address."""
    import_rules(officer, title, closes or timezone.localtime() + timedelta(days=40))
    officer.goto("/appels/nouveau/")
    if LEAD not in officer.get_by_label("Conduit par").inner_text():
        officer.goto("/organisations/nouvelle/")
        officer.get_by_label("Nom").fill(LEAD)
        officer.get_by_label("Nature").select_option("epci")
        officer.get_by_label("SIRET").fill(LEAD_SIRET)
        press(officer, "Enregistrer")
        officer.goto("/appels/nouveau/")
    officer.get_by_label("Titre").fill(title)
    officer.get_by_role("spinbutton", name="Année").fill(str(timezone.localdate().year))
    officer.get_by_label("Conduit par").select_option(label=LEAD)
    officer.get_by_role("checkbox", name=LEAD, exact=True).check()
    officer.get_by_label("Jeu de règles").select_option(label=f"Règles : {title} (v1)")
    officer.get_by_label("Contact").fill("Mission politique de la ville")
    press(officer, "Préparer cet appel")
    officer.wait_for_url("**/piloter/")
    address = officer.url.removesuffix("piloter/")
    for name, level in FUNDERS:
        add_funder(officer, address, name, level)
    run(officer, address, "Relire", "Publier")
    return address


def close_early(officer: Page, call: str, title: str, *, closes: datetime) -> None:
    """The end is brought forward: a second version of its rules, that the call takes and says why."""
    why = "La fin du dépôt est avancée."
    import_rules(officer, title, closes, why)
    officer.goto(f"{call}regles/")
    officer.get_by_label("Version").select_option(index=1)
    officer.get_by_label("Pourquoi").fill(why)
    press(officer, "Enregistrer")


def add_funder(officer: Page, call: str, name: str, level: str) -> None:
    """Who may be asked for money, and the envelope it has voted."""
    officer.goto(f"{call}financeurs/ajouter/")
    officer.get_by_label("Nom du financeur").fill(name)
    officer.get_by_label("Niveau").select_option(level)
    if name == LEAD:
        # Published rows name the funder by its number.
        officer.get_by_label("Organisation dans Faubourg").fill(LEAD)
    if name == FUNDERS[0][0]:
        officer.get_by_label("C’est l’autorité du jeu de règles").check()
    press(officer, "Enregistrer")
    officer.goto(f"{call}enveloppes/ajouter/")
    officer.get_by_label("Financeur").select_option(label=name)
    officer.get_by_label("Montant, en euros").fill(ENVELOPES[name])
    officer.get_by_label("Niveau").select_option("voted")
    press(officer, "Enregistrer")


def run(officer: Page, call: str, *acts: str) -> None:
    """Take these steps of the circuit, one after the other."""
    for act in acts:
        officer.goto(f"{call}piloter/")
        press(officer, act)
        expect(officer.locator("ol.path strong").first).to_be_visible()

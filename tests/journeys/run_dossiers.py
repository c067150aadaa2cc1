"""What a resident does so that a call has something to examine: two associations, a dossier each."""

from dataclasses import dataclass

from django.utils import timezone
from playwright.sync_api import Page, expect

from .calls import LEAD
from .hands import press

NEXT = "Enregistrer et continuer"


@dataclass(frozen=True)
class Asked:
    """An association and what it asks: whole euros, what it brings itself making the balance.

    `region` and `equipment`: of the same authority, for what the action costs and for what it buys to keep.
    """

    who: str
    rna: str
    title: str
    cost: int
    region: int
    local: int
    equipment: int = 0

    @property
    def own(self) -> int:
        """What is left to the association."""
        return self.cost - self.region - self.local - self.equipment


BIKES = Asked("Atelier des deux rives", "W631000001", "Réparer les vélos", 39_000, 15_000, 12_000, 9_000)
SINGING = Asked("Chorale du square", "W631000002", "Chanter dehors", 4_000, 2_000, 1_500)


def open_applicant(page: Page, asked: Asked) -> None:
    """An association with whoever signs for it, its sheet and its seven commitments."""
    page.goto("/porteurs/nouveau/")
    page.get_by_label("SIRET, numéro RNA ou nom").fill(asked.rna)
    press(page, "Chercher")
    page.get_by_label("Nom de l’organisation").fill(asked.who)
    page.get_by_label("Je signe aussi ses dossiers").check()
    page.get_by_label("En quelle qualité").fill("Trésorière")
    press(page, "Inscrire et ouvrir l’espace")
    page.get_by_role("link", name="Compléter la fiche").click()
    told = {
        "Objet": "Réparer ensemble.", "Adresse du siège": "1 rue du Square", "Ville": "Clermont-Ferrand",
        "Code postal": "63100", "Adresse électronique": "contact@exemple.fr",
        "Représentant·e légal·e": "Camille Exemple", "Fonction": "Présidente",
    }  # fmt: skip
    for label, words in told.items():
        page.get_by_label(label).fill(words)
    press(page, "Enregistrer")
    expect(page.get_by_text("La fiche est enregistrée")).to_be_visible()
    page.get_by_role("link", name="Engagement républicain").click()
    page.get_by_label("En quelle qualité vous signez").fill("Trésorière")
    page.get_by_label("J’ai lu les sept engagements").check()
    press(page, "Signer")
    expect(page.get_by_text("Le contrat d’engagement républicain est signé.")).to_be_visible()


def write(page: Page, call: str, asked: Asked) -> str:
    """The dossier, step by step, up to its signature; its address."""
    page.goto(f"{call}deposer/")
    page.get_by_label("Pour quel organisme ?").select_option(label=asked.who)
    page.get_by_label("Titre de l’action").fill(asked.title)
    press(page, "Commencer")
    page.wait_for_url("**/ecrire/projet/")
    dossier = page.url.split("ecrire/")[0]
    page.get_by_label("Mesure").select_option("f1")
    page.get_by_label("L’action en quelques phrases").fill(
        "Un atelier ouvert chaque samedi, au pied des tours."
    )
    press(page, "Enregistrer et rester")
    page.get_by_role("checkbox", name="Participation", exact=True).check()
    _next(page, "lieux")
    page.get_by_role("checkbox", name="La Gauthière").check()
    page.get_by_role("checkbox", name="Vivre-ensemble").check()
    page.get_by_label("À qui s’adresse-t-elle ?").fill("Les habitants de tous âges")
    _next(page, "calendrier")
    year = timezone.localdate().year
    page.get_by_label("Début de l’action").fill(f"{year}-12-01")
    page.get_by_label("Fin de l’action").fill(f"{year + 1}-06-30")
    _next(page, "conditions")
    _contacts(page, timezone.localdate().isoformat())
    page.get_by_role("radio", name="non", exact=True).check()
    _next(page, "indicateurs")
    page.get_by_label("Ce que l’on compte").first.fill("Participants réguliers")
    page.get_by_label("Cible").first.fill("40")
    _next(page, "budget")
    _money(page, asked)
    return dossier


def submit(page: Page, dossier: str) -> None:
    """Read again, sworn, signed."""
    page.goto(f"{dossier}ecrire/verifier/")
    page.get_by_label("J’atteste que les informations").check()
    press(page, "Signer et déposer")
    page.wait_for_url("**/recepisse/")


def _money(page: Page, asked: Asked) -> None:
    page.get_by_text("60 · Achats").click()
    page.get_by_label("Autres fournitures").fill(str(asked.cost))
    page.get_by_text("75 · Autres produits").click()
    page.get_by_label("Cotisations").fill(str(asked.own))
    _next(page, "financeurs")
    page.get_by_role("group", name="Région").get_by_label("fonctionnement").fill(str(asked.region))
    if asked.equipment:
        page.get_by_role("group", name="Région").get_by_label("investissement").fill(str(asked.equipment))
    page.get_by_role("group", name=LEAD).get_by_label("fonctionnement").fill(str(asked.local))
    _next(page, "pieces")


def _contacts(page: Page, day: str) -> None:
    for party, service in (("commune", "Service vie associative"), ("epci", "Mission politique de la ville")):
        page.get_by_label("Avec qui").select_option(party)
        page.get_by_label("Service", exact=True).fill(service)
        page.get_by_label("Le", exact=True).fill(day)
        page.get_by_label("Conseil reçu").fill("Prévoyez un local.")
        press(page, "Noter ce contact")
        expect(page.get_by_text("Le contact est noté.")).to_be_visible()


def _next(page: Page, step: str) -> None:
    press(page, NEXT)
    page.wait_for_url(lambda url: f"/ecrire/{step}/" in url)

"""A sitting of a jury as the officer leads it: who is here, what is decided, the minutes that all sign."""

from playwright.sync_api import expect

from .calls import LEAD
from .hands import press
from .run_dossiers import BIKES, SINGING
from .test_accessible import quiet

ELUE, OTHER = "Solène Barraud", "Tomas Querel"


def decide(officer, decision, region, local, words="", hands=(1, 0), equipment="", **override):
    """What the jury says of the dossier at hand, with the hands for and against."""
    officer.get_by_role("radio", name=decision, exact=True).check()
    officer.get_by_label("Région, fonctionnement").fill(region)
    officer.get_by_label(f"{LEAD}, fonctionnement").fill(local)
    if equipment:
        officer.get_by_label("Région, investissement").fill(equipment)
    officer.get_by_label("Réserves, ou motif").fill(words)
    for label, hand in zip(("Pour", "Contre"), hands, strict=True):
        officer.get_by_label(label, exact=True).fill(str(hand))
    if override:
        if not officer.get_by_label("Pourquoi passer outre").is_visible():
            officer.get_by_text("Passer outre (enveloppe").click()
        officer.get_by_label("Pourquoi passer outre").fill(override["reason"])
        officer.get_by_label("Décidé par").fill(override["by"])
    press(officer, "Enregistrer la décision")


def open_sitting(officer, session):
    """Who is here; the quorum of a dossier does not count whoever stands back from it."""
    officer.goto(session)
    press(officer, "Ouvrir la séance")
    expect(officer.get_by_text("La séance est ouverte")).to_be_visible()
    press(officer, f"Noter l’arrivée de {OTHER}")
    expect(officer.get_by_text("Sièges présents ou représentés : 1 sur 2.")).to_be_visible()
    press(officer, f"Noter l’arrivée de {ELUE}")
    expect(officer.get_by_text("Sièges présents ou représentés : 2 sur 2.")).to_be_visible()
    officer.get_by_role("link", name=BIKES.title, exact=True).click()
    hand = officer.get_by_role("article")
    expect(hand).to_contain_text(f"Ne prennent pas part : {ELUE}")
    expect(hand).to_contain_text("1 sur 1. Nécessaires : 1. Sièges récusés, non comptés : 1.")
    quiet(officer)


def deliberate(officer):
    """An overrun is said in words and asks why; the first is kept with reserves, the other not."""
    officer.get_by_label(f"{LEAD}, fonctionnement").press_sequentially("12 000")
    expect(officer.locator("#pesee")).to_contain_text("dépassée de 2 000 €")
    decide(officer, "retenu", "15 000", "12 000")
    expect(officer.get_by_role("alert")).to_contain_text("dépass")
    quiet(officer)
    decide(officer, "retenu", "15 000", "12 000", reason="Le seul atelier du quartier.", by=OTHER)
    expect(officer.get_by_role("region", name="Décision du jury")).to_contain_text(
        "Le seul atelier du quartier."
    )
    expect(officer.get_by_role("region", name="Enveloppes")).to_contain_text("dépassée de 2 000 €")
    quiet(officer)
    officer.get_by_text("Revenir sur cette décision").click()
    officer.get_by_label("Pourquoi", exact=True).fill("L’enveloppe ne sera pas augmentée.")
    press(officer, "Reprendre la délibération")
    decide(officer, "retenu avec réserves", "15 000", "9 500", "Ouvrir aussi le mercredi.", equipment="9 000")
    expect(officer.get_by_role("region", name="Décision du jury")).to_contain_text(
        "Ouvrir aussi le mercredi."
    )
    officer.get_by_role("link", name=SINGING.title, exact=True).click()
    press(officer, "Appeler ce dossier sur tous les écrans")
    expect(officer.get_by_role("button", name="Appeler ce dossier sur tous les écrans")).to_have_count(0)
    decide(officer, "rejeté", "", "", "Le budget ne dit rien des salaires.", hands=(0, 2))
    expect(officer.get_by_role("region", name="Décision du jury")).to_contain_text("Le budget ne dit rien")


def sign(officer, session, *jurors):
    """Closed, then signed by everybody who was here; the minutes name who stood back."""
    press(officer, "Clore la séance")
    expect(officer.get_by_text("La séance est close")).to_be_visible()
    for juror in jurors:
        juror.goto(session)
        press(juror, "Je signe ce procès-verbal")
        expect(juror.get_by_role("button", name="Je signe ce procès-verbal")).to_have_count(0)
    officer.goto(session)
    quiet(officer)
    return officer.request.get(f"{session}proces-verbal.pdf").body()

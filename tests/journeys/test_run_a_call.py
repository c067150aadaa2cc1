"""J1.2 with J3.1 inside: a whole annual call, its jury and its money, from the rules to the open data."""

import csv
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.base.test_pdf import texts

from .calls import FUNDERS, LEAD, LEAD_SIRET, close_early, open_call
from .hands import press
from .kinds import CHARGEE, HABITANTE, RESSOURCES
from .run_dossiers import BIKES, SINGING, open_applicant, submit, write
from .run_money import pay
from .run_sitting import ELUE, deliberate, open_sitting, sign
from .test_accessible import quiet

pytestmark = pytest.mark.browser
TITLE = "Appel du jury"
ADMIN, DELEGUE = "admin@demo.faubourg", "delegue@demo.faubourg"
QUOTE = {"name": "devis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF"}


def ask_a_piece(officer, resident, dossier):
    """What is missing goes back with a word and a day; the answer comes with its file."""
    officer.goto(f"{dossier}completer/")
    officer.get_by_label("Message").fill("Joignez un devis des outils.")
    officer.get_by_label("À fournir avant le").fill((timezone.localdate() + timedelta(days=10)).isoformat())
    press(officer, "Demander")
    expect(officer.get_by_text("Les pièces sont demandées")).to_be_visible()
    expect(officer.get_by_role("main")).to_contain_text("à compléter")
    resident.goto(f"{dossier}ecrire/pieces/")
    expect(resident.get_by_text("Joignez un devis des outils.")).to_be_visible()
    resident.get_by_label("Déposer un fichier").set_input_files(QUOTE)
    press(resident, "Ajouter")
    expect(resident.get_by_text("La pièce est ajoutée.")).to_be_visible()
    press(resident, "J’ai tout ajouté")
    expect(resident.get_by_role("main")).not_to_contain_text("Des pièces vous sont demandées")


def examine(officer, call, dossiers):
    """Declared complete one by one, then examined together; each funder's service gives its opinion."""
    for dossier in dossiers:
        officer.goto(f"{dossier}pieces/")
        press(officer, "Déclarer complet")
        expect(officer.get_by_role("main")).to_contain_text("le délai de deux mois court")
    officer.goto(f"{call}dossiers/")
    boxes = officer.get_by_role("table").get_by_role("checkbox", name="2026")
    expect(boxes).to_have_count(len(dossiers))
    for box in boxes.all():
        box.check()
    press(officer, "Commencer l’instruction")
    expect(officer.get_by_text("2 dossiers ont avancé.")).to_be_visible()
    quiet(officer)
    for dossier in dossiers:
        for name, _level in FUNDERS:
            officer.goto(f"{dossier}avis/")
            officer.get_by_role("link", name=f"Rendre un avis – {name}").click()
            officer.get_by_role("radio", name="favorable", exact=True).check()
            if name != LEAD:
                officer.get_by_label("Comment ce financeur l’a donné").fill("Comité technique")
            press(officer, "Enregistrer")
            expect(officer.get_by_text("L’avis est enregistré.")).to_be_visible()


def rank(officer, call):
    """The intercommunalité puts its dossiers in order."""
    officer.goto(f"{call}priorisation/")
    officer.get_by_role("main").get_by_role("link", name=LEAD).click()
    for place, asked in enumerate((BIKES, SINGING), 1):
        officer.get_by_label(f"Rang de {asked.title}", exact=True).fill(str(place))
    press(officer, "Enregistrer les rangs")
    expect(officer.get_by_text("Les rangs sont enregistrés.")).to_be_visible()
    quiet(officer)


def grant_seat(admin):
    """The administrator gives the role of élue on the contract."""
    admin.goto("/roles/accorder/")
    admin.get_by_label("Adresse électronique du compte").fill(DELEGUE)
    admin.get_by_label("Rôle").select_option(label="élu·e")
    admin.get_by_label("Périmètre", exact=True).select_option("contract")
    admin.get_by_label("Code du périmètre").fill("CN06302M")
    press(admin, "Enregistrer")
    expect(admin.get_by_text(f"Le rôle est accordé à {ELUE}.")).to_be_visible()


def seat(officer, jury, email, votes):
    """A member by the address of the account."""
    officer.goto(f"{jury}membres/ajouter/")
    officer.get_by_label("Personne").fill(email)
    officer.get_by_role("radio", name=votes, exact=True).check()
    press(officer, "Enregistrer")


def make_jury(officer, call):
    """The juries of the rules, one of them for what no territory examines; a technician has no vote."""
    officer.goto(f"{call}jurys/")
    press(officer, "Créer les jurys du règlement")
    expect(officer.get_by_role("table")).to_contain_text("repli : sans territoire")
    quiet(officer)
    officer.get_by_role("link", name=f"Jury territorial – {LEAD}").click()
    officer.wait_for_url("**/jurys/*/")
    jury = officer.url
    seat(officer, jury, CHARGEE, "vote")
    expect(officer.get_by_role("main")).to_contain_text("est entendu·e et ne vote pas")
    for email in (DELEGUE, RESSOURCES):
        seat(officer, jury, email, "vote")
        expect(officer.get_by_text("Le membre est ajouté")).to_be_visible()
    officer.goto(jury)
    quiet(officer)
    return jury


def plan(officer, jury):
    """A sitting with its two dossiers, the members called to it."""
    officer.goto(f"{jury}seances/ajouter/")
    starts = timezone.localtime() + timedelta(days=12)
    officer.get_by_label("Le", exact=True).fill(starts.strftime("%Y-%m-%dT10:00"))
    officer.get_by_label("Lieu (facultatif)").fill("Maison des associations")
    press(officer, "Enregistrer")
    expect(officer.get_by_role("heading", name="Dossiers de la séance", level=1)).to_be_visible()
    session = officer.url.removesuffix("dossiers/")
    for asked in (BIKES, SINGING):
        officer.get_by_role("checkbox", name=asked.title).check()
    press(officer, "Inscrire les dossiers cochés")
    officer.goto(session)
    press(officer, "Convoquer")
    expect(officer.get_by_text("La convocation est partie")).to_be_visible()
    quiet(officer)
    return session


def declare(juror, jury, tied=""):
    """Before any dossier: what ties one to whom."""
    juror.goto(jury)
    juror.get_by_role("link", name="Déclarer mes intérêts").click()
    quiet(juror)
    if tied:
        juror.get_by_label(tied).select_option("head")
    press(juror, "Déclarer sur l’honneur")
    expect(juror.get_by_text("La déclaration est enregistrée")).to_be_visible()


def read(juror, session, asked, marks):
    """The one page of a dossier, and a mark for each criterion; once given it does not change."""
    juror.goto(f"{session}cahier/")
    juror.get_by_role("region", name=asked.title).get_by_role("link", name="Lire et noter").click()
    # `all` does not wait for the page that the click asked for.
    expect(juror.get_by_role("heading", name=asked.title, level=1)).to_be_visible()
    for criterion in juror.locator("form.review fieldset").all():
        criterion.get_by_role("radio", name=str(marks), exact=True).check()
    quiet(juror)
    press(juror, "Rendre ma lecture")
    expect(juror.get_by_text("Votre lecture est rendue.")).to_be_visible()


def stand_back(elue, jury, session, bikes):
    """She declares that she heads one association: its dossier is no longer there for her, on a tablet."""
    declare(elue, jury, BIKES.who)
    assert elue.goto(bikes).status == 403
    elue.goto(session)
    expect(elue.get_by_text("1 dossier n’est pas montré")).to_be_visible()
    expect(elue.get_by_role("region", name="Dossiers")).to_contain_text(SINGING.title)
    expect(elue.locator("body")).not_to_contain_text(BIKES.title)
    quiet(elue)
    elue.goto(f"{session}cahier/")
    expect(elue.locator("body")).not_to_contain_text(BIKES.title)
    quiet(elue)
    read(elue, session, SINGING, 2)


def vote(officer, call):
    """Each funder by its act, all that the jury proposed to it; no envelope is overrun."""
    for rank, (_name, _level) in enumerate(FUNDERS, 12):
        officer.goto(f"{call}decisions/")
        officer.get_by_role("link", name="Voter").first.click()
        officer.get_by_label("Délibération ou arrêté").fill(f"délibération n° {rank}")
        quiet(officer)
        press(officer, "Voter tout ce qui est affiché")
        expect(officer.get_by_text(re.compile("1 aide est votée|2 aides sont votées"))).to_be_visible()
    quiet(officer)


def tell(officer, call):
    """A letter each, with the reason of a refusal; read again, then sent."""
    officer.goto(f"{call}courriers/")
    press(officer, "Préparer ceux qui manquent")
    expect(officer.get_by_text("2 courriers sont à relire.")).to_be_visible()
    quiet(officer)
    officer.get_by_role("table").get_by_role("link", name=SINGING.title).click()
    expect(officer.get_by_label("Texte")).to_have_value(re.compile("Le budget ne dit rien des salaires."))
    officer.goto(f"{call}courriers/")
    officer.get_by_role("button", name="brouillons relus").click()
    expect(officer.get_by_text("3 courriers sont partis.")).to_be_visible()


def refuse_to_change(officer, call):
    """The rules that judged these dossiers are frozen with the call: they only have a new version."""
    officer.goto(call)
    officer.get_by_role("main").get_by_role("link", name="Règle").first.click()
    officer.wait_for_url("**/jeux-de-regles/**")
    expect(officer.get_by_role("main")).to_contain_text("figé avec un appel")
    expect(officer.get_by_role("link", name="Modifier", exact=True)).to_have_count(0)
    quiet(officer)
    assert officer.goto(f"{officer.url}modifier/").status == 403
    expect(officer.get_by_role("main")).to_contain_text("Faites-en une nouvelle version.")


def test_a_call_from_its_rules_to_its_open_data(visit):
    visit.watch.expect("status of 422", "status of 403")
    officer, resident = visit(person=CHARGEE), visit(person=HABITANTE)
    call = open_call(officer, TITLE)
    dossiers = []
    for asked in (BIKES, SINGING):
        open_applicant(resident, asked)
        dossiers.append(write(resident, call, asked))
        submit(resident, dossiers[-1])
    bikes = dossiers[0]
    # Submitted in time though a piece is missing: it is completed once the window is over.
    close_early(officer, call, TITLE, closes=timezone.localtime())
    ask_a_piece(officer, resident, bikes)
    examine(officer, call, dossiers)
    rank(officer, call)

    grant_seat(visit(person=ADMIN))
    jury = make_jury(officer, call)
    session = plan(officer, jury)
    elue, other = visit(person=DELEGUE, width=820), visit(person=RESSOURCES, width=820)
    stand_back(elue, jury, session, bikes)
    declare(other, jury)
    read(other, session, BIKES, 4)
    read(other, session, SINGING, 1)
    open_sitting(officer, session)
    deliberate(officer)
    with pikepdf.open(io.BytesIO(sign(officer, session, elue, other))) as minutes:
        told = "".join(texts(minutes).split())
    assert f"ayant déclaré un lien : {ELUE}".replace(" ", "") in told
    officer.goto(f"{call}programmation/")
    expect(officer.get_by_role("table")).to_contain_text("Ouvrir aussi le mercredi.")
    quiet(officer)

    vote(officer, call)
    tell(officer, call)
    pay(officer, resident, call, bikes)
    scdl = officer.request.get(f"{call}subventions.csv").text()
    assert len(scdl.splitlines()[0].split(",")) == 16
    (row,) = csv.DictReader(scdl.lstrip("\ufeff").splitlines())
    assert (row["nomAttribuant"], row["idAttribuant"]) == (LEAD, LEAD_SIRET)
    assert row["nomBeneficiaire"] == BIKES.who
    assert BIKES.title in officer.request.get(f"{call}subventions-360.json").text()
    refuse_to_change(officer, call)

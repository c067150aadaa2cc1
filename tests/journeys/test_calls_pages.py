"""Every page of a living call and area, once, as who works there: axe, English, a phone of 360 pixels.

Calls and area are the examples of the demonstration, on a server of its own: other journeys count calls and
organisations. One visit a page: in English, by day, then narrowed; axe looks once at each kind of page, with
or without a table, with or without a form.
"""

import json
import re

import pytest

from . import living_proximity as proximity
from .server import served
from .test_accessible import AXE, OUT_OF_SIGHT, TAGS, violations
from .test_english import FRENCH, INTERFACE

pytestmark = pytest.mark.browser
KEYS = f"""
import json
{proximity.KEYS}
from faubourg.calls import models as m
call = m.Call.objects.get(code__contains="en-jury")
first = call.applications.get(state="notified")
waiting = call.applications.filter(state="before_jury").first()
print("KEYS" + json.dumps({{
    **told,
    "open": m.Call.objects.exclude(pk=call.pk).get(title__contains="exemple").code,
    "call": call.code, "rules": call.rule_set_id, "contract": first.contract_id,
    "funder": call.funders.first().pk, "envelope": call.funders.first().envelopes.first().pk,
    "granted": first.pk, "examined": call.applications.get(state="examined").pk,
    "draft": m.Application.objects.get(state="draft").pk,
    "asked": m.Application.objects.get(state="to_complete").pk,
    "decision": first.decisions.first().pk, "payment": m.Payment.objects.filter(state="to_issue").first().pk,
    "letter": first.letters.first().pk, "year": first.reports.get().year,
    "applicant": first.organisation_id, "intent": m.Intent.objects.get().pk,
    "session": waiting.jury_items.get().session_id, "jury": waiting.jury_items.get().session.jury_id,
    "item": waiting.jury_items.get().pk,
}}))
"""
# What people wrote, rules and letters, is in French: the interface is not.
WRITTEN = re.compile("exemple|Sûreté, propreté|Décision sur votre demande", re.IGNORECASE)
KIND = """() => [document.body.className, ...["table", "main form:not([role=search])", "textarea"].map(
  (selector) => Boolean(document.querySelector(selector)))].join(" ")"""
OFFICER = """
/appels/{call}/ /appels/{call}/piloter/ /appels/{call}/enveloppes/ /appels/{call}/enveloppes/{envelope}/
/appels/{call}/financeurs/{funder}/ /appels/{call}/modifier/ /appels/{call}/fiches/ /appels/{open}/fiches/
/appels/{call}/dossiers/ /appels/{call}/priorisation/ /appels/{call}/priorisation/{contract}/
/appels/{call}/interets/ /appels/{call}/echanges/ /appels/{call}/importer/ /appels/{call}/jurys/
/appels/{call}/repartition/ /appels/{call}/programmation/ /appels/{call}/decisions/
/appels/{call}/courriers/ /appels/{call}/conventions/ /appels/{call}/versements/ /appels/{call}/gels/
/appels/{call}/bilans/ /appels/nouveau/ /jeux-de-regles/ /jeux-de-regles/{rules}/ /jeux-de-regles/nouveau/
/dossiers/{granted}/ /dossiers/{granted}/projet/ /dossiers/{granted}/budget/ /dossiers/{granted}/pieces/
/dossiers/{granted}/avis/ /dossiers/{granted}/comparer/ /dossiers/{granted}/echanges/
/dossiers/{granted}/argent/ /dossiers/{granted}/bilan/{year}/ /dossiers/{examined}/avis/{funder}/
/dossiers/{examined}/deport/ /aides/{decision}/ /courriers/{letter}/ /jurys/{jury}/ /seances/{session}/
/seances/{session}/dossiers/ /seances/{session}/cahier/ /seances/{session}/notes/ /fiches/{intent}/
/fonds/ /fonds/nouveau/
"""
APPLICANT = """
/mes-dossiers/ /porteurs/ /porteurs/nouveau/ /porteurs/{applicant}/ /porteurs/{applicant}/modifier/
/porteurs/{applicant}/equipe/ /porteurs/{applicant}/engagement/ /porteurs/{applicant}/coffre/
/appels/{open}/deposer/ /dossiers/{draft}/ecrire/projet/ /dossiers/{draft}/ecrire/lieux/
/dossiers/{draft}/ecrire/calendrier/ /dossiers/{draft}/ecrire/conditions/
/dossiers/{draft}/ecrire/indicateurs/ /dossiers/{draft}/ecrire/budget/
/dossiers/{draft}/ecrire/financeurs/ /dossiers/{draft}/ecrire/pieces/ /dossiers/{draft}/ecrire/verifier/
/dossiers/{asked}/ecrire/pieces/ /dossiers/{granted}/ /dossiers/{granted}/argent/
/dossiers/{granted}/recepisse/
/courriers/ /courriers/{letter}/ /mes-bilans/ /dossiers/{granted}/bilan/{year}/
/dossiers/{granted}/bilan/{year}/ecrire/story/ /dossiers/{granted}/bilan/{year}/ecrire/money/
/dossiers/{granted}/bilan/{year}/ecrire/public/ /dossiers/{granted}/bilan/{year}/fichiers/
/dossiers/{granted}/bilan/{year}/remettre/ /dossiers/{granted}/bilan/{year}/non-realisation/
/dossiers/{granted}/bilan/{year}/dates/
"""
JUROR = """
/jurys/{jury}/ /seances/{session}/ /seances/{session}/cahier/ /seances/{session}/dossiers/{item}/
/seances/{session}/notes/
"""
FUNDER = """
/aides/{decision}/ /aides/{decision}/echeancier/ /versements/{payment}/order/ /appels/{call}/versements/
/dossiers/{examined}/avis/{funder}/
"""
PUBLIC = """
/appels/ /appels/{open}/ /ruche/ /ruche/carte/ /ruche/{granted}/ /donnees/ /donnees/subventions-publiees/
/fonds/
"""
WALKS = {
    "chargee@demo.faubourg": OFFICER + proximity.TEAM,
    "association@demo.faubourg": APPLICANT,
    "elue@demo.faubourg": JUROR,
    "financeur@demo.faubourg": FUNDER,
    "bailleur@demo.faubourg": proximity.LANDLORD,
    "": PUBLIC + proximity.PUBLIC,
}


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A server of this module's own, with the example calls."""
    with served(tmp_path_factory.mktemp("calls") / "home") as server:
        yield server


@pytest.fixture(scope="module")
def sessions():
    """Who is signed in on that server."""
    return {}


@pytest.fixture(scope="module")
def keys(live):
    """What the addresses hold between braces."""
    for room in ("calls", "proximity"):
        live.run(room, "exemple")
    return json.loads(live.run("shell", "-c", KEYS).partition("KEYS")[2])


def faults_of(page, path, looked):
    """What is wrong on this page, in one line each; `looked`: the kinds of page that axe has seen."""
    answer = page.goto(path)
    if answer.status != 200:
        return [f"answered {answer.status}"]
    found = []
    if (kind := page.evaluate(KIND)) not in looked:
        looked.add(kind)
        page.evaluate(AXE)
        found = violations(page, {"type": "tag", "values": TAGS})
    french = [text for text in page.evaluate(INTERFACE) if FRENCH.search(text) and not WRITTEN.search(text)]
    found += [f"French: {text[:80]}" for text in french]
    found += ["an empty address" for _one in page.query_selector_all('a[href=""], form[action=""]')]
    page.set_viewport_size({"width": 360, "height": 740})
    found += [f"at 360: {one}" for one in page.evaluate(OUT_OF_SIGHT)]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 360:
        found.append(f"scrolls sideways: {wide} px")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


@pytest.mark.parametrize("person", WALKS)
def test_every_page_of_a_living_call_and_area(visit, keys, person):
    page = visit(person=person, locale="en-GB")
    looked = set()
    wrong = [
        f"{path}: {fault}"
        for path in WALKS[person].format(**keys).split()
        for fault in faults_of(page, path, looked)
    ]
    assert not wrong, "\n".join(wrong)

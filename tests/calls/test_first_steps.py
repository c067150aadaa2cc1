"""What somebody new meets in the room: links that lead somewhere, words instead of codes, one thing to do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from faubourg.base import documents
from faubourg.base.journal import telling
from faubourg.base.models import JournalEntry
from faubourg.calls import nav
from faubourg.calls.queries.places import told_apart
from faubourg.calls.services.applicant_roles import grant_role
from faubourg.rules.calls.accounts import ACCOUNTS
from faubourg.rules.verdict import Reason, Verdict
from faubourg.site import cli
from tests.factories.calls import ApplicationFactory, CallFactory, IntentFactory
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

from .applying import association, of_a_contract, receiving
from .dossiers import ready, signatory_of

pytestmark = pytest.mark.django_db
_EMPTY = re.compile(r'href=""|action=""')


def page_of(client, person, name, *args):
    client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_link_of_a_fiche_leads_nowhere(client):
    me = PersonFactory()
    call = receiving()
    contract = of_a_contract(call, TerritoryFactory(neighbourhood=True))
    intent = IntentFactory(
        call=call, contract=contract, organisation=association(administrator=me), submitted=True
    )
    page = page_of(client, me, "intent", intent.pk)
    assert not _EMPTY.search(page)
    assert reverse("contract", args=[contract.code]) in page


def test_an_exception_that_is_no_longer_invoked_is_not_to_decide(client):
    dossier = ApplicationFactory(submitted=True, excluded={"double": False})
    claim = dossier.claims.create(exclusion="double", justification="Un besoin réel")
    officer = RoleGrantFactory(
        role="contract_officer", scope_kind="call", scope_code=dossier.call.code
    ).person
    assert "Un besoin réel" not in page_of(client, officer, "application_similar", dossier.pk)
    address = reverse("application_claim", args=[dossier.pk, claim.pk])
    assert client.post(address, {"accepted": "yes", "reason": "Oui"}).status_code == 404
    dossier.excluded = {"double": True}
    dossier.save()
    assert "Un besoin réel" in page_of(client, officer, "application_similar", dossier.pk)


def test_the_vault_proposes_papers_of_the_same_kind_first(client):
    dossier = ready()
    told = dossier.call.rule_set.told | {
        "pieces": [{"code": "statutes", "name": "Statuts"}, {"code": "bank", "name": "RIB"}]
    }
    dossier.call.rule_set.told = told
    dossier.call.rule_set.save()
    me = signatory_of(dossier)
    for kind in ("statutes", "bank"):
        file = SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.7 essai", "application/pdf")
        document = documents.keep(upload=file, purpose="vault", by=me.actor)
        dossier.organisation.vault.create(kind=kind, document=document)
    page = page_of(client, me, "application_step", dossier.pk, "pieces")
    first = page.split('id="piece-1"')[1].split('id="piece-2"')[0]
    before, fold = first.split("<details>")
    assert ("statuts" in before, "RIB" in before) == (True, False)
    assert "RIB" in fold.split("</details>")[0]


def test_a_history_says_roles_in_words():
    organisation, me = OrganisationFactory(), PersonFactory()
    grant_role(organisation=organisation, to=me, role="signatory", by=me.actor)
    changes = telling.changes_of(JournalEntry.objects.latest("seq"))
    assert "signe" in [change.after for change in changes]


@pytest.mark.parametrize("template", ["calls/dossier/reasons.html", "site/parts/verdict.html"])
def test_what_only_informs_is_no_red_alert(template):
    for decides, told in ((False, "reason-unknown"), (True, "reason-unmet")):
        reason = Reason("late", False, "Un bilan est en retard.", decides=decides)
        context = {"reasons": [(reason, "Un bilan est en retard.")], "verdict": Verdict((reason,))}
        assert told in render_to_string(template, context)


def test_the_refusal_of_a_fund_speaks_of_funds(client):
    client.force_login(PersonFactory())
    page = client.get(reverse("resident_fund_new"))
    assert page.status_code == 403
    assert "Un fonds d’habitants est ouvert par" in page.content.decode()


def test_the_funds_and_the_hive_have_a_door(client):
    page = client.get("/").content.decode()
    footer = page.split('class="site-footer"')[1]
    for name in ("projects", "resident_funds"):
        assert f'href="{reverse(name)}"' in footer
        assert f'href="{reverse(name)}"' in page.split('class="site-footer"')[0]


def test_the_command_says_the_version_of_faubourg(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["faubourg", "--version"])
    cli.main()
    assert capsys.readouterr().out.startswith("Faubourg ")


def test_a_deposited_fiche_is_offered_where_a_dossier_begins(client):
    me = PersonFactory()
    call = receiving()
    fiche = IntentFactory(
        call=call, organisation=association(administrator=me), submitted=True, title="Le four à pain"
    )
    page = page_of(client, me, "application_new", call.code)
    assert reverse("intent_convert", args=[fiche.pk]) in page
    assert "Le four à pain" in page


def test_two_places_of_one_name_say_their_commune():
    town = TerritoryFactory(kind="commune", name="Vichy")
    one, other = (TerritoryFactory(neighbourhood=True, name="Centre Ville") for _ in range(2))
    third = TerritoryFactory(neighbourhood=True, name="La Plaine")
    one.communes.add(town)
    names = told_apart([one, other, third])
    assert names == {
        one.pk: "Centre Ville (Vichy)",
        other.pk: f"Centre Ville ({other.code})",
        third.pk: "La Plaine",
    }


def test_one_of_two_numbers_is_asked_for_not_none(client):
    client.force_login(PersonFactory())
    page = client.get(reverse("applicant_new"), {"q": "Une association inconnue"}).content.decode()
    assert "L’un des deux" in page
    assert "(facultatif)" not in page


def test_the_pages_of_a_call_are_grouped_by_the_moments_of_its_life():
    call = CallFactory()
    sections, pages = nav.navigation(call, "call_letters", follows=True)
    assert len(sections) <= 6
    assert [entry.here for entry in sections].count(True) == 1
    assert [str(entry.label) for entry in pages if entry.here] == ["Courriers"]
    assert len(pages) < 8
    # A visitor has one page, and no navigation.
    assert nav.navigation(call, "call", follows=False)[1] == []


def test_the_account_of_insurance_is_not_a_certainty():
    with translation.override("en"):
        assert translation.gettext(ACCOUNTS["616"].name) == "Insurance premiums"

"""The pages of an organisation that applies: found, opened, shared between people, its papers kept apart."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.base.models import Draft
from faubourg.calls.models import Applicant, ApplicantInvitation, ApplicantRole, Interest, VaultPiece
from faubourg.people.models import Organisation
from tests.factories.calls import ApplicantRoleFactory, ApplicationFactory
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory

from .applying import association, someone

pytestmark = pytest.mark.django_db
SIRET = "732 829 320 00074"
STATUTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj"


@pytest.fixture
def zoe(client):
    person = someone(name="Zoé Roux", email="zoe@exemple.fr")
    client.force_login(person)
    return person


@pytest.fixture
def held(zoe):
    return association(administrator=zoe, signatory=zoe)


def page(client, name, *args, **params):
    return client.get(reverse(name, args=args), params)


def send(client, address, *args, **data):
    return client.post(reverse(address, args=args), data)


def test_from_a_siret_typed_with_spaces_to_an_open_space(client, zoe):
    found = page(client, "applicant_new", q=SIRET)
    assert "inscrivez-la" in found.content.decode()
    assert 'value="73282932000074"' in found.content.decode()
    told = {"name": "Les Voisins", "kind": "association", "siret": SIRET, "how": "administrator"}
    refused = send(client, "applicant_new", **told, signs="on")
    assert refused.status_code == 422, "who signs says in which quality"
    assert 'value="Les Voisins"' in refused.content.decode(), "nothing typed is lost"
    done = send(client, "applicant_new", **told, signs="on", quality="trésorière")
    made = Organisation.objects.get()
    assert done.url == reverse("applicant", args=[made.pk])
    assert "Les Voisins" in page(client, "applicants").content.decode()


@pytest.mark.parametrize("typed", ["73282932000075", "732", "W12", "   "])
def test_a_number_that_is_wrong_is_explained_and_nothing_is_found(client, zoe, typed):
    OrganisationFactory(name="Autre", siret="73282932000074")
    assert "C’est elle" not in page(client, "applicant_new", q=typed).content.decode()


def test_an_organisation_that_is_known_is_shown_and_not_made_twice(client, zoe):
    known = OrganisationFactory(name="Régie de quartier", siret="73282932000074")
    for asked in (SIRET, "regie quart"):
        assert (
            reverse("applicant_join", args=[known.pk])
            in page(client, "applicant_new", q=asked).content.decode()
        )
    again = send(client, "applicant_new", name="Régie", kind="association", siret=SIRET, how="administrator")
    assert again.status_code == 422
    assert reverse("applicant_join", args=[known.pk]) in again.content.decode()
    assert Organisation.objects.count() == 1


def test_where_somebody_administers_a_role_is_asked_for(client, zoe):
    ali = PersonFactory(name="Ali")
    other = association("La Régie", administrator=ali)
    assert page(client, "applicant", other.pk).status_code == 403
    asked = send(client, "applicant_join", other.pk, role="writer", mandate="secrétaire")
    assert asked.url == reverse("applicants")
    assert "en attente" in page(client, "applicants").content.decode()
    client.force_login(ali)
    people = page(client, "applicant_people", other.pk).content.decode()
    assert "secrétaire" in people
    request = other.applicant_requests.get()
    send(client, "role_request_answer", request.pk, answer="refuse")
    request.refresh_from_db()
    assert request.accepted is None, "a refusal needs its reason"
    send(client, "role_request_answer", request.pk, answer="accept")
    client.force_login(zoe)
    assert page(client, "applicant", other.pk).status_code == 200
    assert page(client, "applicant_invite", other.pk).status_code == 403


def test_an_invitation_is_written_to_and_taken(client, held, zoe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "applicant_invite", held.pk, email="lea@exemple.fr", role="writer")
    assert mail.outbox[0].to == ["lea@exemple.fr"]
    assert reverse("applicants") in mail.outbox[0].body
    invitation = ApplicantInvitation.objects.get()
    assert send(client, "invitation_take", invitation.pk).status_code == 404, "not for this address"
    client.force_login(someone(email="lea@exemple.fr"))
    assert "Accepter" in page(client, "applicants").content.decode()
    assert send(client, "invitation_take", invitation.pk).url == reverse("applicant", args=[held.pk])


def test_a_line_break_in_a_name_does_not_write_another_letter(
    client, zoe, django_capture_on_commit_callbacks
):
    held = association("A\r\nBcc: x@exemple.fr", administrator=zoe)
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "applicant_invite", held.pk, email="lea@exemple.fr", role="writer")
    assert mail.outbox[0].recipients() == ["lea@exemple.fr"]


def test_the_signature_is_handed_over_from_the_page(client, held, zoe):
    writer = ApplicantRoleFactory(organisation=held).person
    shown = page(client, "applicant_hand_over", held.pk).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]
    send(client, "applicant_hand_over", held.pk, to=writer.pk, mandate="présidente", seen=seen)
    assert ApplicantRole.objects.get(role="signatory", until=None).person == writer
    stale = send(client, "applicant_hand_over", held.pk, to=zoe.pk, mandate="à moi", seen=seen)
    assert stale.url == reverse("applicant_people", args=[held.pk])
    assert ApplicantRole.objects.get(role="signatory", until=None).person == writer


def test_the_sheet_is_autosaved_and_never_overwritten(client, held, zoe):
    Draft.objects.create(person_ref=zoe.ref, form_key=f"applicant:{held.pk}", content={})
    told = {"city": "Lille", "head_name": "Zoé Roux", "exercise_ends": "12-31", "fte": "1,5"}
    assert send(client, "applicant_edit", held.pk, **told, version=1).status_code == 302
    sheet = Applicant.objects.get(organisation=held)
    assert (sheet.city, sheet.employees_fte_hundredths) == ("Lille", 150)
    assert not Draft.objects.exists()
    conflict = send(client, "applicant_edit", held.pk, **told | {"city": "Roubaix"}, version=1)
    assert conflict.status_code == 409
    assert "Lille" in conflict.content.decode()
    assert "Roubaix" in conflict.content.decode()
    wrong = {"postcode": "59", "exercise_ends": "31/12", "commune": "99999", "version": 2}
    assert send(client, "applicant_edit", held.pk, **told | wrong).status_code == 422


def test_the_charter_is_signed_by_the_signatory_alone(client, held, zoe):
    client.force_login(ApplicantRoleFactory(organisation=held).person)
    assert send(client, "applicant_charter", held.pk, quality="x", read="on").status_code == 403
    client.force_login(zoe)
    assert send(client, "applicant_charter", held.pk, quality="présidente").status_code == 422
    send(client, "applicant_charter", held.pk, quality="présidente", read="on")
    assert "présidente" in page(client, "applicant_charter", held.pk).content.decode()
    send(client, "charter_withdraw", held.pk, reason="Erreur")
    assert held.charters.get().withdrawal_reason == "Erreur"


def test_the_vault_keeps_replaces_and_gives_back(client, held):
    def put(name, content, **data):
        return send(
            client,
            "applicant_vault",
            held.pk,
            kind="statutes",
            file=SimpleUploadedFile(name, content),
            **data,
        )

    for name, content in (
        ("a.svg", b"<svg/>"),
        ("a.pdf", b"MZ"),
        ("a.pdf", b"%PDF- /JavaScript"),
        ("a.zip", b"PK"),
    ):
        assert put(name, content).status_code == 422, name
    assert not VaultPiece.objects.exists()
    put("statuts.pdf", STATUTES)
    old = VaultPiece.objects.get()
    put("statuts-2.pdf", STATUTES + b"2", replaces=old.pk)
    old.refresh_from_db()
    assert old.replaced_by is not None
    given = page(client, "vault_piece", old.pk)
    assert b"".join(given.streaming_content) == STATUTES
    assert given["Content-Disposition"].startswith("attachment")
    send(client, "vault_remove", old.replaced_by_id)
    assert VaultPiece.objects.count() == 1


def test_a_paper_is_read_by_who_examines_a_dossier_that_uses_it(client, held, zoe):
    send(client, "applicant_vault", held.pk, kind="bank", file=SimpleUploadedFile("rib.pdf", STATUTES))
    piece = VaultPiece.objects.get()
    dossier = ApplicationFactory(submitted=True, organisation=held)
    officer = RoleGrantFactory(scope_kind="call", scope_code=dossier.call.code).person
    client.force_login(officer)
    assert page(client, "vault_piece", piece.pk).status_code == 403
    dossier.pieces.create(vault=piece, document=piece.document, code="rib")
    assert b"".join(page(client, "vault_piece", piece.pk).streaming_content) == STATUTES
    Interest.objects.create(
        call=dossier.call, person=officer, application=dossier, reason="Au bureau", declared_on="2015-01-01"
    )
    assert page(client, "vault_piece", piece.pk).status_code == 403
    client.force_login(zoe)
    send(client, "vault_remove", piece.pk)
    assert VaultPiece.objects.exists(), "a dossier uses it"


def test_who_types_on_a_mandate_bears_both_names_on_every_page(client, zoe):
    other = OrganisationFactory(name="Les Tilleuls")
    told = {"how": "assistant", "mandate": "la présidente, au téléphone", "invited": "pres@exemple.fr"}
    assert send(client, "applicant_join", other.pk, **told).status_code == 302
    assert ApplicantInvitation.objects.get().role == "administrator"
    for name in ("applicant", "applicant_people", "applicant_charter", "applicant_vault", "applicant_edit"):
        assert "au téléphone" in page(client, name, other.pk).content.decode(), name
    send(client, "applicant_vault", other.pk, kind="statutes", file=SimpleUploadedFile("s.pdf", STATUTES))
    assert VaultPiece.objects.get().added_by_name == "Zoé Roux, pour Les Tilleuls"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "name", ["applicants", "applicant", "applicant_people", "applicant_charter", "applicant_vault"]
)
def test_a_page_costs_the_same_with_one_and_three(
    client, held, zoe, django_assert_max_num_queries, name, count
):
    for _each in range(count):
        ApplicantRoleFactory(organisation=held)
        ApplicantRoleFactory(person=zoe)
        ApplicationFactory(organisation=held, submitted=True)
        send(client, "applicant_vault", held.pk, kind="other", file=SimpleUploadedFile("s.pdf", STATUTES))
    with django_assert_max_num_queries(15):
        assert page(client, name, *([] if name == "applicants" else [held.pk])).status_code == 200

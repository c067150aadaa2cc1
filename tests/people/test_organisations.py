"""Organisations and members, from the page to the journal."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.base.journal import entries_for
from faubourg.base.refusal import Conflict, NotAllowed, Refused
from faubourg.people.models import Membership, Organisation, RoleGrant
from faubourg.people.services import organisations as services
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


@pytest.fixture
def officer(client):
    person = RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER).person
    client.force_login(person)
    return person


def test_an_organisation_is_registered_from_the_page(client, officer):
    page = client.post(
        reverse("organisation_create"),
        {
            "name": "Régie de quartier",
            "kind": "association",
            "siret": "732 829 320 00074",
            "rna": "w751234567",
        },
    )
    made = Organisation.objects.get()
    assert page.url == made.get_absolute_url()
    assert (made.siret, made.rna) == (SIRET, "W751234567")
    (entry,) = entries_for("organisation", str(made.pk))
    assert entry.act == "organisation_created"
    assert entry.actor_ref == officer.ref


def test_a_wrong_key_stands_beside_its_field_and_nothing_typed_is_lost(client, officer):
    page = client.post(
        reverse("organisation_create"),
        {"name": "Régie de quartier", "kind": "association", "siret": "73282932000079"},
    )
    text = page.content.decode()
    assert "la clé du SIRET est fausse" in text
    assert "Régie de quartier" in text
    assert "73282932000079" in text
    assert Organisation.objects.count() == 0


def test_a_siret_is_registered_once_and_the_page_names_who_has_it(client, officer):
    OrganisationFactory(name="Déjà là", siret=SIRET)
    page = client.post(reverse("organisation_create"), {"name": "Autre", "kind": "other", "siret": SIRET})
    assert "Déjà là" in page.content.decode()
    assert Organisation.objects.count() == 1


def test_two_people_who_edit_do_not_overwrite_each_other(client, officer):
    organisation = OrganisationFactory(name="Avant")
    services.edit_organisation(
        organisation=organisation,
        version=1,
        name="Entre-temps",
        kind="other",
        siret=None,
        rna=None,
        by=FAUBOURG,
    )
    page = client.post(
        reverse("organisation_edit", args=[organisation.pk]),
        {"name": "Mon texte", "kind": "other", "version": 1},
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "Entre-temps" in text
    assert "Mon texte" in text
    with pytest.raises(Conflict):
        services.edit_organisation(
            organisation=organisation, version=1, name="x", kind="other", siret=None, rna=None, by=FAUBOURG
        )


def test_a_member_is_added_by_the_e_mail_of_an_account(client, officer):
    organisation, person = OrganisationFactory(), PersonFactory(email="nouvelle@exemple.fr")
    address = reverse("membership_add", args=[organisation.pk])
    page = client.post(address, {"person": "inconnue@exemple.fr", "since": "2025-01-01"})
    assert "Aucun compte ouvert à cette adresse" in page.content.decode()
    page = client.post(
        address, {"person": "Nouvelle@Exemple.fr", "title": "directrice", "since": "2025-01-01"}
    )
    assert page.status_code == 302
    member = Membership.objects.get()
    assert member.person == person
    entry = entries_for("organisation", str(organisation.pk))[0]
    assert person.name not in entry.payload
    assert "directrice" not in entry.payload


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        (date(2024, 6, 30), None, True),
        (date(2024, 7, 1), None, False),
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2023, 1, 1), date(2024, 1, 1), True),
        (date(2025, 1, 2), date(2025, 1, 1), True),
    ],
)
def test_memberships_of_one_person_do_not_overlap(since, until, refused):
    there = MembershipFactory(since=date(2024, 1, 1), until=date(2024, 6, 30))
    given = {"person": there.person, "organisation": there.organisation, "title": "", "by": FAUBOURG}
    if refused:
        with pytest.raises(Refused):
            services.add_membership(**given, since=since, until=until)
    else:
        assert services.add_membership(**given, since=since, until=until).pk


def test_names_of_members_are_for_those_who_may_read_them(client):
    member = MembershipFactory(person__name="Zoé Tastevin")
    address = member.organisation.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Tastevin" not in page
    assert "Connectez-vous" in page
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.ELECTED).person)
    assert "Tastevin" in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["organisations", "roles"])
def test_lists_ask_the_same_number_of_questions_for_one_and_three_rows(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR).person)
    OrganisationFactory()
    client.get(reverse(name))
    with django_assert_max_num_queries(12) as one:
        client.get(reverse(name))
    OrganisationFactory.create_batch(2)
    RoleGrantFactory.create_batch(2, scope_kind="commune", scope_code="63113")
    extra = 1 if name == "roles" else 0  # one more kind of scope is one more question, whatever the rows
    with django_assert_num_queries(len(one) + extra):
        client.get(reverse(name))


def test_a_filter_finds_by_name_without_accents_and_by_siret(client):
    OrganisationFactory(name="Écoute Habitat", siret=SIRET)
    OrganisationFactory(name="Autre")
    for typed in ("ecoute", "732 829"):
        page = client.get(reverse("organisations"), {"q": typed}).content.decode()
        assert "Écoute Habitat" in page
        assert "Autre</a>" not in page


@pytest.mark.parametrize(("held", "asked", "code"), [(-1, 27_000, "over_already"), (5, 6, "ends_sooner")])
def test_ending_neither_revives_nor_extends_a_membership(held, asked, code):
    today = timezone.localdate()
    member = MembershipFactory(until=today + timedelta(days=held))
    with pytest.raises(Refused) as refused:
        services.end_membership(membership=member, until=today + timedelta(days=asked), by=FAUBOURG)
    assert refused.value.verdict.refusals()[0].code == code
    member.refresh_from_db()
    assert member.until == today + timedelta(days=held)


def test_a_member_cannot_turn_an_organisation_into_another(client):
    member = MembershipFactory()
    client.force_login(member.person)
    address = reverse("organisation_edit", args=[member.organisation.pk])
    sent = client.post(address, {"name": "Commune", "kind": "commune", "siret": SIRET, "version": 1})
    assert sent.status_code == 403
    member.organisation.refresh_from_db()
    assert (member.organisation.kind, member.organisation.siret) == ("association", None)


def test_nobody_makes_oneself_a_member(client, officer):
    organisation = OrganisationFactory()
    sent = client.post(
        reverse("membership_add", args=[organisation.pk]), {"person": officer.email, "since": "2024-01-01"}
    )
    assert sent.status_code == 403
    given = {"organisation": organisation, "title": "", "since": date(2024, 1, 1), "until": None}
    with pytest.raises(NotAllowed):
        services.add_membership(person=officer, by=officer.actor, **given)
    assert not Membership.objects.exists()

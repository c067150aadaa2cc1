"""A draft’s key can be made up, a right can end: the first page names no dossier to who may not read it."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.base import drafts
from faubourg.base.actor import Actor
from faubourg.calls.models import Letter
from faubourg.calls.services.standing_back import stand_back
from tests.factories.calls import ApplicationFactory, IntentFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def letter_about(dossier):
    return Letter.objects.create(application=dossier, kind="refusal", subject="Refus", body="Non.")


def test_a_made_up_key_tells_nothing(client):
    dossier, intent = ApplicationFactory(title="Secret"), IntentFactory(title="Secret")
    letter = letter_about(ApplicationFactory(submitted=True, title="Secret"))
    keys = [
        f"dossier:{dossier.pk}:budget", f"intent:{intent.pk}", f"intent_opinion:{intent.pk}",
        f"contact_new:{intent.pk}", f"applicant:{dossier.organisation.pk}", f"letter:{letter.pk}",
        f"call:{dossier.call.code}", f"rule-set:{dossier.call.rule_set.pk}",
    ]  # fmt: skip
    client.force_login(PersonFactory())
    for key in keys:
        body = {"content": {"a": "b"}, "seen": 0, "page": f"/dossiers/{dossier.pk}/"}
        client.post(reverse("draft", args=[key]), body, content_type="application/json")
    page = client.get("/").text
    assert not [
        told for told in ("Secret", "Refus", dossier.organisation.name, dossier.call.title) if told in page
    ]


@pytest.mark.parametrize("whole", [False, True])
def test_who_stands_back_no_longer_reads_the_subject_of_a_letter(whole):
    dossier, other = ApplicationFactory(submitted=True), ApplicationFactory(submitted=True)
    person = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=dossier.call.code).person
    for about in (dossier, other):
        drafts.save(
            person_ref=person.ref,
            form_key=f"letter:{letter_about(about).pk}",
            content={"body": "Commencé"},
            where=drafts.Where(f"Courrier {about.pk}", "/contrats/"),
        )
    drafts.save(
        person_ref=person.ref,
        form_key=f"opinion:{dossier.pk}:1",
        content={"text": "Commencé"},
        where=drafts.Where("Avis", f"/dossiers/{dossier.pk}/"),
    )
    about = {"organisation": dossier.organisation} if whole else {"application": dossier}
    stand_back(
        call=dossier.call,
        person=person,
        reason="Ami",
        by=Actor(person.ref, "Elle"),
        on=date(2015, 2, 1),
        **about,
    )
    assert [each.title for each in drafts.begun_by(person.ref)] == [f"Courrier {other.pk}"]

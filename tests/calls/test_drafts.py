"""A draft’s key can be made up: the first page names its object to who may read it alone."""

from datetime import date

import pytest

from faubourg.base.models import Draft
from faubourg.base.unsent import described
from faubourg.calls.models import Interest, Letter
from tests.factories.calls import ApplicantRoleFactory, ApplicationFactory, IntentFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


def told(person, key):
    return [each.subject for each in described([Draft(person_ref=person.ref, form_key=key)])]


def test_a_made_up_key_tells_nothing():
    dossier, intent = ApplicationFactory(title="Secret"), IntentFactory(title="Secret")
    letter = Letter.objects.create(
        application=ApplicationFactory(submitted=True), kind="refusal", subject="Refus", body="Non."
    )
    keys = [
        f"dossier:{dossier.pk}:budget", f"intent:{intent.pk}", f"intent_opinion:{intent.pk}",
        f"contact_new:{intent.pk}", f"applicant:{dossier.organisation.pk}", f"letter:{letter.pk}",
        f"call:{dossier.call.code}", f"rule-set:{dossier.call.rule_set.pk}",
    ]  # fmt: skip
    stranger = PersonFactory()
    assert [told(stranger, key) for key in keys] == [[]] * len(keys)


def test_who_writes_it_goes_on():
    dossier = ApplicationFactory(title="Jardin")
    writer = ApplicantRoleFactory(organisation=dossier.organisation).person
    assert told(writer, f"dossier:{dossier.pk}:budget") == ["Jardin"]


def test_who_stands_back_no_longer_reads_the_subject_of_a_letter():
    dossier = ApplicationFactory(submitted=True)
    letter = Letter.objects.create(application=dossier, kind="refusal", subject="Refus", body="Non.")
    grant = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=dossier.call.code)
    assert told(grant.person, f"letter:{letter.pk}") == ["Refus"]
    Interest.objects.create(
        call=dossier.call,
        person=grant.person,
        application=dossier,
        reason="Ami",
        declared_on=date(2015, 2, 1),
    )
    assert told(grant.person, f"letter:{letter.pk}") == []

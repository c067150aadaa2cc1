"""« Commencer » pressed twice makes one draft; what somebody begins on purpose is still theirs."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from faubourg.calls.models import Application, Intent
from faubourg.calls.queries.begun import BEGUN_AGAIN_WITHIN
from faubourg.calls.services.intents import start_intent
from faubourg.calls.services.reusing import reuse_application
from faubourg.calls.services.writing import start_application
from tests.factories.calls import ApplicantRoleFactory
from tests.factories.people import PersonFactory

from .applying import association, at_once, receiving
from .dossiers import a_call, asks, ready, signatory_of

pytestmark = pytest.mark.django_db


def began(call, person, organisation, title="Fleurir"):
    return start_application(call=call, organisation=organisation, title=title, by=person.actor)


def test_a_dossier_begun_twice_is_one(client):
    person, call = PersonFactory(), a_call()
    organisation = association(administrator=person)
    client.force_login(person)
    said = {"organisation": organisation.pk, "title": "Fleurir"}
    address = reverse("application_new", args=[call.code])
    assert client.post(address, said).url == client.post(address, said).url
    assert Application.objects.count() == 1
    client.post(address, said | {"title": "Fleurir encore"})
    assert Application.objects.count() == 2


def test_a_fiche_begun_twice_is_one(client):
    person, call = PersonFactory(), receiving()
    organisation = association(administrator=person)
    client.force_login(person)
    said = {"organisation": organisation.pk, "title": "Jardin"}
    address = reverse("intent_new", args=[call.code])
    assert client.post(address, said).url == client.post(address, said).url
    assert Intent.objects.get().steps.count() == 1


def test_another_person_or_another_moment_begins_another():
    me, other, call = PersonFactory(), PersonFactory(), a_call()
    organisation = association(administrator=me, writer=other)
    first = began(call, me, organisation)
    assert began(call, other, organisation) != first
    later = timezone.now() + BEGUN_AGAIN_WITHIN + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        assert began(call, me, organisation) != first


def test_last_year_s_dossier_taken_up_twice_is_one_and_copied_once():
    last = asks(ready())
    by, call = signatory_of(last).actor, a_call(year=last.call.year + 1)
    first = reuse_application(previous=last, call=call, by=by)
    lines = first.application.budget_lines.count()
    again = reuse_application(previous=last, call=call, by=by)
    assert (again.application, again.told) == (first.application, ())
    assert again.application.budget_lines.count() == lines


def test_taking_up_last_year_s_never_writes_over_what_was_just_begun():
    last = asks(ready())
    person, call = signatory_of(last), a_call(year=last.call.year + 1)
    begun = began(call, person, last.organisation, last.title)
    reused = reuse_application(previous=last, call=call, by=person.actor)
    assert reused.application != begun


@pytest.mark.django_db(transaction=True)
def test_both_presses_of_one_moment_are_one():
    call, role = receiving(), ApplicantRoleFactory()
    both = {"call": call, "organisation": role.organisation, "title": "Fleurir", "by": role.person.actor}
    assert at_once(*[lambda: start_application(**both)] * 3) == ["done"] * 3
    assert at_once(*[lambda: start_intent(**both)] * 3) == ["done"] * 3
    assert (Application.objects.count(), Intent.objects.count()) == (1, 1)

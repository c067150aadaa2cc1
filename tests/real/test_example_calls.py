"""The example calls of the demonstration live: real services carried their dossiers to each age."""

import pytest

from faubourg.calls.models import Application, JurySession, Payment
from faubourg.calls.services.example_life import EVERYBODY, make_example_life
from faubourg.people.demo import ACCOUNTS
from faubourg.people.models import Person
from faubourg.people.services.demo import make_account

pytestmark = pytest.mark.django_db


def test_the_example_has_dossiers_at_every_age_made_once():
    assert make_example_life()[0].applications.count() == 0, "no account of the demonstration yet"
    for account in ACCOUNTS:
        assert make_account(account) == [], account.email
    open_one, in_jury = make_example_life()
    states = set(Application.objects.filter(call=open_one).values_list("state", flat=True))
    assert states == {"draft", "submitted", "to_complete"}
    states = set(Application.objects.filter(call=in_jury).values_list("state", flat=True))
    assert states == {"notified", "before_jury", "examined", "complete"}
    assert open_one.intents.get().number
    assert JurySession.objects.get(jury__call=in_jury).state == "open"
    assert Payment.objects.filter(decision__funder__call=in_jury, state="ordered").exists()
    before = Application.objects.count()
    make_example_life()
    assert Application.objects.count() == before


def test_whatever_is_invented_says_so():
    for account in ACCOUNTS:
        make_account(account)
    for call in make_example_life():
        assert "exemple" in call.title
        assert "inventés" in call.presentation
        for dossier in call.applications.all():
            assert "exemple" in dossier.title.lower()
            assert "exemple" in dossier.organisation.name
    assert set(EVERYBODY) <= set(Person.objects.values_list("email", flat=True))

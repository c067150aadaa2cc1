"""Moving a neighbourhood along its path: derived first, then decided, dated, cited, journalled."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faubourg.base.actor import FAUBOURG
from faubourg.base.models import JournalEntry
from faubourg.base.refusal import Refused
from faubourg.people.models import RoleGrant
from faubourg.rules.neighbourhood_path import Act, State
from faubourg.territories.models import PathStep, Perimeter
from faubourg.territories.queries.path import path_of
from faubourg.territories.services.standing import move_neighbourhood
from tests.factories.people import RoleGrantFactory
from tests.factories.territories import PerimeterFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
DECREE, TODAY = "décret n° 2023-1314", date(2026, 1, 1)


def quarter(code="QN99901N", **perimeter):
    place = TerritoryFactory(neighbourhood=True, code=code)
    if perimeter:
        PerimeterFactory(territory=place, **perimeter)
    return place


def move(place, act, on=TODAY, reference=""):
    return move_neighbourhood(territory=place, act=act, on=on, reference=reference, by=FAUBOURG)


@pytest.mark.parametrize(
    ("code", "perimeter", "state"),
    [
        ("QN99901N", {"kind": Perimeter.Kind.QPV_2024}, State.ENTERING),
        ("QN99901I", {"kind": Perimeter.Kind.QPV_2024}, State.ACTIVE),
        ("QN99901M", {"kind": Perimeter.Kind.QPV_2024}, State.ADJUSTED),
        ("LOC-1", {"kind": Perimeter.Kind.FORESEEN}, State.FORESEEN),
        ("LOC-1", {"kind": Perimeter.Kind.QPV_2015, "valid_to": date(2023, 12, 31)}, State.HISTORIC),
        ("LOC-1", {"kind": Perimeter.Kind.LIVED}, State.NONE),
        ("LOC-1", {}, State.NONE),
    ],
)
def test_without_a_step_the_state_is_derived_from_the_perimeters(code, perimeter, state):
    if perimeter.get("valid_to"):
        perimeter["valid_from"] = date(2015, 1, 1)
    path = path_of(quarter(code, **perimeter), TODAY)
    assert path.state is state
    assert bool(path.derived) is bool(path)


def test_the_first_move_writes_what_was_derived_then_the_step_and_the_journal():
    place = quarter(kind=Perimeter.Kind.QPV_2024)
    move(place, Act.ACTIVATE)
    assert list(PathStep.objects.values_list("state", "basis")) == [
        ("entering", "derived"),
        ("active", "decided"),
    ]
    entry = JournalEntry.objects.get(act="neighbourhood_moved")
    assert entry.object_ref == place.code
    assert path_of(place, TODAY).derived is None


@pytest.mark.parametrize(
    ("act", "on", "reference", "codes"),
    [
        (Act.ARCHIVE, TODAY, "", {"path_state"}),
        (Act.ADJUST, TODAY, " ", {"path_text"}),
        (Act.ACTIVATE, date(2023, 1, 1), "", {"path_day"}),
        (Act.ENTER, None, "", {"path_state", "path_day", "path_text"}),
    ],
)
def test_a_refused_move_says_every_reason_and_writes_nothing(act, on, reference, codes):
    place = quarter(kind=Perimeter.Kind.QPV_2024)
    with pytest.raises(Refused) as refused:
        move(place, act, on, reference)
    assert {reason.code for reason in refused.value.verdict.refusals()} == codes
    assert not PathStep.objects.exists()


def test_the_same_step_is_not_written_twice_for_a_day():
    place = quarter("QN99901I", kind=Perimeter.Kind.QPV_2024)
    move(place, Act.ADJUST, reference=DECREE)
    with pytest.raises(Refused, match="déjà écrite"):
        move(place, Act.ADJUST, reference=DECREE)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "entering", "since": TODAY},
        {"state": "active", "since": None},
        {"state": "perdu", "since": TODAY},
    ],
)
def test_the_database_refuses_a_step_that_cites_nothing_has_no_day_or_no_known_state(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        PathStep.objects.create(territory=quarter(), decided_by="x", **fields)


def test_the_page_greys_what_cannot_be_done_and_writes_what_can(client):
    place = quarter(kind=Perimeter.Kind.QPV_2024)
    person = RoleGrantFactory(
        role=RoleGrant.Role.CONTRACT_OFFICER, scope_kind="neighbourhood", scope_code=place.code
    ).person
    client.force_login(person)
    url = reverse("neighbourhood_path", args=[place.code])
    page = client.get(url).content.decode()
    assert page.count(" disabled ") == 4
    assert "Seul un quartier sortant devient historique ; celui-ci est entrant." in page
    refused = client.post(url, {"act": "adjust", "on": "2026-01-01"}).content.decode()
    assert "Citez la loi ou le décret" in refused
    client.post(url, {"act": "adjust", "on": "2026-01-01", "reference": DECREE})
    assert path_of(place, TODAY).state is State.ADJUSTED
    sheet = client.get(place.get_absolute_url()).content.decode()
    assert DECREE in sheet
    assert "déduit des périmètres connus" in sheet

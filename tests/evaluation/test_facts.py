"""The facts of a year: what each room below holds, with its source, never a name, never a secret."""

import json
from datetime import UTC, date, datetime

import pytest

from faubourg.contracts.models import (
    Action,
    Body,
    Commitment,
    DecisionItem,
    Deliverable,
    FundingEvent,
    FundingLine,
    Meeting,
)
from faubourg.evaluation.queries import facts_of
from tests.factories.contracts import FundingLineFactory
from tests.factories.questions import InterpellationFactory
from tests.factories.territories import FigureFactory, IndicatorFactory

from .conftest import YEAR

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 15, 9, tzinfo=UTC)
Level, Origin = FundingLine.Level, FundingLine.Origin


def facts(place):
    return facts_of(place.contract, YEAR, at=AT)


def fill(place, ranks=(0,)):
    """So many of each thing that a year holds."""
    body = Body.objects.create(contract=place.contract, kind=Body.Kind.STEERING, name="COPIL")
    for rank in ranks:
        FigureFactory(territory=place.quarters[0], vintage=f"RP {2020 - rank}", vintage_year=2020 - rank)
        Action.objects.create(contract=place.contract, title=f"Action {rank}", state="running")
        FundingLineFactory(contract=place.contract, territory=place.quarters[0], year=YEAR)
        Commitment.objects.create(contract=place.contract, text=f"Promesse {rank}", due_on=date(YEAR, 6, 1))
        Deliverable.objects.create(contract=place.contract, name=f"Livrable {rank}", due_on=date(YEAR, 4, 15))
        moment = datetime(YEAR, 5, 2 + rank, 9, tzinfo=UTC)
        Meeting.objects.create(
            body=body, title="Séance", state="held", starts_at=moment, ends_at=moment.replace(hour=11)
        )
        InterpellationFactory(contract=place.contract, on=date(YEAR, 2, 1))


def test_one_thing_or_three_of_each_cost_the_same(place, django_assert_max_num_queries):
    fill(place)
    with django_assert_max_num_queries(10):
        assert len(facts(place)["actions"]) == 1
    fill(place, (1, 2, 3))
    with django_assert_max_num_queries(10):
        assert len(facts(place)["actions"]) == 4


def test_money_is_never_added_across_origins_levels_or_freezes(place):
    quarter = place.quarters[0]
    for origin, level, cents in (
        (Origin.SPECIFIC, Level.RESERVED, 1_000_000),
        (Origin.SPECIFIC, Level.RESERVED, 200),
        (Origin.SPECIFIC, Level.FORESEEN, 2_000_000),
        (Origin.ORDINARY, Level.RESERVED, 33_000_000),
        (Origin.SPECIFIC, Level.FROZEN, 70_000),
    ):
        line = FundingLineFactory(
            contract=place.contract,
            territory=quarter,
            year=YEAR,
            origin=origin,
            level=level,
            amount_cents=cents,
        )
    FundingLineFactory(contract=place.contract, territory=quarter, year=2024)
    FundingEvent.objects.create(
        line=line, kind="cut", amount_cents=500, on=date(YEAR, 7, 1), reason="Annulation", by_name="x"
    )
    told = facts(place)
    assert [(g["origin"], g["level"], g["total_cents"]) for g in told["money"]] == [
        (Origin.ORDINARY, Level.RESERVED, 33_000_000),
        (Origin.SPECIFIC, Level.FORESEEN, 2_000_000),
        (Origin.SPECIFIC, Level.RESERVED, 1_000_200),
        (Origin.SPECIFIC, Level.FROZEN, 70_000),
    ]
    assert [event["amount_cents"] for event in told["money_events"]] == [500]


def test_figures_keep_source_and_vintage_and_secrets_leave_nothing(place):
    poverty = IndicatorFactory(code="taux-pauvrete", name_fr="Taux de pauvreté", additive=False)
    FigureFactory(
        territory=place.quarters[0], indicator=poverty, value=None, secrecy="secret", vintage_year=2021
    )
    FigureFactory(territory=place.quarters[1], value=900, vintage="RP 2015", vintage_year=2015)
    FigureFactory(territory=place.quarters[1], value=1000, vintage="RP 2021", vintage_year=2021)
    FigureFactory(territory=place.quarters[1], value=7, vintage="RP 2024", vintage_year=2024)
    secret, open_one = facts(place)["situation"]
    assert (secret["value"], secret["secrecy"], secret["change"]) == (None, "secret", None)
    assert (open_one["value"], open_one["vintage"], open_one["source"]["slug"]) == (
        "1000",
        "RP 2021",
        "essai",
    )
    assert open_one["change"]["since"] == "RP 2015"


def test_what_was_owed_says_how_late_and_names_nobody(place):
    fill(place)
    Commitment.objects.create(
        contract=place.contract,
        text="Tenue",
        due_on=date(YEAR, 3, 1),
        proof="Constat",
        kept_on=date(YEAR, 3, 2),
        owner_name="Camille Secret",
    )
    Commitment.objects.create(contract=place.contract, text="Plus tard", due_on=date(2025, 3, 1))
    meeting = Meeting.objects.get()
    DecisionItem.objects.create(meeting=meeting, text="Décision", owner_name="Camille Secret")
    told = facts(place)
    assert [(each["text"], bool(each["kept_on"]), each["late"]) for each in told["commitments"]] == [
        ("Tenue", True, False),
        ("Promesse 0", False, True),
    ]
    assert told["deliverables"][0]["days_late"] == (AT.date() - date(YEAR, 4, 15)).days
    assert (told["meetings"][0]["decisions"], told["meetings"][0]["open"]) == (1, 1)
    assert told["interpellations"][0]["state"] == "submitted"
    assert "Camille" not in json.dumps(told, ensure_ascii=False)

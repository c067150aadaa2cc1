"""The facts that satisfy each guard of the circuits, and nothing beside."""

from datetime import date

import pytest

from faubourg.rules.circuit import GUARDS
from faubourg.rules.proximity.circuits import REPORT, TFPB, WALK
from faubourg.rules.proximity.guards import (
    AgreementFacts,
    Frame,
    ReportFacts,
    WalkFacts,
    Witness,
    given_for_agreement,
    given_for_report,
    given_for_walk,
)

TODAY = date(2025, 3, 20)


@pytest.mark.parametrize(
    ("facts", "given"),
    [
        ({}, ""),
        ({"reason": " "}, ""),
        ({"reason": "Hors de la ville"}, "reason"),
        ({"referent_present": True}, "referent"),
        ({"planned_on": date(2025, 3, 19)}, ""),
        ({"planned_on": TODAY}, "planned_day"),
        ({"original_state": "planned"}, "original"),
        ({"original_state": "duplicate"}, ""),
        ({"witness": Witness.RESIDENT}, "verification"),
        ({"witness": Witness.RELAY}, "verification"),
        ({"witness": Witness.RELAY, "witness_did_it": True}, ""),
        ({"witness": Witness.AGENT}, ""),
        ({"declared_done_on": date(2025, 3, 4)}, "silence"),
        ({"declared_done_on": date(2025, 3, 5)}, ""),
        ({"declared_done_on": date(2025, 3, 4), "answered_on": date(2025, 3, 6)}, ""),
        ({"desk": "housing"}, "desk"),
        ({"desk": "housing", "consented": True}, "desk consent"),
    ],
)
def test_what_satisfies_the_guards_of_a_report(facts, given):
    assert given_for_report(ReportFacts(TODAY, **facts)) == set(given.split())


FRAME = Frame("Les bancs", "Le budget", "Un jardin")


@pytest.mark.parametrize(
    ("facts", "given"),
    [
        ({}, "redaction"),
        ({"frame": FRAME}, "redaction frame"),
        ({"frame": Frame("Les bancs", " ", "Un jardin")}, "redaction"),
        ({"stops": 1, "guests": 1}, "redaction guests"),
        ({"stops": 2}, "redaction itinerary"),
        ({"unread": 1, "reason": "Pluie"}, "reason"),
        ({"actions": 3}, "redaction plan"),
        ({"actions": 3, "unanswered": 1}, "redaction"),
        ({"restored_on": date(2024, 9, 20)}, "redaction six_months"),
        ({"restored_on": date(2024, 9, 21)}, "redaction"),
    ],
)
def test_what_satisfies_the_guards_of_a_walk(facts, given):
    assert given_for_walk(WalkFacts(TODAY, **facts)) == set(given.split())


EVERYBODY = ("landlord", "commune", "epci", "state")


@pytest.mark.parametrize(
    ("facts", "given"),
    [
        ({}, ""),
        ({"has_plan": True, "reason": "x"}, "plan reason"),
        ({"signed": EVERYBODY}, "parties"),
        ({"signed": EVERYBODY[:3]}, ""),
        ({"signed": ("landlord", "commune", "state"), "without": ("epci",)}, "parties"),
        ({"review_complete": True}, "review"),
        ({"visitors": ("landlord", "authority")}, ""),
        ({"visitors": ("landlord", "authority", "residents", "state")}, "visit"),
        ({"cosigned": ("authority",)}, ""),
        ({"cosigned": ("authority", "state")}, "cosign"),
        ({"ends_on": TODAY}, ""),
        ({"ends_on": date(2025, 3, 19)}, "term"),
    ],
)
def test_what_satisfies_the_guards_of_an_agreement(facts, given):
    assert given_for_agreement(AgreementFacts(TODAY, **facts)) == set(given.split())


@pytest.mark.parametrize(
    ("circuit", "all_given"),
    [
        (REPORT, given_for_report(ReportFacts(TODAY, "r", True, TODAY, "new", Witness.RELAY, False,
                                              date(2025, 1, 1), None, "housing", True))),
        (WALK, given_for_walk(WalkFacts(TODAY, "r", FRAME, 2, 1, 0, 0, 1, date(2024, 1, 1)))),
        (TFPB, given_for_agreement(AgreementFacts(TODAY, "r", True, EVERYBODY, (), True,
                                                  ("landlord", "authority", "residents"),
                                                  ("authority", "state"), date(2025, 1, 1)))),
    ],
    ids=lambda told: getattr(told, "name", ""),
)  # fmt: skip
def test_every_guard_can_be_satisfied(circuit, all_given):
    assert all_given == {*circuit.guards, "reason"}
    assert "reason" in GUARDS

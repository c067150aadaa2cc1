"""Saint-Étienne's story: what the document says, how its words were read, and what people keep."""

from datetime import date

import pytest

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import calendar_of, late_things
from faubourg.contracts.services import load_plan, phases
from faubourg.contracts.services.load_stories import bring_saint_etienne
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory
from tests.factories.territories import SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)


@pytest.fixture
def told():
    """Both generations, brought once."""
    SourceFactory(slug="saint-etienne-2014")
    epci = TerritoryFactory(epci=True, code="244200770", name="Saint-Étienne Métropole")
    older = ContractFactory(code="CV137", generation=Contract.Generation.G2015, borne_by=[epci])
    newer = ContractFactory(code="CN04203M", borne_by=[epci])
    load_plan.bring_stakes()
    assert bring_saint_etienne()
    older.refresh_from_db()
    newer.refresh_from_db()
    return older, newer


def test_a_second_load_writes_nothing(told):
    assert not bring_saint_etienne()


def test_both_signatures_slipped(told):
    older, newer = told
    slips = [calendar_of(contract, TODAY).signature.days for contract in told]
    assert slips == [182, 101]
    assert newer.predecessor == older
    assert (older.state, newer.state) == ("replaced", "signed")


def test_the_second_and_third_phases_overlap(told):
    [(one, other, shared)] = calendar_of(told[0], TODAY).overlaps
    assert (one.name, other.name) == ("Phase 2", "Phase 3")
    assert (shared.first, shared.last) == (date(2014, 9, 1), date(2014, 10, 31))


def test_dates_without_a_year_keep_their_words_and_who_read_them(told):
    older = told[0]
    commune = older.deliverables.get(due_printed="mi-avril")
    groups = older.deliverables.filter(due_printed="fin mai")
    assert (commune.due_on, commune.due_read_by_name) == (date(2014, 4, 20), "Faubourg")
    assert "après la fin prévue de la phase 1" in commune.due_reading
    assert commune.due_on > older.phases.first().planned_end
    assert groups.count() == 6
    assert {one.due_on for one in groups} == {date(2014, 5, 31)}


def test_six_groups_whose_themes_the_document_does_not_name(told):
    groups = told[0].bodies.filter(kind="thematic")
    assert groups.count() == 6
    assert set(groups.values_list("theme", flat=True)) == {""}
    assert told[0].bodies.filter(kind__startswith="commune", territory=None).count() == 2


def test_each_stake_becomes_a_strategic_objective(told):
    objectives = told[0].objectives.filter(rank="strategic")
    assert objectives.count() == 5
    assert all(objective.stakes.count() == 1 for objective in objectives)


def test_nothing_is_late_for_ever(told):
    assert late_things(told[0], TODAY) == []
    assert late_things(told[0], date(2015, 1, 1)) != []


def test_what_somebody_changed_or_removed_stays_so(told):
    older, by = told[0], PersonFactory().actor
    first, second = older.phases.all()[:2]
    phases.remove_phase(phase=second, by=by)
    given = phases.GivenPhase("Diagnostics", first.planned_start, first.planned_end)
    phases.revise_phase(phase=first, given=given, base_version=1, by=by)
    assert not bring_saint_etienne()
    assert [phase.name for phase in older.phases.all()] == ["Diagnostics", "Phase 3"]

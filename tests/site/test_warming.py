"""A worker reads its indexes before anybody asks, and never falls over it."""

import json

import pytest

from faubourg.site import warming
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The thread closes its own connection; here it is the test's."""
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)


def test_one_line_tells_what_was_read(capsys):
    TerritoryFactory()
    told = warming.warm()
    assert set(told) == {"planner", "search", "contours", "first_page"}
    assert all(isinstance(seconds, float) for seconds in told.values())
    assert json.loads(capsys.readouterr().err) == {"event": "warmed", **told}


def test_an_empty_installation_is_warmed_as_well():
    assert "failed" not in warming.warm().values()


def test_a_failure_is_told_and_stops_nothing(monkeypatch, caplog):
    def broken():
        raise OSError("disk")

    monkeypatch.setitem(warming.STEPS, "contours", broken)
    told = warming.warm()
    assert told["contours"] == "failed"
    assert isinstance(told["first_page"], float)
    assert "warming contours failed" in caplog.text

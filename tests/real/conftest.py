"""Tests on the real data: run apart (`pytest tests/real tests/journeys`), on a copy prepared once.

See `tests/prepared.py`. Each test rolls back, so all of them share one copy.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from tests.prepared import copy

APART = ("real", "journeys")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A run that also makes an empty test database cannot share its connection with the real data."""
    root = Path(__file__).resolve().parent.parent
    mixed = any(item.path.relative_to(root).parts[0] not in APART for item in items)
    if mixed:
        skip = pytest.mark.skip(reason="the real data run apart: pytest tests/real tests/journeys")
        for item in items:
            if item.path.relative_to(root).parts[0] == "real":
                item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Point the connection at a copy of the prepared database instead of an empty one."""
    live = copy(tmp_path_factory.mktemp("real") / "home")
    with django_db_blocker.unblock():
        settings = connections["default"].settings_dict
        before = settings["NAME"]
        connections["default"].close()
        settings["NAME"] = live.name
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        settings["NAME"] = before
    live.discard()

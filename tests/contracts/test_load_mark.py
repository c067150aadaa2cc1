"""An upgraded installation loads what is new: the mark of the last load covers everything a load reads."""

from importlib.resources import files

import pytest

from faubourg.territories.services import load_mark

PACKAGES = ("faubourg.contracts.seeds", "faubourg.territories.seeds", "faubourg.contracts.services")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_seed_or_a_loader_that_changes_is_loaded_again(monkeypatch, package):
    """One more file of each package, as an upgrade brings it."""
    before = load_mark.fingerprint()
    real = files(package)

    class Upgraded:
        def iterdir(self):
            return [*real.iterdir(), new]

        def joinpath(self, name):
            return real.joinpath(name)

    class New:
        name = "load_more.json"

        def is_file(self):
            return True

        def read_bytes(self):
            return b"{}"

    new = New()
    monkeypatch.setattr(load_mark, "files", lambda name: Upgraded() if name == package else files(name))
    assert load_mark.fingerprint() != before
    monkeypatch.undo()
    assert load_mark.fingerprint() == before

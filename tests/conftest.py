"""What every test may use."""

import pytest


@pytest.fixture(autouse=True)
def _media_in_a_temporary_folder(settings, tmp_path):
    """No test leaves a file in an installation."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.JOURNAL_ANCHOR = tmp_path / "journal.anchor"

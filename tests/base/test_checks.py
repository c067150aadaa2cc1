"""`faubourg check`: one message for each thing that would fail later, and none on a sound installation."""

import pytest

from faubourg.base import checks


def all_of_them():
    every = (checks.folders, checks.journal_anchor, checks.debugging, checks.mail)
    return [message for check in every for message in check(None)]


def test_a_sound_installation_has_nothing_to_say(settings, tmp_path):
    settings.HOME = tmp_path
    assert all_of_them() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"HOME": "/proc/nowhere"}, "faubourg.E001"),
        ({"MEDIA_ROOT": "/proc/nowhere"}, "faubourg.E002"),
        ({"JOURNAL_ANCHOR": "/proc/nowhere"}, "faubourg.E003"),
        ({"DEBUG": True}, "faubourg.W001"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, "faubourg.W002"),
    ],
)
def test_what_would_fail_is_said_with_what_to_do(settings, tmp_path, monkeypatch, changes, code):
    # Root may write anywhere: the folder of the kernel stands for the one that nobody may.
    monkeypatch.setattr(checks.os, "access", lambda path, mode: not str(path).startswith("/proc"))
    for name, value in ({"HOME": tmp_path} | changes).items():
        setattr(settings, name, value)
    (message,) = all_of_them()
    assert message.id == code
    assert message.hint


def test_a_garbled_anchor_is_said(settings, tmp_path):
    settings.HOME = tmp_path
    settings.JOURNAL_ANCHOR.write_text("rien\n")
    assert [message.id for message in all_of_them()] == ["faubourg.E004"]

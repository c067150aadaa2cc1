"""`faubourg check`: what would fail later, said now; each message tells what, why and what to do."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .journal import anchor


@register("faubourg")
def folders(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The installation's folder and the uploads' can be written."""
    told: list[CheckMessage] = []
    for code, name, path in (
        ("faubourg.E001", "FAUBOURG_HOME", Path(settings.HOME)),
        ("faubourg.E002", "MEDIA_ROOT (les fichiers déposés)", Path(settings.MEDIA_ROOT)),
    ):
        if not _writable(path):
            told.append(
                Error(
                    f"{path} ne peut pas être écrit : rien de ce qui y va ({name}) ne serait gardé.",
                    hint=f"Donnez-le au compte qui sert Faubourg : chown -R <compte> {path}",
                    id=code,
                )
            )
    return told


@register("faubourg")
def journal_anchor(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The anchor can be written and read."""
    path = Path(settings.JOURNAL_ANCHOR)
    if not _writable(path):
        return [
            Error(
                f"Le fichier d’ancrage du journal {path} ne peut pas être écrit : la suppression de la "
                "dernière écriture ne se verrait plus.",
                hint="Donnez ses droits au compte qui sert Faubourg, ou changez FAUBOURG_JOURNAL_ANCHOR.",
                id="faubourg.E003",
            )
        ]
    if path.exists() and path.stat().st_size and anchor.newest() is None:
        return [
            Error(
                f"Le fichier d’ancrage du journal {path} n’est pas lisible : il a été modifié ou remplacé.",
                hint="Retrouvez-le dans une sauvegarde, puis lancez « faubourg journal verify ».",
                id="faubourg.E004",
            )
        ]
    return []


@register("faubourg")
def debugging(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """No debugging pages outside the demo: they show secrets."""
    if settings.DEBUG and not settings.DEMO:
        return [
            Warning(
                "FAUBOURG_DEBUG est posé hors de la démonstration : les erreurs montrent les réglages.",
                hint="Retirez FAUBOURG_DEBUG, ou posez FAUBOURG_DEMO=1 pour une démonstration.",
                id="faubourg.W001",
            )
        ]
    return []


@register("faubourg")
def mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Somebody receives the e-mails."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") and not settings.DEMO:
        return [
            Warning(
                f"Les courriels sont écrits dans {settings.EMAIL_FILE_PATH} : personne ne les reçoit, "
                "et un mot de passe oublié ne peut pas être changé.",
                hint="Posez FAUBOURG_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend.",
                id="faubourg.W002",
            )
        ]
    return []


def _writable(path: Path) -> bool:
    """The path can be written, or made in the nearest folder that exists."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return os.access(path, os.W_OK)

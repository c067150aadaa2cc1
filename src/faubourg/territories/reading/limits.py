"""How large a file may be, and a refusal in one sentence for one that is too large or empty."""

from django.conf import settings

from faubourg.base.numbers import number
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 400 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_VERTICES = 1_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 400


def unreadable(code: str, template: str, **params: object) -> Refused:
    """A file that cannot be read, and what to do about it."""
    return Refused(Verdict.no(code, template, **params))


def check_size(size: int) -> None:
    """Raises `Refused` when a file is empty or over the limit of the installation (`size` in bytes)."""
    if size == 0:
        raise unreadable("empty-file", mark("Le fichier est vide : choisissez celui qui porte les données."))
    if size > settings.MAX_UPLOAD_BYTES:
        raise unreadable(
            "file-too-large",
            mark(
                "Le fichier pèse {size} Mo ; la limite est de {limit} Mo. Gardez seulement le territoire "
                "ou la feuille utile, ou découpez-le en plusieurs fichiers. Rien n’a été enregistré."
            ),
            size=number(size / MEGABYTE, 0),
            limit=settings.MAX_UPLOAD_BYTES // MEGABYTE,
        )

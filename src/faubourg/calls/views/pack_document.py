"""The pack of a jury as the data of its typst template: one page a dossier."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from faubourg.base import pdf
from faubourg.base.numbers import cents

from ..models import JurySession
from ..queries.jury_money import NATURE_WORDS
from ..queries.packs import Sheet

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "pack.typ"
# What one page holds: beyond, the whole text is in the dossier.
LONGEST = 900


def pack(session: JurySession, sheets: Sequence[Sheet], *, reader: str, title: str) -> bytes:
    """The PDF; a page that says so when nothing may be shown."""
    day = date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
    data = {
        "title": title,
        "overline": session.jury.call.title,
        "when": f"{day} {session.place}".strip(),
        "reader": gettext("Exemplaire de %(name)s") % {"name": reader},
        "empty": gettext("Aucun dossier n’est à lire pour cette personne."),
        "foot": gettext("Document de travail du jury, à ne pas diffuser."),
        "sheets": [sheet_data(sheet) for sheet in sheets],
    }
    return pdf.compile(TEMPLATE, data, lang=(get_language() or "fr")[:2], title=title)


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """One dossier in words."""
    application = sheet.application
    return {
        "title": application.title,
        "overline": f"{sheet.rank} · {application.number or ''} · {application.organisation.name}",
        "facts": [[label, said] for label, said in _facts(sheet) if said],
        "texts": [[label, Truncator(said).chars(LONGEST)] for label, said in _texts(sheet) if said.strip()],
        "money_title": gettext("Demandes"),
        "headers": [gettext("Financeur"), gettext("Nature"), gettext("Année"), gettext("Demandé")],
        "requests": [
            [
                one.funder.name,
                str(NATURE_WORDS.get(one.nature, one.nature)),
                str(one.year),
                cents(one.cents),
            ]
            for one in sheet.requests
        ],
        "opinions_title": gettext("Avis des financeurs"),
        "opinions": [
            [one.funder.name, str(one.get_sense_display()), Truncator(one.text).chars(240)]
            for one in sheet.opinions
        ],
    }


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    application = sheet.application
    days = [
        date_format(day, "SHORT_DATE_FORMAT") for day in (application.starts_on, application.ends_on) if day
    ]
    return [
        (gettext("Contrat"), application.contract.name if application.contract else ""),
        (gettext("Lieux"), sheet.places),
        (gettext("Dates"), " – ".join(days)),
        (gettext("Bénéficiaires"), str(application.audience_count or "")),
        (gettext("Budget"), cents(sheet.total) if sheet.total else ""),
        (gettext("Aides obtenues"), cents(sheet.firm) if sheet.firm else ""),
        (gettext("Aides espérées"), cents(sheet.hoped) if sheet.hoped else ""),
        (gettext("Rang"), str(application.rank or "")),
    ]


def _texts(sheet: Sheet) -> list[tuple[str, str]]:
    application = sheet.application
    return [
        (gettext("L’action"), application.summary),
        (gettext("Le besoin"), application.needs),
        (gettext("Objectifs"), application.aims),
        (gettext("Public"), application.audience),
        (gettext("Partenaires et habitants"), application.partnership),
    ]

"""A letter as a tagged PDF: who writes, to whom, the words as they were edited."""

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from faubourg.base import pdf

from .models import Letter

TEMPLATE = Path(__file__).resolve().parent / "typst" / "letter.typ"


def letter_pdf(letter: Letter) -> bytes:
    """The PDF of a draft (it says so) or of what is being sent; raises `base.pdf.NotCompiled`."""
    with translation.override("fr"):
        return pdf.compile(TEMPLATE, letter_data(letter), lang="fr", title=letter.subject or "Courrier")


def letter_data(letter: Letter) -> dict[str, Any]:
    """Everything `typst/letter.typ` shows."""
    application = letter.application
    applicant = getattr(application.organisation, "applicant", None)
    place = f"{applicant.postcode} {applicant.city}".strip() if applicant else ""
    day = timezone.localtime(letter.sent_at).date() if letter.sent_at else timezone.localdate()
    return {
        "publisher": letter.funder.name if letter.funder else application.call.lead.name,
        "to": [
            line
            for line in (application.organisation.name, applicant.address if applicant else "", place)
            if line
        ],
        "day": date_format(day, "DATE_FORMAT"),
        "subject": letter.subject,
        "reference": f"{application.call.title} · dossier {application.number or application.pk}",
        "paragraphs": [part for part in letter.body.replace("\r\n", "\n").split("\n\n") if part.strip()],
    }

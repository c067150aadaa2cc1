"""The words of a reminder and of a hearing: drafts that the service reads again. Letters are in French."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from faubourg.base.numbers import cents

from .models import Letter, Recovery, Report


def reminder_letter(report: Report) -> dict[str, Any]:
    """The columns of a letter of the dossier."""
    with override("fr"):
        day = date_format(report.due_on, "DATE_FORMAT")
        told = {
            "title": report.application.title,
            "year": report.year,
            "day": day,
            "address": reverse("report", args=[report.application_id, report.year]),
        }
        asked = (
            gettext("Il tient en une page, avec quelques photos.")
            if report.form == Report.Form.SHORT
            else gettext("Il est prérempli avec ce que dit votre dossier.")
        )
        body = gettext(
            "Bonjour,\n\nLe bilan %(year)s de « %(title)s » est attendu pour le %(day)s. %(asked)s Il se "
            "remplit en ligne, à l’adresse %(address)s de ce site, et s’enregistre au fil de la saisie.\n\n"
            "Si l’action n’a pas eu lieu, ou pas encore, la même page permet de l’attester ou de demander de "
            "nouvelles dates.\n\nLa loi demande ce compte rendu dans les six mois qui suivent l’exercice "
            "(loi n° 2000-321 du 12 avril 2000, article 10)."
        ) % {**told, "asked": asked}
        subject = gettext("Bilan %(year)s attendu pour le %(day)s") % told
    return {"kind": Letter.Kind.REMINDER, "subject": subject, "body": body}


def recovery_letter(recovery: Recovery) -> dict[str, Any]:
    """The columns of the letter that opens a hearing."""
    assert recovery.answer_by is not None
    with override("fr"):
        day = date_format(recovery.answer_by, "DATE_FORMAT")
        told = {
            "title": recovery.application.title,
            "sum": cents(recovery.cents),
            "reason": recovery.reason,
            "day": day,
            "address": reverse("recovery", args=[recovery.pk]),
        }
        words = gettext(
            "Bonjour,\n\nPour « %(title)s », le reversement de %(sum)s est envisagé :\n\n%(reason)s\n\n"
            "Avant toute décision, vous pouvez présenter vos observations jusqu’au %(day)s, à l’adresse "
            "%(address)s de ce site, et vous faire assister ou représenter (code des relations entre le "
            "public et l’administration, articles L. 121-1 et L. 122-1)."
        )
        body = words % told
        subject = gettext("Reversement de %(sum)s envisagé : vos observations avant le %(day)s") % told
    return {"kind": Letter.Kind.RECOVERY, "subject": subject[:200], "body": body}

"""The opinions of a report in words: asked when, awaited until, given or deemed favourable."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.contracts.listings import contract_url
from faubourg.evaluation.models import Opinion
from faubourg.rules.verdict import Verdict

TONES = {
    Opinion.Sense.AWAITED: "info",
    Opinion.Sense.FAVOURABLE: "good",
    Opinion.Sense.RESERVED: "warn",
    Opinion.Sense.UNFAVOURABLE: "bad",
    Opinion.Sense.OBSERVATIONS: "info",
    Opinion.Sense.SILENT: "neutral",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """An opinion, its tone, the sentence of its days, and whether the reader may record it."""

    opinion: Opinion
    name: str
    tone: str
    days: str
    may_record: Verdict
    url: str = ""
    file_url: str = ""


def voices_of(opinions: list[Opinion], may_record: dict[int, Verdict], today: date) -> list[Voice]:
    """Each opinion as it is shown; `may_record` by id, absent when none may be recorded any more."""
    return [
        Voice(
            opinion,
            name_of(opinion),
            TONES[Opinion.Sense(opinion.sense)],
            _days(opinion, today),
            may_record.get(opinion.pk, Verdict.no("not_asked", "")),
            _url(opinion, "annual_report_opinion"),
            _url(opinion, "annual_report_opinion_file"),
        )
        for opinion in opinions
    ]


def _url(opinion: Opinion, name: str) -> str:
    report = opinion.report
    return contract_url(report.contract, name, report.year, opinion.pk)


def name_of(opinion: Opinion) -> str:
    """« conseil municipal de Clermont-Ferrand »."""
    if opinion.kind == Opinion.Kind.COUNCIL:
        return gettext("Conseil municipal : %(commune)s") % {"commune": opinion.name}
    return opinion.name


def _days(opinion: Opinion, today: date) -> str:
    if opinion.answered_on:
        return gettext("rendu le %(day)s") % {"day": date_format(opinion.answered_on, "DATE_FORMAT")}
    until = date_format(opinion.reply_by, "DATE_FORMAT")
    if opinion.sense == Opinion.Sense.SILENT:
        return gettext("silence gardé jusqu’au %(day)s : avis réputé favorable") % {"day": until}
    if opinion.reply_by < today:
        return gettext("silence depuis l’échéance du %(day)s") % {"day": until}
    return gettext("attendu jusqu’au %(day)s") % {"day": until}

"""An analyse transversale as a file: one line a contract, the totals, and the discrepancies as notes."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from faubourg.base import numbers, pdf, tables
from faubourg.contracts.queries import AnalysisBoard, AnalysisLine
from faubourg.contracts.queries.analyses import Announced
from faubourg.rules.verdict import Verdict
from faubourg.territories.models import Figure

from .not_compiled import not_compiled
from .wording import unpublished

FORMATS = {"csv": "CSV", "xlsx": "Excel", "ods": "OpenDocument", "pdf": "PDF"}


def headers() -> list[str]:
    """The columns, in the reader's language."""
    return [
        gettext("Contrat"),
        gettext("Code"),
        gettext("Intercommunalité"),
        gettext("Population de l’intercommunalité"),
        gettext("Ville centre"),
        gettext("Population de la ville centre"),
        gettext("Quartiers"),
        gettext("Habitants des quartiers"),
        gettext("Seule la ville centre"),
        gettext("Contexte"),
        gettext("Renouvellement urbain"),
    ]


NUMERIC = (False, False, False, True, False, True, True, True, False, False, False)


def rows(board: AnalysisBoard) -> Iterator[list[Any]]:
    """One row a contract, then the totals that the rules allow."""
    for line in board.lines:
        yield _row(line)
    yield [
        gettext("Total"),
        "",
        "",
        _whole(board.epci.value),
        "",
        _whole(board.central.value),
        board.quarter_count,
        _whole(board.people.value),
        "",
        "",
        "",
    ]


def _row(line: AnalysisLine) -> list[Any]:
    row = line.row
    return [
        row.contract.name,
        f"{row.contract.generation}/{row.contract.code}",
        row.territory.name,
        _value(line.population),
        row.central_commune.name if row.central_commune else unpublished(),
        _value(line.central_population),
        len(line.quarters),
        _whole(line.people.value) if line.people.value is not None else unpublished(),
        yes_no(line.only_central),
        ", ".join(gettext(context) for context in line.contexts),
        {True: gettext("oui"), False: gettext("non"), None: unpublished()}[row.renewal],
    ]


def yes_no(verdict: Verdict) -> str:
    """Yes, no, or not known."""
    return {True: gettext("oui"), False: gettext("non"), None: gettext("inconnu")}[verdict.ok]


def _value(figure: Figure | None) -> Any:
    if figure is None or figure.value is None:
        secret = figure is not None and figure.secrecy == Figure.Secrecy.SECRET
        return gettext("secret statistique") if secret else unpublished()
    return _whole(figure.value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def explained(announced: Announced) -> str:
    """What the lines give beside what was announced, in one sentence or two, without the note."""
    found = announced.discrepancy
    sentence = gettext(found.reason.template).format(**found.reason.params)
    if announced.added_by_correction:
        names = ", ".join(place.name for place in announced.added_by_correction)
        count = len(announced.named) + len(announced.added_by_correction)
        sentence += " " + ngettext(
            "Une correction y ajoute %(names)s : %(count)s villes.",
            "Des corrections y ajoutent %(names)s : %(count)s villes.",
            len(announced.added_by_correction),
        ) % {"names": names, "count": count}
    return sentence


def _said(text: str) -> str:
    """What the documents' seeds say in French, in the reader's language; anything else as it is."""
    return gettext(text) if text else ""


def notes(board: AnalysisBoard) -> list[str]:
    """Source, discrepancies and corrections: a figure is never naked, in a file either."""
    lines = []
    source = board.analysis.source
    if source:
        lines.append(f"{source.title}, {source.vintage}")
    for announced in board.announced:
        counted = announced.discrepancy.counted
        lines.append(
            gettext("%(what)s : %(announced)s annoncés, %(counted)s comptés. %(why)s")
            % {
                "what": announced.total.get_what_display(),
                "announced": numbers.number(announced.total.value),
                "counted": unpublished() if counted is None else numbers.number(counted),
                "why": f"{explained(announced)} {_said(announced.total.note)}".strip(),
            }
        )
    lines += [
        gettext("Correction (%(subject)s) : « %(printed)s » imprimé, « %(corrected)s » retenu, par %(who)s.")
        % {
            "subject": _said(correction.subject),
            "printed": correction.printed,
            "corrected": correction.corrected,
            # A file travels: it names Faubourg, never a person.
            "who": gettext("une personne habilitée") if correction.decided_by_ref else correction.decided_by,
        }
        for correction in board.corrections
    ]
    return lines


def file(request: HttpRequest, board: AnalysisBoard, fmt: Any) -> HttpResponse:
    """The file that `?format=` asks for; the PDF is tagged."""
    title = board.analysis.title
    if fmt == "pdf":
        try:
            content = pdf.table(
                title, headers=headers(), numeric=NUMERIC, rows=rows(board), lines=notes(board)
            )
        except pdf.NotCompiled:
            return not_compiled(request, title=title, back=reverse("analysis", args=[board.analysis.slug]))
    else:
        content = tables.write(
            fmt, title=title, headers=headers(), rows=rows(board), caption_lines=notes(board)
        )
    response = HttpResponse(content, content_type=tables.MEDIA_TYPES[fmt])
    name = f"{board.analysis.slug}-{localdate():%Y-%m-%d}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

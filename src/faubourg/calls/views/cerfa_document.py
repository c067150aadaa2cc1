"""A request in the layout of the form CERFA 12156*06: its parts, its budget side by side, its attestation."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faubourg.base import numbers
from faubourg.rules.calls.accounts import ACCOUNTS, CHAPTERS, FORM, Side
from faubourg.rules.calls.budget import Budget

from ..models import Application, BudgetLine
from ..queries.cerfa import Form
from .cerfa_parts import parts_of

# A line of the budget: its words, its cents (None for an account left empty), whether it is a chapter.
Line = tuple[str, int | None, bool]
EMPTY: Line = ("", None, False)


def cerfa_data(form: Form) -> dict[str, Any]:
    """Every word of the form, in the reader's language; amounts are written."""
    application = form.application
    attests, note = _attestation(form)
    return {
        "title": _("Demande de subvention"),
        "subtitle": application.title,
        "overline": application.call.title,
        "form": _("Présentation du formulaire CERFA n° %(form)s") % {"form": FORM},
        "foot": f"{application.call.title} · {application.number or _('brouillon')}",
        "status": "" if application.number else _("Brouillon : cette demande n’est ni signée ni déposée."),
        "parts": [
            {"title": title, "facts": [list(fact) for fact in facts]} for title, facts in parts_of(form)
        ],
        "budget_title": _("6. Budget du projet, exercice %(year)d") % {"year": application.call.year},
        "budget_headers": [_("Charges"), _("Montant"), _("Produits"), _("Montant")],
        "budget": [[*_written(left), *_written(right)] for left, right in budget_rows(form)],
        "asked_title": _("Financeurs sollicités"),
        "asked_headers": [_("Financeur"), _("Nature et année"), _("Demandé")],
        "asked": [
            [row.funder.name, f"{row.get_nature_display()}, {row.year}", numbers.cents(row.cents)]
            for row in form.requests
        ],
        "attestation_title": _("7. Attestation"),
        "attests": attests,
        "note": note,
    }


def budget_rows(form: Form) -> list[tuple[Line, Line]]:
    """Charges beside produits, their totals, then the contributions in kind and theirs."""
    budget = Budget(tuple(form.lines_of_rules()))
    sides = {side: [*_side(side, form.lines)] for side in Side}
    total_of = {side: (name, budget.total(side), True) for side, name in _totals().items()}
    rows: list[tuple[Line, Line]] = []
    for left, right in ((Side.CHARGES, Side.PRODUCTS), (Side.IN_KIND_USE, Side.IN_KIND_SOURCE)):
        rows += zip_longest(sides[left], sides[right], fillvalue=EMPTY)
        rows.append((total_of[left], total_of[right]))
    return rows


def cerfa_rows(form: Form) -> Iterator[Sequence[object]]:
    """The same as the rows of a spreadsheet: part, words, answer or amount, produits, amount."""
    for title, facts in parts_of(form):
        yield from ((title, label, text) for label, text in facts)
    money = _("6. Budget du projet, exercice %(year)d") % {"year": form.application.call.year}
    for left, right in budget_rows(form):
        yield money, left[0], _euros(left[1]), right[0], _euros(right[1])
    for row in form.requests:
        said = f"{row.funder.name} ({row.get_nature_display()}, {row.year})"
        yield _("Financeurs sollicités"), said, row.cents / 100
    attests, note = _attestation(form)
    for sentence in (*attests, note):
        yield _("7. Attestation"), sentence


def _totals() -> dict[Side, str]:
    return {
        Side.CHARGES: _("Total des charges"),
        Side.PRODUCTS: _("Total des produits"),
        Side.IN_KIND_USE: _("Total des emplois en nature"),
        Side.IN_KIND_SOURCE: _("Total des contributions en nature"),
    }


def _side(side: Side, lines: Sequence[BudgetLine]) -> Iterator[Line]:
    """Every account of a side in the order of the form, those left empty included; funders under theirs."""
    chapter = ""
    for account in (each for each in ACCOUNTS.values() if each.side is side):
        inside = [line for line in lines if line.account == account.code]
        if account.chapter != chapter:
            chapter = account.chapter
            codes = {code for code, each in ACCOUNTS.items() if each.chapter == chapter}
            total = sum(line.cents for line in lines if line.account in codes)
            figures = f"{chapter} " if chapter.isdigit() else ""
            yield f"{figures}{_(CHAPTERS[chapter])}", total or None, True
        if account.name != CHAPTERS[chapter]:
            yield _(account.name), sum(line.cents for line in inside) or None, False
        for line in inside:
            if said := _detail(line):
                yield f"– {said}", line.cents, False


def _detail(line: BudgetLine) -> str:
    """Who is asked and whether it is sure, or what the applicant wrote beside the account."""
    said = line.funder.name if line.funder else line.label
    return f"{said} ({line.get_standing_display()})" if said and line.standing else said


def _written(line: Line) -> list[Any]:
    words, cents, chapter = line
    return [words, "" if cents is None else numbers.cents(cents), chapter]


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _attestation(form: Form) -> tuple[list[str], str]:
    """What the signatory declares, then who signed and when."""
    application: Application = form.application
    total = numbers.cents(sum(row.cents for row in form.requests))
    attests = [
        _("déclare que l’organisme est à jour de ses obligations administratives, comptables, sociales et "
          "fiscales, et des déclarations et paiements correspondants ;"),
        _("certifie exactes et sincères les informations de cette demande, notamment les subventions "
          "demandées à d’autres financeurs publics ;"),
        _("déclare que l’organisme souscrit au contrat d’engagement républicain (décret n° 2021-1947) ;"),
        _("demande %(total)s au total, selon le tableau des financeurs sollicités.") % {"total": total},
    ]  # fmt: skip
    if not application.submitted_at:
        return attests, _("Non signée : la demande n’est pas encore déposée.")
    day = date_format(timezone.localtime(application.submitted_at), "DATE_FORMAT")
    told = {"name": application.signed_by_name or "–", "day": day, "title": form.quality}
    if form.quality:
        return attests, _("Signée par %(name)s, %(title)s, et déposée le %(day)s.") % told
    return attests, _("Signée par %(name)s et déposée le %(day)s.") % told

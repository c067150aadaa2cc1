"""A contract or a convention with its annexes as one tagged PDF: every word in the reader's language."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import numbers, pdf
from faubourg.base.refusal import require
from faubourg.contracts import access
from faubourg.contracts.agreements import agreement_url, is_published
from faubourg.contracts.models import Contract, FundingLine, Objective, Signatory
from faubourg.contracts.queries.document import Printed, printed
from faubourg.rules.consolidation import Clause

from .agreement_pages import asked_agreement, name_of
from .not_compiled import not_compiled

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "agreement.typ"


@require_safe
def agreement_pdf(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/texte.pdf`: PDF/A-3a and PDF/UA-1; public once signed."""
    found = asked_agreement(request, code, convention)
    require(access.can_read_text(request.user, found))
    data = document_data(printed(found, timezone.localdate()))
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, data, lang=lang, title=data["title"])
    except pdf.NotCompiled:
        return not_compiled(request, title=data["title"], back=agreement_url(found, "text"))
    name = slugify(data["title"])[:80] or "texte"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Content-Language": lang},
    )


def document_data(told: Printed) -> dict[str, Any]:
    """Everything `typst/agreement.typ` shows: a cover, then sections made of texts, tables and lists."""
    agreement = told.agreement
    contract = isinstance(agreement, Contract)
    kind = _("Contrat de ville") if contract else _("Convention")
    annexes = [clause for clause in told.text if clause.annex]
    sections = [
        _section(_("Les parties"), [_parties(told.parties)]),
        _section(_("Le texte"), [_clause(clause) for clause in told.text if not clause.annex]),
        _section(_("Annexes"), [_clause(clause) for clause in annexes] if annexes else []),
        *(_annexes(told) if contract else ()),
        _section(_("Plans liés"), [_plans(told)] if told.plans else []),
        _section(_("Signatures"), [_signatures(told.parties)]),
    ]
    return {
        "lang": (get_language() or "fr")[:2],
        "title": f"{kind} – {name_of(agreement)}",
        "publisher": "Faubourg",
        "kind": kind,
        "name": name_of(agreement),
        "lead": _lead(told),
        "draft": "" if is_published(agreement) else _("Projet, non signé : document de travail."),
        "contents": _("Sommaire"),
        "edition": _("Texte en vigueur au %(day)s, édité par Faubourg.") % {"day": _day(told.on)},
        "sections": [section for section in sections if section["blocks"]],
    }


def _lead(told: Printed) -> str:
    agreement = told.agreement
    parts = (
        [f"{agreement.code} · {agreement.get_generation_display()}"]
        if isinstance(agreement, Contract)
        else []
    )
    if agreement.signed_on:
        parts.append(_("Signé le %(day)s") % {"day": _day(agreement.signed_on)})
    if agreement.ends_on:
        parts.append(_("Échéance : %(day)s") % {"day": _day(agreement.ends_on)})
    return " · ".join(parts)


def _section(title: str, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "blocks": blocks}


def _table(headers: list[str], rows: list[list[str]], title: str = "") -> dict[str, Any]:
    return {"kind": "table", "title": title, "headers": headers, "rows": rows}


def _note(text: str) -> dict[str, Any]:
    return {"kind": "note", "text": text}


def _parties(parties: tuple[Signatory, ...]) -> dict[str, Any]:
    if not parties:
        return _note(_("Aucune partie n’est encore nommée."))
    rows = [[party.name, party.quality or "–"] for party in parties]
    return _table([_("Signataire"), _("En qualité de")], rows)


def _signatures(parties: tuple[Signatory, ...]) -> dict[str, Any]:
    if not parties:
        return _note(_("Aucune partie n’est encore nommée."))
    return _table([_("Signataire"), _("Signature")], [[party.name, _said(party)] for party in parties])


def _said(party: Signatory) -> str:
    if party.signed_on:
        return _("Signé le %(day)s") % {"day": _day(party.signed_on)}
    if party.refused_on:
        told = {"day": _day(party.refused_on), "reason": party.refusal_reason}
        return _("Refus motivé du %(day)s : %(reason)s") % told
    return _("Attendue") if party.mandatory else _("Facultative")


def _clause(clause: Clause) -> dict[str, Any]:
    word = _("Annexe") if clause.annex else _("Article")
    notes = []
    if clause.amended_by:
        told = {"n": ", ".join(map(str, clause.amended_by)), "day": _day(clause.since)}
        notes.append(_("Rédaction issue de l’avenant n° %(n)s, en vigueur depuis le %(day)s.") % told)
    return {
        "kind": "clause",
        "title": f"{word} {clause.number} – {clause.title}",
        "paragraphs": [line.strip() for line in clause.body.splitlines() if line.strip()]
        or [_("Article supprimé.") if clause.removed else _("Sans texte.")],
        "note": " ".join(notes),
    }


def _annexes(told: Printed) -> list[dict[str, Any]]:
    """The annexes that the contract's own data make."""
    return [
        _section(_("Annexe : l’arbre des objectifs"), [_tree(told.objectives)] if told.objectives else []),
        _section(_("Annexe : les actions"), [_actions(told)] if told.actions else []),
        _section(_("Annexe : la maquette financière, niveau par niveau"), _money(told)),
        _section(_("Annexe : les instances"), [_bodies(told)] if told.bodies else []),
        _section(_("Annexe : le calendrier"), [_calendar(told)] if told.phases or told.milestones else []),
    ]


def _tree(objectives: list[tuple[int, Objective]]) -> dict[str, Any]:
    rows = [
        {"depth": depth, "rank": capfirst(each.get_rank_display()), "text": str(each)}
        for depth, each in objectives
    ]
    return {"kind": "tree", "rows": rows}


def _actions(told: Printed) -> dict[str, Any]:
    rows = [
        [
            each.title,
            each.line or "–",
            each.lead.name if each.lead else each.lead_printed or "–",
            str(each.objective) if each.objective else "–",
            str(each.get_state_display()),
        ]
        for each in told.actions
    ]
    return _table([_("Action"), _("Volet"), _("Porteur"), _("Objectif"), _("État")], rows)


def _money(told: Printed) -> list[dict[str, Any]]:
    """One table a level; in it, one row a year, an origin and a nature. Nothing is added across."""
    blocks: list[dict[str, Any]] = []
    for level, label in FundingLine.Level.choices:
        rows = [
            [
                str(each.year),
                str(FundingLine.Origin(each.origin).label),
                str(FundingLine.Nature(each.nature).label),
                numbers.cents(each.cents),
            ]
            for each in told.money
            if each.level == level
        ]
        if rows:
            headers = [_("Année"), _("Origine"), _("Nature"), _("Montant")]
            blocks.append(_table(headers, rows, capfirst(str(label))))
    if blocks:
        sentence = _("Un niveau, une origine ou une nature ne s’additionne jamais à un autre.")
        blocks.insert(0, _note(sentence))
    return blocks


def _bodies(told: Printed) -> dict[str, Any]:
    rows = [
        [each.name, capfirst(each.get_kind_display()), each.theme or each.role or "–"] for each in told.bodies
    ]
    return _table([_("Instance"), _("Nature"), _("Thème ou rôle")], rows)


def _calendar(told: Printed) -> dict[str, Any]:
    rows = [
        [each.name, each.printed or f"{_day(each.planned_start)} – {_day(each.planned_end)}"]
        for each in told.phases
    ]
    rows += [[each.name, each.due_printed or _day(each.due_on)] for each in told.milestones]
    return _table([_("Étape"), _("Prévu")], rows)


def _plans(told: Printed) -> dict[str, Any]:
    rows = [[plan.name, plan.link or "–", _day(plan.ends_on)] for plan in told.plans]
    return _table([_("Plan ou programme"), _("Lien"), _("Échéance")], rows)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else "–"

"""An order or a convention as a tagged PDF: parties, object, duration, sums by year, duties of both sides."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from faubourg.base import numbers, pdf
from faubourg.people.models import Organisation

from .models import Agreement, FunderDecision

TEMPLATE = Path(__file__).resolve().parent / "typst" / "grant_agreement.typ"


def agreement_pdf(agreement: Agreement) -> bytes:
    """Written in French, as an administrative act is; raises `base.pdf.NotCompiled`."""
    with translation.override("fr"):
        data = agreement_data(agreement)
        return pdf.compile(TEMPLATE, data, lang="fr", title=data["title"])


def agreement_data(agreement: Agreement) -> dict[str, Any]:
    """Everything `typst/grant_agreement.typ` shows; money already in words."""
    decisions = list(
        agreement.decisions.select_related("application__contract").order_by("year", "application", "nature")
    )
    funder, body = agreement.funder, agreement.organisation
    applicant = getattr(body, "applicant", None)
    total = sum(one.amount_cents for one in decisions)
    context = {
        "agreement": agreement,
        "call": funder.call,
        "decisions": decisions,
        "total": total,
        "is_order": agreement.kind == Agreement.Kind.ORDER,
        "is_pluriannual": agreement.kind == Agreement.Kind.PLURIANNUAL,
        "last_year": agreement.year + agreement.years - 1,
        "needs_charter": body.kind == Organisation.Kind.ASSOCIATION,
        "conditions": [one.conditions for one in decisions if one.conditions],
    }
    text = render_to_string("calls/agreements/articles.txt", context)
    kind = str(agreement.get_kind_display())
    return {
        "title": f"{kind[0].upper()}{kind[1:]} – {body.name} – {agreement.year}",
        "kind": kind[0].upper() + kind[1:],
        "number": agreement.number,
        "lead": funder.call.title,
        "draft": "" if agreement.signed_by_funder_on else "Projet, non signé.",
        "parties": [
            [funder.name, _registered(funder.organisation), ""],
            [body.name, _registered(body), applicant.address if applicant else ""],
        ],
        "articles": _articles(text),
        "sums": [_sum(one) for one in decisions],
        "sums_title": "Sommes attribuées, par année",
        "headers": ["Année", "Dossier", "Nature", "Montant"],
        "total": numbers.cents(total),
        "signatures": _signatures(agreement),
        "day": date_format(timezone.localdate(), "DATE_FORMAT"),
    }


def _registered(organisation: Organisation | None) -> str:
    if organisation is None:
        return ""
    told = [("SIRET", organisation.siret), ("RNA", organisation.rna)]
    return ", ".join(f"{label} {value}" for label, value in told if value)


def _sum(decision: FunderDecision) -> list[str]:
    dossier = decision.application
    return [
        str(decision.year),
        f"{dossier.title} ({dossier.number})",
        str(decision.get_nature_display()),
        numbers.cents(decision.amount_cents),
    ]


def _articles(text: str) -> list[dict[str, Any]]:
    """« # Title », then paragraphs, article after article."""
    found = []
    for part in text.replace("\r\n", "\n").split("\n# "):
        title, _newline, body = part.strip().removeprefix("# ").partition("\n")
        paragraphs = [each.strip() for each in body.split("\n\n") if each.strip()]
        if title and paragraphs:
            found.append({"title": title, "paragraphs": paragraphs})
    return found


def _signatures(agreement: Agreement) -> list[list[str]]:
    def said(day: Any) -> str:
        return f"Signé le {date_format(day, 'DATE_FORMAT')}" if day else "Signature :"

    sides = [[agreement.funder.name, said(agreement.signed_by_funder_on)]]
    if agreement.kind != Agreement.Kind.ORDER:
        sides.append([agreement.organisation.name, said(agreement.signed_by_beneficiary_on)])
    return sides

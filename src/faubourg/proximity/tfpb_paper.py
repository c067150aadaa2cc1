"""A landlord's review as the data of its typst template, in the reader's language."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.base.numbers import cents, percent
from faubourg.base.sentences import in_words

from .forms.tfpb_opinions import VISITORS
from .models import TfpbYear
from .queries.tfpb_review import Review, review_of

TEMPLATE = Path(__file__).resolve().parent / "typst" / "review.typ"


def title_of(year: TfpbYear) -> str:
    """« Bilan 2026 de l’abattement de TFPB, Bailleur »."""
    told = {"year": year.year, "landlord": year.agreement.landlord.name}
    return gettext("Bilan %(year)s de l’abattement de TFPB, %(landlord)s") % told


def standing(year: TfpbYear) -> str:
    """A copy of a project says that it is one."""
    if year.town_signed_on and year.state_signed_on:
        return gettext("Bilan signé par la collectivité et par l’État.")
    if year.reported_on:
        return gettext("Bilan remis, en attente des deux signatures.")
    return gettext("Projet : ce bilan n’est pas remis.")


def review_data(year: TfpbYear) -> dict[str, Any]:
    """Only texts and lists."""
    review = review_of(year)
    return {
        "overline": gettext("Abattement de taxe foncière sur les propriétés bâties"),
        "code": year.agreement.area.name,
        "title": title_of(year),
        "standing": standing(year),
        "draft": not (year.town_signed_on and year.state_signed_on),
        "sections": [_facts(review), _axes(review), _actions(review), _reports(review), _opinions(year)],
    }


def _facts(review: Review) -> dict[str, Any]:
    year = review.year
    share = review.use.share
    lines = [in_words(review.reason)]
    if share is not None:
        lines.append(gettext("Part justifiée : %(share)s.") % {"share": percent(float(share) * 100)})
    if year.dwellings is not None:
        lines.append(gettext("Logements concernés : %(n)s.") % {"n": year.dwellings})
    if year.satisfaction is not None:
        lines.append(gettext("Avis des locataires : %(n)s sur 100.") % {"n": year.satisfaction})
    if year.source_words:
        lines.append(gettext("Abattement d’après : %(source)s.") % {"source": year.source_words})
    return _section(gettext("L’essentiel"), lines)


def _axes(review: Review) -> dict[str, Any]:
    rows = [
        [str(number), gettext(name), cents(cost), cents(valued), cents(justified)]
        for number, name, cost, valued, justified in review.axes
    ]
    headers = [gettext("Axe"), gettext("Intitulé"), gettext("Coût"), gettext("Valorisé"), gettext("Justifié")]
    return _section(gettext("Par axe"), [], headers, [False, False, True, True, True], rows)


def _actions(review: Review) -> dict[str, Any]:
    rows = [
        [
            str(row.line.action.axis), row.line.action.title, cents(row.action.cost_cents),
            cents(row.action.ordinary_cents), cents(row.action.valued_cents), str(row.proofs),
        ]
        for row in review.lines
    ]  # fmt: skip
    headers = [
        gettext("Axe"), gettext("Action"), gettext("Coût"), gettext("Gestion ordinaire"), gettext("Valorisé"),
        gettext("Preuves"),
    ]  # fmt: skip
    return _section(gettext("Action par action"), [], headers, [False, False, True, True, True, True], rows)


def _reports(review: Review) -> dict[str, Any]:
    told = review.figures
    lines = [
        gettext("Signalements reçus : %(n)s.") % {"n": told.get("received", 0)},
        gettext("Clos : %(n)s, dont vérifiés par des habitants : %(checked)s.")
        % {"n": told.get("closed", 0), "checked": told.get("checked", 0)},
        gettext("Rouverts : %(n)s.") % {"n": told.get("reopened", 0)},
    ]
    if told.get("median_days") is not None:
        lines.append(gettext("Délai médian : %(n)s j.") % {"n": told["median_days"]})
    return _section(gettext("Les signalements de l’année"), lines)


def _opinions(year: TfpbYear) -> dict[str, Any]:
    lines = []
    if year.visited_on:
        who = ", ".join(str(VISITORS[kind]) for kind in year.visitors if kind in VISITORS)
        told = {"day": date_format(year.visited_on, "DATE_FORMAT"), "who": who}
        lines.append(gettext("Visite contradictoire le %(day)s : %(who)s.") % told)
        lines += year.visit_words.splitlines()
    for day, said in (
        (year.town_signed_on, gettext("Signé par la collectivité le %(day)s.")),
        (year.state_signed_on, gettext("Signé par l’État le %(day)s.")),
        (year.flagged_on, gettext("Signalé au préfet le %(day)s.")),
    ):
        if day:
            lines.append(said % {"day": date_format(day, "DATE_FORMAT")})
    if year.reserves:
        lines.append(gettext("Réserves : %(text)s") % {"text": year.reserves})
    return _section(gettext("La visite et les avis"), lines)


def _section(
    title: str,
    lines: list[str],
    headers: list[str] | None = None,
    numeric: list[bool] | None = None,
    rows: list[list[str]] | None = None,
) -> dict[str, Any]:
    return {
        "title": title,
        "lines": [line for line in lines if line.strip()],
        "headers": headers or [],
        "numeric": numeric or [],
        "rows": rows or [],
    }

"""A review of GUP in words: the same sections for its page and for its PDF."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from .forms.gup import QUESTIONS
from .models import GupReview, Proposal, Walk


def title_of(review: GupReview) -> str:
    """« Bilan annuel 2026, GUP de Clermont »."""
    kind = str(review.get_kind_display())
    told = {"kind": kind[:1].upper() + kind[1:], "year": review.year, "title": review.gup.convention.title}
    return gettext("%(kind)s %(year)s, %(title)s") % told


def figures_told(review: GupReview) -> list[dict[str, Any]]:
    """Walks and proposals, reports, delays by partner: lines and one table."""
    told = review.figures
    return [
        {"title": gettext("Marches et propositions"), "lines": _walks(told), "headers": [], "rows": []},
        {"title": gettext("Signalements"), "lines": _tickets(told), "headers": [], "rows": []},
        {
            "title": gettext("Délais par partenaire"),
            "lines": [] if told.get("partners") else [gettext("Aucun signalement dans ces jours.")],
            "headers": [
                gettext("Partenaire"), gettext("Reçus"), gettext("Faits"), gettext("Rouverts"),
                gettext("Délai médian (j)"), gettext("9 sur 10 en moins de (j)"),
            ],
            "rows": [
                [
                    one["name"], str(one["count"]), str(one["done"]), str(one["reopened"]),
                    _days(one["median"]), _days(one["p90"]),
                ]
                for one in told.get("partners", ())
            ],
        },
    ]  # fmt: skip


def _days(value: int | None) -> str:
    return "–" if value is None else str(value)


def _walks(told: dict[str, Any]) -> list[str]:
    kinds = dict(Walk.Kind.choices)
    fates = dict(Proposal.Fate.choices)
    lines = [gettext("Marches tenues : %(n)s.") % {"n": told.get("walks", 0)}]
    lines += [f"{kinds.get(kind, kind)} : {n}." for kind, n in told.get("walks_by_kind", {}).items()]
    lines.append(
        gettext("Participations : %(n)s, dont habitant·e·s nommé·e·s sur les listes : %(residents)s.")
        % {"n": told.get("participants", 0), "residents": told.get("residents", 0)}
    )
    lines += [
        gettext("Propositions, %(fate)s : %(n)s.") % {"fate": fates.get(fate, fate), "n": n}
        for fate, n in told.get("proposals", {}).items()
    ]
    return lines


def _tickets(told: dict[str, Any]) -> list[str]:
    whole = told.get("all", {})
    return [
        gettext("Reçus : %(n)s, de jour : %(day)s, de nuit : %(night)s.")
        % {"n": whole.get("count", 0), "day": told.get("by_day", 0), "night": told.get("by_night", 0)},
        gettext("Clos : %(n)s, vérifiés par des habitant·e·s : %(checked)s.")
        % {"n": told.get("closed", 0), "checked": told.get("checked", 0)},
        gettext("Rouverts : %(n)s.") % {"n": whole.get("reopened", 0)},
    ]


def standing(review: GupReview) -> str:
    """A copy of a project says that it is one."""
    if review.published_on:
        day = date_format(review.published_on, "DATE_FORMAT")
        return gettext("Publié le %(day)s, chiffres arrêtés ce jour-là.") % {"day": day}
    return gettext("Projet : ce bilan n’est pas publié.")


def review_data(review: GupReview) -> dict[str, Any]:
    """What `typst/review.typ` receives: only texts and lists."""
    sections = [
        {**section, "numeric": [False, *[True] * (len(section["headers"]) - 1)] if section["headers"] else []}
        for section in figures_told(review)
    ]
    empty: dict[str, Any] = {"headers": [], "numeric": [], "rows": []}
    words = [
        {"title": str(label), "lines": review.answers.get(name, "").splitlines(), **empty}
        for name, label in QUESTIONS.items()
        if review.answers.get(name)
    ]
    first = {"title": gettext("Ce qu’il faut retenir"), "lines": review.summary.splitlines(), **empty}
    return {
        "overline": gettext("Gestion urbaine de proximité"),
        "code": review.gup.area.name,
        "title": title_of(review),
        "standing": standing(review),
        "draft": review.published_on is None,
        "sections": [first, *sections, *words],
    }

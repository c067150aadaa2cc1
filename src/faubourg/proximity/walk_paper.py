"""A walk on paper: what to bring along, and what everybody reads after; the data of two typst templates."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from faubourg.base import pdf

from .listings_walks import severity_name, theme_name
from .models import Walk, WalkStop
from .queries.grids import criteria, principles
from .queries.walks import proposals_of, public_observations
from .services.walks import estimate_of
from .walk_svg import Drawn, draw
from .walk_telling import fate_words, follow_words, group_words

FOLDER = Path(__file__).resolve().parent / "typst"


def walk_pdf(walk: Walk) -> bytes:
    """The itinerary and a sheet of notes for each halt; raises `base.pdf.NotCompiled`."""
    return _compiled("walk.typ", walk_data(walk), walk.title)


def restitution_pdf(walk: Walk) -> bytes:
    """What everybody reads, the same words as the page; raises `base.pdf.NotCompiled`."""
    title = gettext("Restitution : %(title)s") % {"title": walk.title}
    return _compiled("restitution.typ", restitution_data(walk), title)


def _compiled(template: str, data: dict[str, Any], title: str) -> bytes:
    lang = (get_language() or "fr")[:2]
    return pdf.compile(FOLDER / template, data, lang=lang, title=title)


def walk_data(walk: Walk) -> dict[str, Any]:
    """Everything `typst/walk.typ` shows."""
    stops = list(walk.stops.order_by("order"))
    return {
        "overline": f"{walk.area.name} · {walk.get_kind_display()}",
        "title": walk.title,
        "facts": facts_of(walk),
        "frame_title": gettext("Le cadre"),
        "frame": [
            (gettext("Ce qui se discute"), walk.negotiable),
            (gettext("Ce qui ne se discute pas"), walk.not_negotiable),
            (gettext("Ce qui est permis"), walk.allowed),
        ],
        "route_title": gettext("L’itinéraire"),
        "route_words": walk.route_words,
        "map": draw(walk, Drawn(stops)),
        "map_alt": gettext("Carte de l’itinéraire ; les haltes sont listées dessous."),
        "stops": [{"name": stop.name, "words": stop.words} for stop in stops],
        "sheets": [_sheet(walk, rank, stop) for rank, stop in enumerate(stops, start=1)],
        "words": {
            "notes": gettext("Notes"),
            "taker": gettext("Prises par"),
            "asset": gettext("atout"),
            "dysfunction": gettext("problème"),
            "severity": gettext("gravité"),
            "proposals": gettext("Ce que nous proposons"),
        },
        "foot": gettext("Ne notez le nom de personne. Ne photographiez ni visage ni plaque."),
    }


def _sheet(walk: Walk, rank: int, stop: WalkStop) -> dict[str, Any]:
    asked = [*principles(walk.grid), *criteria(walk.grid)]
    return {
        "title": gettext("Halte %(rank)s : %(name)s") % {"rank": rank, "name": stop.name},
        "words": stop.words,
        "lines": [{"name": one.name, "question": one.question} for one in asked],
    }


def facts_of(walk: Walk) -> list[tuple[str, str]]:
    """When, where, how far; what is not known yet is left out."""
    found = estimate_of(walk)
    minutes = walk.minutes_long or found.minutes
    start = date_format(timezone.localtime(walk.starts_at), "DATETIME_FORMAT") if walk.starts_at else ""
    told = [
        (gettext("Départ"), start),
        (gettext("Rendez-vous"), walk.meeting_point),
        (gettext("Quartier"), walk.neighbourhood.name if walk.neighbourhood else ""),
        (gettext("Longueur"), gettext("environ %(n)s m") % {"n": found.metres} if found.metres else ""),
        (gettext("Durée"), gettext("environ %(n)s minutes") % {"n": minutes} if minutes else ""),
        (gettext("Grille"), gettext(walk.grid.title) if walk.grid else ""),
    ]
    return [(label, said) for label, said in told if said]


def restitution_data(walk: Walk) -> dict[str, Any]:
    """Everything `typst/restitution.typ` shows: nothing that the public page does not."""
    stops = list(walk.stops.order_by("order"))
    seen = list(public_observations(walk))
    return {
        "overline": f"{walk.area.name} · {walk.get_kind_display()}",
        "title": walk.title,
        "facts": [
            *((label, said) for label, said in facts_of(walk) if label != gettext("Rendez-vous")),
            (gettext("Groupe"), group_words(walk)),
        ],
        "summary": walk.public_summary,
        "map": draw(walk, Drawn(stops, seen)),
        "map_alt": gettext("Carte de l’itinéraire et de ce qui a été vu ; la liste suit."),
        "seen_title": gettext("Ce qui a été vu"),
        "seen": [
            {
                "where": one.stop.name if one.stop else gettext("en chemin"),
                "what": " · ".join(
                    filter(None, [theme_name(one), str(one.get_nature_display()), severity_name(one)])
                ),
                "text": one.public_text,
                "follow": follow_words(one),
            }
            for one in seen
        ],
        "asked_title": gettext("Ce que le groupe propose"),
        "asked": [
            {"title": one.title, "text": one.text, "voices": one.voices, "fate": fate_words(one)}
            for one in proposals_of(walk)
        ],
        "voices": gettext("voix"),
        **_afterwards(walk),
    }


def _afterwards(walk: Walk) -> dict[str, str]:
    """The review or the day when it is due, and who says so since when."""
    due, restored = walk.review_due_on, walk.restored_on
    reviewed = walk.state == "reviewed"
    planned = gettext("Bilan prévu le %(day)s.") % {"day": date_format(due, "DATE_FORMAT")} if due else ""
    day = date_format(restored, "DATE_FORMAT") if restored else "–"
    return {
        "review_title": gettext("Six mois après"),
        "review": walk.review_words if reviewed else "",
        "review_due": "" if reviewed else planned,
        "foot": gettext("Restituée le %(day)s par %(area)s.") % {"day": day, "area": walk.area.name},
    }

"""The fiche d'identité as the data of its typst template: every word in the reader's language."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from faubourg.base import numbers
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import Identity, QuarterLine
from faubourg.territories.models import Figure

from . import map_svg, standing_svg
from .wording import (
    bearer_names,
    figure_text,
    indicator_name,
    kind_label,
    map_note,
    place_of,
    quarter_note,
    unpublished,
)

# Millimetres that a text panel may take; what is longer is cut and says so.
PANEL_HEIGHT = 19
LONGEST_TITLE = 120
# Shapes of the map, in units of its drawing, from flat to tall.
MAP_WIDTH, MAP_HEIGHTS = 420, (210, 290, 370, 460)


def sheet_title(identity: Identity) -> str:
    """The title of the page, of the PDF and of its metadata."""
    return gettext("Fiche d’identité – %(name)s") % {"name": identity.contract.name}


def sheet_data(identity: Identity, *, on: date | None = None) -> dict[str, Any]:
    """Everything `typst/sheet.typ` shows; `on` is the day printed at the foot, today by default."""
    contract = identity.contract
    return {
        "lang": (get_language() or "fr")[:2],
        "document_title": sheet_title(identity),
        "publisher": "Faubourg",
        "keywords": ["contrat de ville", contract.code, contract.generation],
        "words": {
            "unpublished": unpublished(),
            "continued": gettext("(la suite sur la fiche en ligne)"),
        },
        "overline": gettext("Fiche d’identité · %(generation)s")
        % {"generation": capfirst(contract.get_generation_display())},
        "code": contract.code,
        "title": _short(contract.name),
        "title_size": _title_size(contract.name),
        "lead": place_of(identity),
        "heroes": _heroes(identity),
        "map": _map(identity),
        "quarters": _quarters(identity),
        "figures": _figures(identity),
        "panels": _panels(identity),
        "sources": _sources(identity, on or timezone.localdate()),
    }


def _short(name: str) -> str:
    """A heading of two lines at most; the whole name stands in the metadata."""
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1].rstrip()}…"


def _title_size(name: str) -> float:
    """Points, so that the longest name of a contract holds on two lines."""
    return 26 if len(name) <= 30 else 21 if len(name) <= 48 else 16 if len(name) <= 90 else 12


def _hero(label: str, figure: Figure | None, otherwise: str = "") -> dict[str, Any]:
    published = figure is not None and figure.value is not None
    return {
        "value": figure_text(figure),
        "label": label,
        "published": published,
        "source": f"{indicator_name(figure.indicator)}, {figure.vintage}" if figure else otherwise,
    }


def _heroes(identity: Identity) -> list[dict[str, Any]]:
    contract, central = identity.contract, identity.central
    printed = contract.printed_population
    town = central.populations[0] if central and central.populations else None
    place = identity.context.name if identity.context else gettext("Territoire porteur")
    named = central.place.name if central else gettext("Ville centre")
    if central and central.deduced:
        named = gettext("%(town)s (commune la plus peuplée)") % {"town": named}
    count = len(identity.quarters)
    return [
        _hero(place, identity.populations[0] if identity.populations else None),
        _hero(named, town),
        {
            "value": numbers.number(count) if count else unpublished(),
            "label": ngettext("quartier prioritaire", "quartiers prioritaires", max(count, 1)),
            "published": bool(count),
            "source": gettext("dont %(n)s rattachés par déduction") % {"n": identity.derived}
            if identity.derived
            else "",
        },
        {
            "value": numbers.number(printed) if printed is not None else unpublished(),
            "label": gettext("habitants en quartier prioritaire"),
            "published": printed is not None,
            "source": gettext("imprimé par la source, %(vintage)s") % {"vintage": contract.source.vintage}
            if printed is not None
            else "",
        },
    ]


def _map(identity: Identity) -> dict[str, Any]:
    """The same map in three shapes: the template takes the tallest one that the list leaves room for."""
    alt = gettext("Carte : %(place)s. %(note)s") % {"place": place_of(identity), "note": map_note(identity)}
    drawings = [
        {
            "ratio": height / MAP_WIDTH,
            "svg": map_svg.draw(identity.map, width=MAP_WIDTH, height=height, label=alt),
        }
        for height in MAP_HEIGHTS
        if not identity.map.empty
    ]
    return {"title": gettext("Où"), "drawings": drawings, "alt": alt, "note": map_note(identity)}


def _quarters(identity: Identity) -> dict[str, Any]:
    rows = [_quarter(line, identity) for line in identity.quarters]
    return {
        "title": gettext("Quartiers prioritaires"),
        "headers": [gettext("N°"), gettext("Quartier"), gettext("Habitants")],
        "note": quarter_note(identity),
        "rows": rows,
        "none": gettext(
            "Aucun quartier rattaché : le lien n’est pas publié et rien ne permet de le déduire."
        ),
        "others": {
            str(n): ngettext("et %(n)s autre", "et %(n)s autres", n) % {"n": n}
            for n in range(1, len(rows) + 1)
        },
    }


def _quarter(line: QuarterLine, identity: Identity) -> dict[str, Any]:
    details = []
    if len({commune.pk for other in identity.quarters for commune in other.communes}) > 1:
        details.append(", ".join(commune.name for commune in line.communes))
    if line.link.ambiguous and line.derived:
        details.append(gettext("rattachement ambigu"))
    published = line.population is not None and line.population.value is not None
    return {
        "number": str(line.number),
        "name": line.place.name,
        "detail": " · ".join(details),
        "published": published,
        "population": figure_text(line.population),
    }


def _figures(identity: Identity) -> dict[str, Any]:
    place = identity.context
    kind = place.category if place else ""
    note = ""
    if place:
        note = gettext(
            "%(place)s et la médiane des intercommunalités de même nature (n valeurs publiées)."
        ) % {"place": place.name}
    if place and not identity.context_bears:
        note += " " + gettext("Elle ne porte pas ce contrat : la commune porteuse en est membre.")
    if place and identity.contract.generation == Contract.Generation.G2015:
        note += " " + gettext("Chiffres de l’intercommunalité d’aujourd’hui, pas de celle du contrat.")
    missing = ", ".join(indicator_name(indicator) for indicator in identity.unpublished)
    return {
        "title": gettext("Chiffres clés"),
        "note": note,
        "headers": [
            gettext("Indicateur"),
            gettext("Valeur"),
            gettext("Médiane des %(kind)s") % {"kind": kind_label(kind)},
            gettext("Écart"),
        ],
        "rows": [_figure(key.figure, key.standing) for key in identity.key_figures],
        "missing": gettext("Non publié : %(names)s.") % {"names": missing} if missing else "",
    }


def _figure(figure: Figure, standing: Any) -> dict[str, str]:
    compared = standing is not None and standing.position is not None
    return {
        "label": indicator_name(figure.indicator),
        "vintage": figure.vintage,
        "value": figure_text(figure),
        "median": figure_text(figure, value=standing.median.value) if compared else "–",
        "count": standing_svg.kind_count(standing.median.published) if compared else "",
        "standing": standing_svg.sentence(standing, figure.indicator.unit) if standing else "",
        "chart": standing_svg.draw(standing, figure.indicator.unit) if standing else "",
    }


def _panels(identity: Identity) -> list[dict[str, Any]]:
    sheet = identity.sheet
    alert = gettext("Ingénierie : moins d’un équivalent temps plein.") if identity.thin_engineering else ""
    engineering = [part for part in (etp_text(identity), sheet.governance.strip()) if part]
    bodies = [
        (gettext("Gouvernance et ingénierie"), " ".join(engineering), alert),
        (gettext("Priorités"), sheet.priorities, ""),
        (gettext("Renouvellement urbain (PRU, NPNRU)"), sheet.renewal, ""),
        (gettext("Signataires"), sheet.signatories, ""),
    ]
    return [
        {"title": title, "body": " ".join(body.split()), "alert": alarm, "height": PANEL_HEIGHT}
        for title, body, alarm in bodies
    ]


def etp_text(identity: Identity) -> str:
    """« 1 ETP politique de la ville ; 0,5 ETP renouvellement urbain », empty when not published."""
    sheet = identity.sheet
    parts = []
    if sheet.etp_pv is not None:
        parts.append(gettext("%(n)s ETP politique de la ville") % {"n": numbers.number(sheet.etp_pv)})
    if sheet.etp_pru is not None:
        parts.append(gettext("%(n)s ETP renouvellement urbain") % {"n": numbers.number(sheet.etp_pru)})
    text = " ; ".join(parts)
    if sheet.etp_note:
        text = f"{text} ({sheet.etp_note})" if text else sheet.etp_note
    return f"{text}." if text and not text.endswith(".") else text


def _sources(identity: Identity, on: date) -> dict[str, str]:
    cited: dict[str, list[str]] = {}
    for source, vintage in identity.sources:
        # The licence in its first words: the page of the source says it whole.
        licence = source.licence.split("–")[0].split("(")[0].strip()
        name = f"{source.title} ({licence})" if licence else source.title
        cited.setdefault(name, []).append(vintage)
    lines = [f"{name} : {' ; '.join(filter(None, vintages))}" for name, vintages in cited.items()]
    return {
        "title": gettext("Sources"),
        "body": " · ".join(lines),
        "edition": gettext("Fiche éditée par Faubourg le %(day)s. Porté par : %(bearers)s.")
        % {"day": date_format(on, "DATE_FORMAT"), "bearers": bearer_names(identity)},
    }

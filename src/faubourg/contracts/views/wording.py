"""Sentences that the page of a contract and its PDF both say."""

from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from faubourg.base import numbers
from faubourg.contracts.queries import Identity, KeyFigure
from faubourg.territories.models import Figure, Indicator

from . import map_svg


def unpublished() -> str:
    """What stands where no source publishes anything: never a zero, never an invented value."""
    return gettext("non publié")


def figure_text(figure: Figure | None, *, value: Decimal | None = None) -> str:
    """A figure with its unit; `value` replaces its own (a median keeps the unit of what it compares)."""
    shown = value if value is not None else (figure.value if figure else None)
    if figure is None or shown is None:
        secret = figure is not None and figure.secrecy == Figure.Secrecy.SECRET
        return gettext("secret statistique") if secret else unpublished()
    unit, decimals = figure.indicator.unit, figure.indicator.decimals
    if unit == Indicator.Unit.PERCENT:
        return numbers.percent(shown, decimals)
    if unit == Indicator.Unit.EURO:
        return numbers.money(shown, decimals)
    text = numbers.number(shown, decimals)
    return f"{text}\u00a0{gettext('ETP')}" if unit == Indicator.Unit.FTE else text


def indicator_name(indicator: Indicator) -> str:
    """The name of an indicator in the reader's language, in French when there is no other."""
    english = (get_language() or "fr").startswith("en")
    return (indicator.name_en if english else "") or indicator.name_fr


def kind_label(category: str) -> str:
    """The legal form of an EPCI in a few letters, in the plural: « métropoles », « CA »."""
    return gettext("métropoles") if category.startswith("MET") else category or gettext("EPCI")


def key_figures(identity: Identity) -> list[tuple[KeyFigure, str]]:
    """Each figure with « médiane des métropoles : 23 040 € (n = 21) », or nothing to stand by."""
    kind = kind_label(identity.context.category) if identity.context else ""
    return [(key, _median_text(key, kind)) for key in identity.key_figures]


def _median_text(key: KeyFigure, kind: str) -> str:
    if key.standing is None or key.standing.position is None:
        return ""
    median = key.standing.median
    return gettext("médiane des %(kind)s : %(median)s (n = %(n)s)") % {
        "kind": kind,
        "median": figure_text(key.figure, value=median.value),
        "n": median.published,
    }


def bearer_names(identity: Identity) -> str:
    """Who bears the contract; a code that is no known territory is said as printed."""
    names = [
        bearer.territory.name
        if bearer.territory
        else gettext("code %(code)s, territoire non retrouvé") % {"code": bearer.printed_code}
        for bearer in identity.bearers
    ]
    return ", ".join(names) or unpublished()


def place_of(identity: Identity) -> str:
    """« Clermont Auvergne Métropole, Puy-de-Dôme, Auvergne-Rhône-Alpes », as far as it is known."""
    departement = identity.contract.departement
    parts = [bearer_names(identity)]
    if departement:
        parts.append(departement.name)
        if departement.region:
            parts.append(departement.region.name)
    return ", ".join(parts)


def map_note(identity: Identity) -> str:
    """What the small map shows, and what it cannot."""
    place = identity.map
    if place.empty:
        return gettext("Carte impossible : la source ne donne ni point ni contour.")
    notes = []
    if not place.communes:
        notes.append(gettext("Contours des communes non disponibles : chaque point est une commune."))
    if identity.quarters and len(place.quarters) < len(identity.quarters):
        notes.append(
            gettext("Contours des quartiers non disponibles : le nombre compte ceux de la commune.")
            if not place.quarters
            else gettext("Contour non disponible pour une partie des quartiers, comptés à leur commune.")
        )
    if not place.spots and place.own:
        notes.append(gettext("Le point est celui que la source donne au contrat."))
    return " ".join(notes) or gettext("Contours des communes et des quartiers.")


def quarter_note(identity: Identity) -> str:
    """How the neighbourhoods were attached, and whether their inhabitants are known."""
    notes = []
    if identity.derived:
        notes.append(
            ngettext(
                "%(n)s rattachement déduit du territoire porteur : aucun fichier publié ne le donne.",
                "%(n)s rattachements déduits du territoire porteur : aucun fichier publié ne les donne.",
                identity.derived,
            )
            % {"n": identity.derived}
        )
    if identity.ambiguous:
        notes.append(
            ngettext("%(n)s est ambigu.", "%(n)s sont ambigus.", identity.ambiguous)
            % {"n": identity.ambiguous}
        )
    return " ".join(notes)


def map_picture(identity: Identity, height: int) -> SafeString:
    """The small map as an SVG for the page; every name in it is escaped where it is drawn."""
    label = gettext("Carte : %(place)s. %(note)s") % {"place": place_of(identity), "note": map_note(identity)}
    return mark_safe(map_svg.draw(identity.map, width=420, height=height, label=label))  # noqa: S308

"""What every page's chrome needs to know: the way around, the theme, the language one could switch to."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

THEME_COOKIE = "theme"

# Only the rooms that exist show a door: a name that no room serves is left out.
DOORS: tuple[tuple[str, Promise], ...] = (
    ("map", _("Carte")),
    ("neighbourhoods", _("Quartiers")),
    ("report_where", _("Signaler")),
    ("contracts", _("Contrats")),
    ("calls", _("Appels")),
    ("analyses", _("Analyses")),
)


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the main navigation."""

    label: Promise
    url: str
    current: bool


def theme_of(request: HttpRequest) -> str:
    """« light », « dark », or « auto » when nothing valid was chosen."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in ("light", "dark") else "auto"


def doors(path: str) -> list[Door]:
    """The main navigation as seen from `path`."""
    found = []
    for name, label in DOORS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Door(label=label, url=url, current=path.startswith(url)))
    return found


def chrome(request: HttpRequest) -> dict[str, object]:
    """Demo or not, theme, navigation, and the other language."""
    english = (get_language() or "fr").startswith("en")
    return {
        "demo": settings.DEMO,
        "theme": theme_of(request),
        "doors": doors(request.path),
        "other_language": ("fr", "Français") if english else ("en", "English"),
    }

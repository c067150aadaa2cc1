"""In which language a resident's page speaks: the one asked in the address, else the browser's, else French.

No cookie: the address carries it, and so does each link and form of the page.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from ..models import Area
from ..texts import LANGUAGES, SOURCE, Words

PARAMETER = "langue"
# A button of a step that changes the language and keeps what was typed.
BUTTON = "parler"


@dataclass(frozen=True, slots=True)
class Choice:
    """One language offered: its code, its name in itself, whether it is spoken now, its writing."""

    code: str
    name: str
    here: bool
    direction: str


def language_of(request: HttpRequest) -> str:
    """The code of a language of the catalogue."""
    asked = request.POST.get(BUTTON) or request.POST.get(PARAMETER) or request.GET.get(PARAMETER, "")
    if asked in LANGUAGES:
        return asked
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.partition("-")[0] in LANGUAGES:
            return code.partition("-")[0]
    return SOURCE


def spoken(request: HttpRequest, area: Area | None) -> dict[str, object]:
    """What `resident/base.html` asks: the sentences, and the languages that one may choose."""
    words = Words(language_of(request), area)
    choices = [
        Choice(code, name, code == words.language, "rtl" if code == "ar" else "ltr")
        for code, name in LANGUAGES.items()
    ]
    return {"words": words, "languages": choices, "area": area, "language_parameter": PARAMETER}

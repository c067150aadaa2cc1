"""What residents read in another language, sentence by sentence: as shipped, corrected, read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .. import texts
from ..data.resident_texts import DIRECTIONS
from ..models import Area

# Those that the reporting page offers, and those that an area opens with.
LANGUAGES: Mapping[str, str] = {
    **{code: name for code, name in texts.LANGUAGES.items() if code != texts.SOURCE},
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
}
RIGHT_TO_LEFT = frozenset(code for code, way in DIRECTIONS.items() if way == "rtl")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence. `own`: somebody of the area wrote it; `version` 0 when it stands as shipped."""

    key: str
    french: str
    text: str
    own: bool
    validated_at: datetime | None
    validated_by: str
    version: int


def phrases_of(area: Area, language: str) -> list[Phrase]:
    """The sentences to translate, in the order of the pages; two queries."""
    own = {row.key: row for row in area.translations.filter(language=language)}
    found = []
    for key, french, shipped in _sentences(area, language):
        row = own.get(key)
        found.append(
            Phrase(
                key,
                french,
                row.text if row else shipped,
                row is not None,
                row.validated_at if row else None,
                row.validated_by_name if row else "",
                row.version if row else 0,
            )
        )
    return found


def _sentences(area: Area, language: str) -> list[tuple[str, str, str]]:
    """Key, French, shipped translation (empty when there is none)."""
    categories = list(area.categories.filter(active=True).order_by("order", "name"))
    french = {texts.CATEGORY + one.code: one.easy or one.name for one in categories}
    french |= texts.shipped(texts.SOURCE)
    shipped = texts.shipped(language)
    return [(key, french[key], shipped.get(key, "")) for key in texts.keys_to_translate(categories)]

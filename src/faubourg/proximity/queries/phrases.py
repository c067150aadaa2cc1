"""What residents read in another language, sentence by sentence: as shipped, corrected, read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..models import Area

LANGUAGES: Mapping[str, str] = {"en": "English", "ar": "العربية", "tr": "Türkçe"}
RIGHT_TO_LEFT = frozenset({"ar"})
CATEGORY = "category."


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
    offered = area.categories.filter(active=True).order_by("order", "name")
    return [(CATEGORY + one.code, one.easy or one.name, "") for one in offered]

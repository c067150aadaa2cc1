"""What residents read, in their language: the area's own translation, else the shipped one, else French.

A language is « à relire » in an area until somebody there has validated each of its sentences.
"""

from collections.abc import Iterable, Mapping

from .data.resident_texts import DIRECTIONS, LANGUAGES, TEXTS
from .models import Area, Category, Translation

SOURCE = "fr"
CATEGORY = "category."


class Words:
    """The sentences of one language for one area, read once; `fr` is the source."""

    def __init__(self, language: str, area: Area | None = None) -> None:
        self.language = language if language in TEXTS else SOURCE
        self.direction = DIRECTIONS.get(self.language, "ltr")
        self._own: dict[str, str] = {}
        self._validated: set[str] = set()
        if area is not None and self.language != SOURCE:
            for one in own_words(area, self.language):
                self._own[one.key] = one.text
                if one.validated_at is not None:
                    self._validated.add(one.key)

    @property
    def to_review(self) -> bool:
        """Whether somebody of the area must still read some of it again."""
        return self.language != SOURCE and not TEXTS[SOURCE].keys() <= self._validated

    def said(self, key: str, **told: object) -> str:
        """One sentence, its places filled; a translation that lost a place falls back on French."""
        if self.direction == "rtl":
            # A number or a name keeps its own direction; an address stays bare, to be opened from an SMS.
            told = {name: value if name == "url" else f"\u2068{value}\u2069" for name, value in told.items()}
        for text in (self._own.get(key), TEXTS[self.language].get(key), TEXTS[SOURCE].get(key)):
            if text is None:
                continue
            try:
                return text.format(**told)
            except (KeyError, IndexError, ValueError):
                continue
        return ""

    def has(self, key: str) -> bool:
        """Whether it can be said at all."""
        return key in TEXTS[SOURCE]

    def category(self, category: Category) -> str:
        """The name of what is reported, as a resident says it."""
        found = self._own.get(CATEGORY + category.code) or TEXTS[self.language].get(CATEGORY + category.code)
        if found and self.language != SOURCE:
            return found
        return category.easy or category.name

    def is_french(self, category: Category) -> bool:
        """Whether its name is only known in French: a screen reader must be told."""
        code = CATEGORY + category.code
        return not (self._own.get(code) or TEXTS[self.language].get(code))


def own_words(area: Area, language: str) -> Iterable[Translation]:
    """The translations that an area made; those that came with it, when it was read together with them."""
    read: dict[str, list[Translation]] = area.__dict__.get("own_words", {})
    return read[language] if language in read else area.translations.filter(language=language)


def keys_to_translate(categories: Iterable[Category] = ()) -> list[str]:
    """Every sentence of the catalogue, in the order of the pages, then the names of these categories."""
    return [*TEXTS[SOURCE], *(CATEGORY + category.code for category in categories)]


def shipped(language: str) -> Mapping[str, str]:
    """What is shipped for a language; empty for one that is not known."""
    return TEXTS.get(language, {})


__all__ = ["LANGUAGES", "SOURCE", "Words", "keys_to_translate", "shipped"]

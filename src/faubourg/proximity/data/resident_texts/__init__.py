"""The sentences that residents read, by language (BCP 47) and key; categories as `category.<code>`.

They are data: the team of an area corrects and validates them (`proximity.models.Translation`).
"""

from collections.abc import Mapping

from . import ar, en, fr, fr_easy, tr

# In the order in which they are offered, each in its own words.
LANGUAGES: Mapping[str, str] = {
    "fr-easy": "Français facile",
    "fr": "Français",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
}
DIRECTIONS: Mapping[str, str] = {"ar": "rtl"}
TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": fr.TEXTS,
    "fr-easy": fr_easy.TEXTS,
    "en": en.TEXTS,
    "ar": ar.TEXTS,
    "tr": tr.TEXTS,
}

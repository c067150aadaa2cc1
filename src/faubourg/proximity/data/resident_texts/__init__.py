"""The sentences that residents read, by language (BCP 47) and key; categories as `category.<code>`.

They are data: the team of an area corrects and validates them (`proximity.models.Translation`).
"""

from collections.abc import Mapping

from . import fr

# In the order in which they are offered, each in its own words.
LANGUAGES: Mapping[str, str] = {"fr": "Français"}
DIRECTIONS: Mapping[str, str] = {"ar": "rtl"}
TEXTS: Mapping[str, Mapping[str, str]] = {"fr": fr.TEXTS}

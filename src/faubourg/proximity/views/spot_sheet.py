"""The sheet of a spot as the data of its typst template: always in French, then the same in few words."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import translation

from ..models import Area, Spot
from ..qr import svg_of

# « Report a problem here » in the languages of the reporting page whose letters our fonts have.
ELSEWHERE = (("English", "Scan to report a problem here."), ("Türkçe", "Sorun bildirmek için okutun."))


def spot_address(key: str) -> str:
    """The path that the code holds: it is printed for years, it never changes."""
    return f"/q/{key}/"


def sheet_data(area: Area, spots: Sequence[Spot], absolute: Callable[[str], str]) -> dict[str, Any]:
    """Everything `typst/spots.typ` shows. `absolute` makes an address whole."""
    with translation.override("fr"):
        return {
            "words": {
                "title": "Ici, quelque chose ne va pas ?",
                "steps": [
                    "Ouvrez l’appareil photo de votre téléphone et visez le carré.",
                    "Dites ce que vous voyez. Une photo aide.",
                    "C’est envoyé au bon service. Pas besoin de compte.",
                ],
                "no_phone": "Sans téléphone : écrivez cette adresse dans un navigateur",
                "hotline": "Ou appelez gratuitement",
                "alt": "Code à scanner, qui mène à l’adresse écrite dessous",
            },
            "area": area.name,
            "hotline": area.hotline,
            "hotline_hours": area.hotline_hours,
            "emergency": area.emergency_words,
            "elsewhere": [{"language": language, "text": text} for language, text in ELSEWHERE],
            "spots": [_spot(spot, absolute) for spot in spots],
        }


def _spot(spot: Spot, absolute: Callable[[str], str]) -> dict[str, str]:
    address = absolute(spot_address(spot.key))
    return {"name": spot.name, "address": address.split("://", 1)[-1], "svg": svg_of(address)}

"""The five founding documents as data: facts only, each file says where they come from.

Seed files are read by the loaders of `territories` (places, figures, corrections) and of `contracts`
(analysis, money); a key that a loader does not know is for a later room.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

AUVERGNE = "auvergne-2016"
CENTRE = "clermont-centre-2024"
DOCUMENTS = (AUVERGNE, CENTRE, "saint-etienne-2014", "nord-pas-de-calais-2014", "gup-niort-2013")


@cache
def document(name: str) -> dict[str, Any]:
    """One document: `source` describes it, the other tables hold its facts."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def indicators() -> list[dict[str, Any]]:
    """The indicators that Faubourg knows from the start, in the order of the tables."""
    found: list[dict[str, Any]] = tomllib.loads(
        files(__name__).joinpath("indicators.toml").read_text(encoding="utf-8")
    )["indicator"]
    return found

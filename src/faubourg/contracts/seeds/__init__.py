"""What documents say of the project of a contract: facts only, no sentence, nobody's name."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def plan(name: str) -> dict[str, Any]:
    """One document's stakes or actions, as `services.load_plan` reads them."""
    found: dict[str, Any] = json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return found

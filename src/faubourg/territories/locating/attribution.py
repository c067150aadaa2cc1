"""What upper rooms know of a place (its contract), brought down by value: they register at start-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A code and a name to write beside a point."""

    code: str
    name: str


# Id of a commune or of a neighbourhood → what applies there, most certain first.
Attribution = Callable[[], Mapping[int, tuple[Label, ...]]]
_attributions: dict[str, Attribution] = {}


def register(name: str, attribution: Attribution) -> None:
    """Called at start-up; `name` becomes the columns `<name>_code` and `<name>`."""
    _attributions[name] = attribution


def registered() -> dict[str, Attribution]:
    """What was registered, by name."""
    return dict(_attributions)

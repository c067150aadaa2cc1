"""What rooms above show on the overview of a contract: each registers a short list at start-up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .models import Contract


@dataclass(frozen=True, slots=True)
class Panel:
    """A title, lines of (label, address, remark), the address of the whole list, what to say when empty."""

    id: str
    title: str
    lines: Sequence[tuple[str, str, str]]
    url: str
    more: str
    empty: str


# One query at most: the overview of a contract counts them.
Build = Callable[[Contract], Panel]
_builds: dict[str, Build] = {}


def register(name: str, build: Build) -> None:
    """Called in `AppConfig.ready` by a room above."""
    _builds[name] = build


def panels_of(contract: Contract) -> list[Panel]:
    """The panels of every room above, in the order in which they registered."""
    return [build(contract) for build in _builds.values()]

"""What the overview of a dossier shows beside its own lines: each idea registers a panel at start-up.

    panels.register("payments", build, order=60)    # in the room's `AppConfig.ready`

`build(reader)` gives a `Panel`, or None when there is nothing to show to this reader; one query at most.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .access.readers import Reader


@dataclass(frozen=True, slots=True)
class Panel:
    """`template` draws the inside of the section, with `context` and the `application` of the page."""

    id: str
    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Build = Callable[[Reader], Panel | None]
_builds: dict[str, tuple[int, bool, Build]] = {}


def register(name: str, build: Build, *, order: int, margin: bool = False) -> None:
    """A panel of every dossier; `order`: 10 examination, 20 jury, 30 decisions, 40 payments, 50 report."""
    _builds[name] = (order, margin, build)


def panels_of(reader: Reader) -> tuple[list[Panel], list[Panel]]:
    """Those of the thread, then those of the margin, for this reader."""
    thread: list[Panel] = []
    aside: list[Panel] = []
    for _order, margin, build in sorted(_builds.values(), key=lambda one: one[0]):
        panel = build(reader)
        if panel is not None:
            (aside if margin else thread).append(panel)
    return thread, aside

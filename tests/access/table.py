"""Reads `matrix.toml` and the `matrix_*.toml` beside it: what each actor meets at each address.

A cell is written `anonymous sign-in, keepers 200, * 403`: the first word that names the actor decides.
Words: an actor, a group of `[groups]`, `*` for the others. Outcomes: a status, or `sign-in` (a
redirection to the sign-in page). A row without `post` answers 405 to it.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from .world import ACTORS

PATH = Path(__file__).with_name("matrix.toml")
PARTS = sorted(PATH.parent.glob("matrix_*.toml"))
METHODS = ("get", "post")


@dataclass(frozen=True)
class Row:
    """`address` may hold names of the world between braces; `data` is what a POST sends."""

    route: str
    address: str
    cells: Mapping[str, Mapping[str, str]]
    data: Mapping[str, str]


def rows() -> dict[str, Row]:
    """Every row, by route."""
    table = tomllib.loads(PATH.read_text())
    groups = {name: members.split() for name, members in table.pop("groups").items()}
    for part in PARTS:
        told = tomllib.loads(part.read_text())
        assert not set(told) & set(table), f"{part.name} tells again what another file tells"
        table |= told
    return {route: _row(route, told, groups) for route, told in table.items()}


def _row(route: str, told: Mapping[str, object], groups: Mapping[str, list[str]]) -> Row:
    cells = {method: _cell(str(told.get(method, "* 405")), groups) for method in METHODS}
    data = told.get("data", {})
    assert isinstance(data, Mapping)
    return Row(route, str(told.get("address", route)), cells, data)


def _cell(text: str, groups: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        *words, outcome = part.split()
        for word in words:
            named = list(ACTORS) if word == "*" else groups.get(word, [word])
            assert set(named) <= set(ACTORS), f"nobody is called « {word} » in {PATH.name}"
            for actor in named:
                found.setdefault(actor, outcome)
    assert set(found) == set(ACTORS), f"« {text} » says nothing of {sorted(set(ACTORS) - set(found))}"
    return found


def routes() -> dict[str, str]:
    """Every route of the resolver with its name."""
    return dict(_walk(get_resolver().url_patterns, "/"))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern.name or ""


def line_for(route: str, address: str, measured: Mapping[str, Mapping[str, str]]) -> str:
    """The row to add, with what is answered today: read it before you believe it."""
    told = [f"['{route}']"]
    if address != route:
        told.append(f'address = "{address}"')
    for method, outcomes in measured.items():
        cell = _written(outcomes)
        if (method, cell) != ("post", "* 405"):
            told.append(f'{method} = "{cell}"')
    return "\n".join(told)


def _written(outcomes: Mapping[str, str]) -> str:
    common = Counter(outcomes.values()).most_common(1)[0][0]
    others: dict[str, list[str]] = {}
    for actor, outcome in outcomes.items():
        if outcome != common:
            others.setdefault(outcome, []).append(actor)
    parts = [f"{' '.join(actors)} {outcome}" for outcome, actors in others.items()]
    return ", ".join([*parts, f"* {common}"])

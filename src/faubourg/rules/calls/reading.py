"""A rule set as JSON or a dict, read against its schema: each mistake with its path, and all of them at once.

Amounts are whole cents, shares whole basis points, moments ISO with or without an offset (then Paris). A key
that is not known is refused: a misspelt floor would otherwise be no floor.
"""

import json
from dataclasses import dataclass

from ..verdict import Reason, mark
from . import parts
from .rule_set import RuleSet
from .schema import Node, Problems


@dataclass(frozen=True, slots=True)
class Read:
    """`rule_set` is None as soon as there is one problem; a problem's `operand` is its path."""

    rule_set: RuleSet | None
    problems: tuple[Reason, ...]


def read_json(text: str | bytes) -> Read:
    """What a file tells."""
    try:
        return read(json.loads(text))
    except (ValueError, RecursionError):
        sentence = mark("Ce n’est pas du JSON : exportez un jeu de règles existant et partez de lui.")
        return Read(None, (Reason("rules-json", False, sentence),))


def read(told: object) -> Read:
    """What a dict tells."""
    problems = Problems()
    found = parts.rule_set(Node(told, "", problems))
    if not problems.found:
        _referred_to(found, problems)
    return Read(None if problems.found else found, tuple(problems.found))


def _referred_to(rule_set: RuleSet, problems: Problems) -> None:
    """What one part says of another: codes once, measures that exist, an order in time."""
    measures = [measure.code for measure in rule_set.measures]
    _once(measures, "measures", problems)
    _once([window.step.value for window in rule_set.windows], "windows", problems)
    coded: dict[str, list[str]] = {
        "exclusions": [each.code for each in rule_set.exclusions],
        "juries": [each.code for each in rule_set.juries],
        "pieces": [each.code for each in rule_set.pieces],
        "grid.criteria": [each.code for each in rule_set.grid.criteria] if rule_set.grid else [],
    }
    for rank, measure in enumerate(rule_set.measures):
        coded[f"measures[{rank}].themes"] = [theme.code for theme in measure.themes]
    for name, codes in coded.items():
        _once(codes, name, problems)
    _known_measures("exclusions", [each.measures for each in rule_set.exclusions], measures, problems)
    _known_measures("pieces", [each.measures for each in rule_set.pieces], measures, problems)
    if rule_set.valid_to is not None and rule_set.valid_to < rule_set.valid_from:
        problems.add("valid_to", "rules-order", mark("{path} : la fin précède le début."))
    for rank, window in enumerate(rule_set.windows):
        if window.opens is not None and window.closes < window.opens:
            problems.add(f"windows[{rank}].closes", "rules-order", mark("{path} : la fin précède le début."))


def _known_measures(name: str, named: list[tuple[str, ...]], measures: list[str], problems: Problems) -> None:
    for rank, codes in enumerate(named):
        for code in codes:
            if code not in measures:
                sentence = mark("{path} : « {told} » n’est pas une mesure de ce jeu.")
                problems.add(f"{name}[{rank}].measures", "rules-measure", sentence, told=code)


def _once(codes: list[str], path: str, problems: Problems) -> None:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        problems.add(path, "rules-twice", mark("{path} : « {told} » s’y trouve deux fois."), told=code)

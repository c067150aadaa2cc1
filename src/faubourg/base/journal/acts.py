"""The acts that the journal knows, in words: each room names its own at start-up.

An act without a name would be shown as a slug; tests/test_house.py reads the source and refuses it.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = str | Promise

_acts: dict[str, Words] = {}
_values: dict[str, Words] = {}
_codes: dict[str, dict[str, Words]] = {}


def name(act: str, label: Words) -> None:
    """Say in words what was done: « présentation modifiée ». The last one to speak holds."""
    _acts[act] = label


def say(values: Mapping[str, Words]) -> None:
    """Say in words what a key of `before` and `after` is; a key nobody names is not shown to readers."""
    _values.update(values)


def spell(codes: Mapping[str, Mapping[str, Words]]) -> None:
    """Say in words the codes that a key may hold: « signatory » is « signe »."""
    for key, words in codes.items():
        _codes.setdefault(key, {}).update(words)


def spelt(key: str, value: object) -> object:
    """The words of a code; anything else as it is."""
    return _codes.get(key, {}).get(value, value) if isinstance(value, str) else value


def label_of(act: str) -> Words:
    """What was done, in words; the act itself when no room has named it."""
    return _acts.get(act, act)


def named() -> frozenset[str]:
    """Every act that has a name."""
    return frozenset(_acts)


def value_labels() -> Mapping[str, Words]:
    """The keys that may be shown, in the order in which they are."""
    return _values

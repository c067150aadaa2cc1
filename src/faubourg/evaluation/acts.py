"""The journal's acts of this room in words, and the values that a history may show."""

from django.utils.functional import Promise

from faubourg.base.journal import acts

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}


def register() -> None:
    """Called once, at start-up."""
    for act, label in ACTS.items():
        acts.name(act, label)
    acts.say(VALUES)

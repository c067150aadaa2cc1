"""The journal's acts of this room in words, a module an idea; each has ACTS and VALUES."""

from faubourg.base.journal import acts

from . import (
    applicants,
    applications,
    calls,
    circuits,
    codes,
    examination,
    exchange,
    funds,
    intents,
    juries,
    money,
    reports,
    rules,
)

MODULES = [
    applicants,
    applications,
    calls,
    circuits,
    examination,
    exchange,
    funds,
    intents,
    juries,
    money,
    reports,
    rules,
]


def register() -> None:
    """Called once, at start-up."""
    for module in MODULES:
        for act, label in module.ACTS.items():
            acts.name(act, label)
        acts.say(module.VALUES)
    acts.spell(codes.CODES)

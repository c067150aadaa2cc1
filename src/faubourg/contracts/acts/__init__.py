"""The journal's acts of this room in words, a module an idea: `ACTS` and `VALUES` of each."""

from faubourg.base.journal import acts

from . import agreement, calendar, governance, money, project, questions, sheet

MODULES = (sheet, calendar, governance, project, money, agreement, questions)


def register() -> None:
    """Called once, at start-up."""
    for module in MODULES:
        for act, label in module.ACTS.items():
            acts.name(act, label)
        acts.say(module.VALUES)

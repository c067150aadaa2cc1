"""The journal's acts of this room in words, a module an idea; each has ACTS and VALUES."""

from faubourg.base.journal import acts

from . import areas, circuits, gup, notebook, open311, photos, reporting, tfpb, tickets, walks

MODULES = [areas, circuits, gup, notebook, open311, photos, reporting, tfpb, tickets, walks]


def register() -> None:
    """Called once, at start-up."""
    for module in MODULES:
        for act, label in module.ACTS.items():
            acts.name(act, label)
        acts.say(module.VALUES)

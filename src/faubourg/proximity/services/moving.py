"""The moves of proximity, told to the journal under the room's own name: see `base.moving`."""

from functools import partial

from faubourg.base import moving
from faubourg.base.moving import locked

move = partial(moving.move, act="proximity.moved")
keep = partial(moving.keep, act="proximity.moved")

__all__ = ["keep", "locked", "move"]

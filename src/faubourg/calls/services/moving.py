"""The moves of a call, told to the journal under the room's own name: see `base.moving`."""

from functools import partial

from faubourg.base import moving
from faubourg.base.moving import locked

move = partial(moving.move, act="calls.moved")
keep = partial(moving.keep, act="calls.moved")

__all__ = ["keep", "locked", "move"]

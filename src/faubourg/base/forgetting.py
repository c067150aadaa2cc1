"""What may be kept only for a time is erased when it is over, by the worker or by `faubourg forget`."""

from .rounds import Rounds

_ROUNDS = Rounds()
register = _ROUNDS.register
forget = _ROUNDS.go

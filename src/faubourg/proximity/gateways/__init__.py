"""How a message leaves Faubourg: one interface, a service of the town or a file behind it."""

from .message import Gateway, Message, NotSent
from .ways import gateway_for

__all__ = ["Gateway", "Message", "NotSent", "gateway_for"]

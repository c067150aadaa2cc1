"""What a gateway is handed, and what it answers."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """`cause` names what is told, once for ever: a gateway handed the same cause twice sends it once."""

    cause: str
    to: str
    subject: str
    text: str
    language: str = "fr"


class NotSent(Exception):
    """The service did not take it; it is tried again later."""


class Gateway(Protocol):
    """Hands one message over; returns when the service took it, raises NotSent otherwise."""

    def send(self, message: Message) -> None: ...

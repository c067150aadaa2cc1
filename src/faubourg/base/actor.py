"""Who acts, pointed to by value: lower rooms never hold a key to a person."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`ref` is `Person.ref`; None stands for the installation itself (a load, a scheduled task)."""

    ref: UUID | None
    name: str


FAUBOURG = Actor(ref=None, name="Faubourg")

"""What a resident has told so far: it travels from step to step in the page itself, without a session."""

import math
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ..services.reachable import Contact

MOST_SIGNS = 4000


@dataclass(slots=True)
class Told:
    """Texts as typed. `place` is the value of a `queries.where.Candidate`, « point » for `lon` and `lat`."""

    client_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    category: str = ""
    place: str = ""
    lon: str = ""
    lat: str = ""
    accuracy: str = ""
    place_words: str = ""
    photo: str = ""
    text: str = ""
    answer_by: str = "none"
    address: str = ""
    name: str = ""
    postal: str = ""
    consent: str = ""
    qr: str = ""
    # Since when this page waits, signed: see views/robots.py.
    patience: str = ""

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> "Told":
        """From a form; what is missing keeps its default."""
        names = [one.name for one in fields(cls)]
        return cls(**{name: str(posted[name])[:MOST_SIGNS] for name in names if name in posted})

    def hidden(self, *shown: str) -> Iterator[tuple[str, str]]:
        """Names and values to carry on, without those that the step shows itself."""
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name not in shown and value:
                yield one.name, value

    @property
    def uuid(self) -> uuid.UUID:
        """That of the report; another one when somebody tampered with it."""
        try:
            return uuid.UUID(self.client_id)
        except ValueError:
            return uuid.uuid4()

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude of the map; None when they are no numbers of this Earth."""
        lon, lat = number(self.lon), number(self.lat)
        if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
            return None
        return lon, lat

    @property
    def accuracy_m(self) -> int | None:
        """Whole metres, as the phone says."""
        metres = number(self.accuracy)
        return None if metres is None or metres < 0 else min(math.ceil(metres), 100_000)

    @property
    def contact(self) -> Contact:
        """How to be told."""
        return Contact(self.answer_by, self.address, self.name, self.postal)


def number(typed: Any) -> float | None:
    """A finite number, or None."""
    try:
        value = float(str(typed).replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None

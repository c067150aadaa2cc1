"""The clock of Paris, to the second: when a step was done, whatever the clock of whoever gives the moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Moment(datetime):
    """A moment in a sentence: « 23/01/2015 à 23:59:59 », on the clock of Paris."""

    def __str__(self) -> str:
        return f"{self.strftime('%d/%m/%Y')} à {self.strftime('%H:%M:%S')}"

    def __format__(self, spec: str) -> str:
        return str(self)


def in_paris(at: datetime) -> Moment:
    """The second in Paris that an aware moment belongs to. Raises ValueError when it is naive."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be judged: make it aware")
    local = at.astimezone(PARIS)
    return Moment(
        local.year, local.month, local.day, local.hour, local.minute, local.second,
        tzinfo=PARIS, fold=local.fold,
    )  # fmt: skip


def is_plain(naive: datetime) -> bool:
    """Whether the clock of Paris shows this hour exactly once that day."""
    one, other = (naive.replace(tzinfo=PARIS, fold=fold).utcoffset() for fold in (0, 1))
    return one == other

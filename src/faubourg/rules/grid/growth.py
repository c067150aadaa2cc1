"""How many people the components of a sweep hold, at every threshold."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .lattice import Floats, Ints

Times = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Growth:
    """For the cell that arrives at each time, shape (n,): people of its component before it and with it.

    Before: those of the eldest place that it touches. Joined: the others (a time and their people each).
    """

    before: Floats
    after: Floats
    joined_at: Times
    joined: Floats

    def large(self, times: Ints, least: float) -> tuple[Ints, Floats]:
        """Once so many cells arrived: how many components of `least` people or more, and their people."""
        was, now, gone = self.before >= least, self.after >= least, self.joined >= least
        size = len(self.after)
        count = now.astype(np.int64) - was - np.bincount(self.joined_at[gone], minlength=size)
        people = self.after * now - self.before * was
        people -= np.bincount(self.joined_at[gone], weights=self.joined[gone], minlength=size)
        counts, totals = (np.concatenate([[0], np.cumsum(a)]) for a in (count, people))
        return counts[times], totals[times]


def grown(people: Floats, basin: Times, met: Times, into: Times) -> Growth:
    """People and basin of each cell in the order of times; when each basin ends, and in which."""
    size = len(people)
    survivor = _survivor(basin, np.arange(size, dtype=np.int32), met, into)
    ended = np.flatnonzero(met < size)
    ended = ended[np.argsort(met[ended], kind="stable")]
    elder = _survivor(into[ended], met[ended], met, into)
    whole = np.bincount(survivor, weights=people, minlength=len(met)).tolist()
    for young, old in zip(ended.tolist(), elder.tolist(), strict=True):
        whole[old] += whole[young]
    joined = np.array(whole)[ended]
    arriving = people + np.bincount(met[ended], weights=joined, minlength=size)
    # Place after place, each in the order of times.
    kept = size.bit_length()
    chain = np.sort((survivor.astype(np.int64) << kept) | np.arange(size))
    owner, time = chain >> kept, chain & ((1 << kept) - 1)
    total = np.cumsum(arriving[time])
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    base = np.concatenate([[0.0], total])[starts]
    after = np.empty(size)
    after[time] = total - np.repeat(base, np.diff(starts, append=size))
    before = after - arriving
    return Growth(before, after, met[ended], joined)


def _survivor(basin: Times, when: Times, met: Times, into: Times) -> Times:
    """The basin that holds each of these, once those that met by then are one."""
    found = basin.copy()
    moving = np.flatnonzero(met[found] <= when)
    while len(moving):
        found[moving] = into[found[moving]]
        moving = moving[met[found[moving]] <= when[moving]]
    return found

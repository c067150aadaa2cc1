"""What costs much to make and is asked again as it is: the latest ones stay in this process's memory.

Keyed by everything that they are made of, so that nothing is ever out of date, and what was erased from the
database is only forgotten here: no copy reaches a disk.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable


class Made:
    """The latest made files, `most` bytes of them in all; safe between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """What was made under that key, made now if it is not there any more; what `make` raises goes on."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        content = make()
        with self._lock:
            self._held[key] = content
            self._held.move_to_end(key)
            size = sum(map(len, self._held.values()))
            while size > self.most:
                size -= len(self._held.popitem(last=False)[1])
        return content

    def forget(self) -> None:
        """Everything is made anew."""
        with self._lock:
            self._held.clear()

"""How many examples a costly property is tried on: few in `make test`, many more in `make test-slow`."""

import os

from hypothesis import settings

TIMES = int(os.environ.get("FAUBOURG_TEST_EXAMPLES", "1"))


def at_most(examples: int) -> settings:
    """For a property whose one example costs a tenth of a second or more: `@at_most(25)`."""
    return settings(max_examples=examples * TIMES)

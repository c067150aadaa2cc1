"""What is sent without an account comes from people: a hidden field that only programmes fill, and a pace."""

from django.core.cache import cache
from django.http import HttpRequest

from faubourg.people.lockout import address_of

# A field that no page shows; a programme fills whatever has a name.
TRAP = "website"
MOST_AN_HOUR = 40
_HOUR = 3600


def is_robot(request: HttpRequest) -> bool:
    """Whether the trap was filled."""
    return bool(request.POST.get(TRAP))


def too_fast(request: HttpRequest, what: str = "sent") -> bool:
    """Whether this address sent more in an hour than a whole building would; counted by each process.

    `what` is counted apart: what is sent for good, photographs that wait.
    """
    key = f"proximity-pace:{what}:{address_of(request)}"
    if cache.add(key, 1, _HOUR):
        return False
    try:
        return int(cache.incr(key)) > MOST_AN_HOUR
    except ValueError:  # it ran out in between
        return False

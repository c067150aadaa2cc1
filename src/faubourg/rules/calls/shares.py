"""A sum cut into parts to the cent: the parts make the sum, none strays from its due by a cent."""

from collections.abc import Sequence


def exact_shares(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`cents` in proportion to the weights, by largest remainder; between equals, the first one.

    Raises ValueError for a negative number, or for a sum that no weight can bear.

    >>> exact_shares(100, [1, 1, 1])
    (34, 33, 33)
    """
    total = sum(weights)
    if cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("a share is never negative")
    if not total:
        if cents:
            raise ValueError("a sum needs a weight to bear it")
        return tuple(0 for _weight in weights)
    parts = [divmod(cents * weight, total) for weight in weights]
    lacking = cents - sum(whole for whole, _rest in parts)
    first = sorted(range(len(parts)), key=lambda rank: (-parts[rank][1], rank))[:lacking]
    raised = frozenset(first)
    return tuple(whole + (rank in raised) for rank, (whole, _rest) in enumerate(parts))

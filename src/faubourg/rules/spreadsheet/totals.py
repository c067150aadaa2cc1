"""A printed total beside the sum of the rows above it: reported, never imported as a place."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ..verdict import Reason, mark
from .cells import shown

_TOTALS = re.compile(r"^(sous )?(total|totaux|ensemble|somme|total general|cumul)( |$)")


def is_total(folded: str) -> bool:
    """« Total », « Ensemble de l’agglomération », « Sous-total »: a row that sums others, never a place."""
    return bool(_TOTALS.match(folded))


def check_total(announced: Decimal, values: Sequence[Decimal], hidden: int) -> Reason | None:
    """None when the printed total is the sum; with hidden values it may only be as large or larger."""
    counted = sum(values, Decimal(0))
    if announced == counted or (hidden and announced >= counted):
        return None
    return Reason(
        code="broken-total",
        met=False,
        template=mark(
            "Le total imprimé est {announced}, la somme des {count} lignes est {counted} (écart "
            "{gap}). Un total n’est jamais importé."
        ),
        params={
            "announced": shown(announced),
            "counted": shown(counted),
            "count": len(values),
            "gap": shown(announced - counted),
        },
        threshold=counted,
        operand=announced,
    )

"""What every page of a call says of its rules: their vintage, their sentences, what is open now."""

from typing import Any

from django.utils import timezone

from faubourg.rules.calls import Step, opening

from ..explaining import STEPS, badge_of, explained, window_in_words
from ..models import Call
from ..queries.calls import receives, rules_of


def rules_told(call: Call) -> dict[str, Any]:
    """For the context of a page; `rules` is None as long as the call has none."""
    rules = rules_of(call)
    if rules is None:
        return {"rules": None}
    now = timezone.now()
    windows = [
        {
            "name": STEPS[window.step],
            "when": window_in_words(window),
            "phase": opening(window.step, rules, now).phase.value,
            "receives": receives(call, window.step, now),
        }
        for window in rules.windows
    ]
    return {
        "rules": rules,
        "badge": badge_of(rules),
        "sections": explained(rules),
        "windows": windows,
        "takes_intents": receives(call, Step.INTENT, now),
        "takes_dossiers": receives(call, Step.APPLICATION, now),
    }

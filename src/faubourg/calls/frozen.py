"""A verdict kept with what it judged, and read again years later in the reader's language.

Kept as a list of reasons: code, met, template, params, threshold, operand, source, decides. Money and days
are written as text when they are kept: what was said then is what is shown now.
"""

from datetime import date
from typing import Any

from faubourg.rules.money_ladder import Cents
from faubourg.rules.verdict import LegalSource, Reason, Verdict

from .models import Application


def frozen_verdict(application: Application) -> Verdict:
    """The reasons that stood when it was submitted; empty when none were kept."""
    return Verdict(tuple(_reason(told) for told in application.verdict if isinstance(told, dict)))


def _reason(told: dict[str, Any]) -> Reason:
    sentence = str(told.get("sentence", ""))
    template = str(told.get("template", "")) or sentence.replace("{", "{{").replace("}", "}}")
    source = told.get("source")
    return Reason(
        str(told.get("code", "")),
        told.get("met"),
        template,
        {name: _value(value) for name, value in (told.get("params") or {}).items()},
        told.get("threshold"),
        told.get("operand"),
        _source(source) if source else None,
        bool(told.get("decides", True)),
    )


def _source(told: Any) -> LegalSource:
    if isinstance(told, dict):
        return LegalSource(str(told.get("text", "")), str(told.get("article", "")))
    return LegalSource(str(told))


def _value(told: Any) -> object:
    """Money and days as they were: {"cents": 200000}, {"day": "2015-01-23"}."""
    if isinstance(told, dict) and "cents" in told:
        return Cents(told["cents"])
    if isinstance(told, dict) and "day" in told:
        return date.fromisoformat(told["day"])
    return told

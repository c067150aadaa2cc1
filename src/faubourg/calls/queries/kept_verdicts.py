"""What judged a dossier, as it is kept with it: thresholds, operands, sources and sentences of that day."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from faubourg.base.sentences import in_words
from faubourg.rules.verdict import LegalSource, Reason, Verdict

from ..models import Application, RuleSetVersion
from .verdicts import Judged


def frozen(found: Judged, version: RuleSetVersion | None, at: datetime) -> list[dict[str, Any]]:
    """Rows for `Application.verdict`: the rule set and its version first, then each reason, in French."""
    moment = timezone.localtime(at).isoformat(timespec="seconds")
    head: dict[str, Any] = {"code": "rule-set", "met": True, "decides": False, "at": moment}
    if version is not None and found.rule_set is not None:
        head |= {
            "sentence": f"Jugé selon « {version.name} », version {version.number}.",
            "operand": version.code,
            "threshold": version.number,
            "source": str(found.rule_set.source),
        }
    with translation.override("fr"):
        return [head, *(_row(reason) for reason in found.verdict.reasons)]


def kept_verdict(application: Application) -> Verdict:
    """The reasons of the day of the submission: a later edit of the rules changes nothing of them."""
    return Verdict(tuple(_read(row) for row in application.verdict))


def _row(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "met": reason.met,
        "decides": reason.decides,
        "sentence": in_words(reason),
        "threshold": _plain(reason.threshold),
        "operand": _plain(reason.operand),
        "source": str(reason.source or ""),
    }


def _read(row: dict[str, Any]) -> Reason:
    # A sentence that was filled in has no places left: what looks like one was typed by somebody.
    sentence = str(row.get("sentence", "")).replace("{", "{{").replace("}", "}}")
    source = LegalSource(row["source"]) if row.get("source") else None
    weighed = (row.get("threshold"), row.get("operand"))
    return Reason(row["code"], row["met"], sentence, {}, *weighed, source, row.get("decides", True))


def _plain(value: object) -> Any:
    """As JSON keeps it: numbers, yes or no and texts as they are, days in ISO, the rest in words."""
    match value:
        case bool() | None:
            return value
        case str():
            return str(value)
        case int():
            return int(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(each) for each in value]
    return str(value)

"""Writing rule sets: created, written while a draft, published, frozen with their call, retired.

What is published no longer changes: another version says why it replaces it.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls import read
from faubourg.rules.verdict import Verdict, mark

from ..models import RuleSetVersion
from .moving import locked

# The acts of the journal.
FROZEN = "calls.rules.frozen"
MADE = "calls.rules.made"
PUBLISHED = "calls.rules.published"
RETIRED = "calls.rules.retired"
WRITTEN = "calls.rules.written"
Status = RuleSetVersion.Status
# The columns that repeat what the text says, with their longest, so that lists read them.
COLUMNS = {"name": 200, "instrument": 60, "authority": 200}
ROW_KEYS = ("id", "version", "status")
BLANK: dict[str, Any] = {
    "scope": {"kind": "region", "codes": []},
    "source": {"text": "à compléter"},
    "measures": [{"code": "m1", "name": "Première mesure"}],
}


@transaction.atomic
def create_rule_set(*, code: str, told: Mapping[str, Any], by: Actor) -> RuleSetVersion:
    """The first version of a set. Refused when the code is taken or when the set does not read."""
    if RuleSetVersion.objects.filter(code=code).exists():
        sentence = mark("Le code {taken} est déjà pris : choisissez-en un autre, ou faites une version.")
        raise Refused(Verdict.no("code", sentence, taken=code))
    made = RuleSetVersion(code=code, number=1, written_by=by.ref, written_by_name=by.name)
    return _keep(made, told, by=by, act=MADE)


@transaction.atomic
def new_version(*, of: RuleSetVersion, why: str, by: Actor) -> RuleSetVersion:
    """A draft that starts from a version and says why it will replace it."""
    if not why.strip():
        sentence = mark("Écrivez pourquoi il faut une nouvelle version : elle le dira toujours.")
        raise Refused(Verdict.no("why", sentence))
    locked(of)
    last = RuleSetVersion.objects.filter(code=of.code).aggregate(last=Max("number"))["last"]
    made = RuleSetVersion(
        code=of.code,
        number=last + 1,
        organisation=of.organisation,
        supersedes=of,
        why=why.strip()[:400],
        written_by=by.ref,
        written_by_name=by.name,
    )
    return _keep(made, deepcopy(of.told), by=by, act=MADE, reason=made.why)


@transaction.atomic
def bring_rule_set(*, code: str, told: Mapping[str, Any], why: str, by: Actor) -> RuleSetVersion:
    """A set that came as a file: a new one, or a version of the one that has its code."""
    last = RuleSetVersion.objects.filter(code=code).order_by("-number").first()
    if last is None:
        return create_rule_set(code=code, told=told, by=by)
    made = new_version(of=last, why=why, by=by)
    return write_rule_set(rule_set=made, told=told, base_version=made.version, by=by)


@transaction.atomic
def write_rule_set(
    *, rule_set: RuleSetVersion, told: Mapping[str, Any], base_version: int, by: Actor
) -> RuleSetVersion:
    """What a draft says now. Refused when it is no longer one; Conflict when somebody wrote meanwhile."""
    row = locked(rule_set)
    if row.status != Status.DRAFT:
        raise Refused(may_write(row))
    row = locked(rule_set, base_version)
    row.version += 1
    return _keep(row, told, by=by, act=WRITTEN)


def may_write(rule_set: RuleSetVersion) -> Verdict:
    """Only a draft changes."""
    if rule_set.status == Status.DRAFT:
        return Verdict.yes()
    return Verdict.no(
        "rule_set_is_written",
        mark("Cette version est publiée ou figée : elle ne change plus. Faites-en une nouvelle version."),
    )


@transaction.atomic
def publish_rule_set(*, rule_set: RuleSetVersion, by: Actor) -> None:
    """From then on a call may take it, and it no longer changes."""
    _pass(rule_set, (Status.DRAFT,), Status.PUBLISHED, act=PUBLISHED, by=by)


@transaction.atomic
def retire_rule_set(*, rule_set: RuleSetVersion, why: str, by: Actor) -> None:
    """No new call takes it; the calls that have it keep it."""
    if not why.strip():
        raise Refused(Verdict.no("why", mark("Écrivez pourquoi cette version est retirée.")))
    sources = (Status.DRAFT, Status.PUBLISHED, Status.FROZEN)
    _pass(rule_set, sources, Status.RETIRED, act=RETIRED, by=by, reason=why.strip())


def freeze_rule_set(*, rule_set: RuleSetVersion, by: Actor) -> RuleSetVersion:
    """With the call that is published under it; a frozen one stays as it is. Inside a transaction."""
    row = locked(rule_set)
    if row.status == Status.FROZEN:
        return row
    if row.status != Status.PUBLISHED:
        sentence = mark(
            "Publiez d’abord ce jeu de règles : un appel ne gèle ni un brouillon ni un jeu retiré."
        )
        raise Refused(Verdict.no("call_rules", sentence))
    row.frozen_at = timezone.now()
    return _mark(row, Status.FROZEN, act=FROZEN, by=by)


def _pass(
    rule_set: RuleSetVersion, sources: tuple[str, ...], target: str, *, act: str, by: Actor, reason: str = ""
) -> None:
    row = locked(rule_set)
    if row.status not in sources:
        sentence = mark("Cette version est déjà {status} : rien n’a été changé.")
        raise Refused(Verdict.no("rule_set_status", sentence, status=str(row.get_status_display())))
    _mark(row, target, act=act, by=by, reason=reason)


def _mark(row: RuleSetVersion, status: str, *, act: str, by: Actor, reason: str = "") -> RuleSetVersion:
    before = row.status
    row.status = status
    row.version += 1
    row.save()
    _tell(row, act, by, before={"status": before}, after={"status": status}, reason=reason)
    return row


def _keep(
    row: RuleSetVersion, told: Mapping[str, Any], *, by: Actor, act: str, reason: str = ""
) -> RuleSetVersion:
    """Read, then written: the columns follow the text. Refused with every problem, its path as its code."""
    text = {key: value for key, value in told.items() if key not in ROW_KEYS}
    found = read({**text, "id": row.code, "version": row.number})
    if found.rule_set is None:
        raise Refused(Verdict(found.problems))
    before = {name: getattr(row, name) for name in COLUMNS} if row.pk else {}
    for name, longest in COLUMNS.items():
        setattr(row, name, getattr(found.rule_set, name)[:longest])
    row.valid_from, row.valid_to = found.rule_set.valid_from, found.rule_set.valid_to
    row.told = plain(text)
    row.save()
    after = {name: getattr(row, name) for name in COLUMNS} | {"number": row.number}
    _tell(row, act, by, before=before, after=after, reason=reason)
    return row


def plain(value: Any) -> Any:
    """As JSON keeps it: words and days of Python become their text."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str) else value


def _tell(
    row: RuleSetVersion,
    act: str,
    by: Actor,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    journal.record(by=by, act=act, kind="ruleset", ref=str(row.pk), before=before, after=after, reason=reason)

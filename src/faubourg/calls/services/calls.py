"""Preparing, publishing and running a call; its state follows its clock, whoever looks or writes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from faubourg.base import journal, search
from faubourg.base.actor import FAUBOURG, Actor
from faubourg.base.refusal import Refused
from faubourg.rules.calls import due_moves, opening
from faubourg.rules.calls.circuits import CALL
from faubourg.rules.calls.rule_set import RuleSet, Step
from faubourg.rules.verdict import Verdict, mark

from ..models import Call, RuleSetVersion
from ..queries.call_guards import guards_of
from ..queries.calls import CLOCKED, DRAFTS, rules_of
from ..queries.findable import findable_calls
from .moving import keep, locked, move
from .rules import freeze_rule_set

# The acts of the journal.
MADE = "calls.call.made"
RULES_CHANGED = "calls.call.rules_changed"
WRITTEN = "calls.call.written"
TEXTS = ("title", "presentation", "contact", "appeal_route", "missing_report", "opinion_days")
# Once published, what a call is about no longer changes; its words do.
FIXED = ("year", "lead", "territory", "rule_set")
TOLD = ("title", "year", "presentation", "contact", "appeal_route")


@transaction.atomic
def create_call(*, fields: Mapping[str, Any], by: Actor) -> Call:
    """A draft; `fields` holds what `TEXTS` and `FIXED` name, and its `contracts`."""
    call = Call(written_by=by.ref, written_by_name=by.name, state="")
    for name in (*TEXTS, *FIXED):
        if name in fields:
            setattr(call, name, fields[name])
    year = "" if str(call.year) in call.title else f" {call.year}"
    call.code = _free_code(f"{call.title}{year}")
    call.state = "draft"
    call.save()
    call.contracts.set(fields.get("contracts", ()))
    call.steps.create(after="draft", move="create", on=timezone.localdate(), by=by.ref, by_name=by.name)
    _tell(call, act=MADE, by=by, after={name: getattr(call, name) for name in TOLD})
    return call


@transaction.atomic
def write_call(*, call: Call, fields: Mapping[str, Any], base_version: int, by: Actor) -> Call:
    """Its texts at any time; what it is about, as long as it is not published. Conflict when it moved."""
    row = locked(call, base_version)
    draft = row.state in DRAFTS
    names = (*TEXTS, *FIXED) if draft else TEXTS
    before = {name: getattr(row, name) for name in TOLD}
    for name in names:
        if name in fields:
            setattr(row, name, fields[name])
    row.version += 1
    row.save()
    if draft and "contracts" in fields:
        row.contracts.set(fields["contracts"])
    _tell(row, act=WRITTEN, by=by, before=before, after={name: getattr(row, name) for name in TOLD})
    _announce(row)
    return row


@transaction.atomic
def act_on_call(
    *,
    call: Call,
    doing: str,
    by: Actor,
    note: str = "",
    base_version: int | None = None,
    at: datetime | None = None,
) -> Call:
    """One act of the circuit; the clock first does what it has made due. Publishing freezes the rules."""
    moment = at or timezone.now()
    row = locked(call, base_version)
    _keep_due(row, moment)
    if doing == "publish" and CALL.may_start(doing, row.state).ok and row.rule_set is not None:
        row.published_at = moment
        if "grid" in guards_of(row, doing, moment):
            freeze_rule_set(rule_set=row.rule_set, by=by)
    move(row, CALL, doing, by=by, given=guards_of(row, doing, moment), note=note)
    if doing == "publish":
        _keep_due(row, moment)
    _announce(row)
    return row


@transaction.atomic
def change_rules(*, call: Call, rule_set: RuleSetVersion, why: str, by: Actor) -> Call:
    """A later version for a call already published, before its examination: what was judged stays so."""
    row = locked(call)
    _keep_due(row, timezone.now())
    if row.state not in (*CLOCKED, "applications_closed"):
        sentence = mark("Les règles d’un appel changent de version entre sa publication et son instruction.")
        raise Refused(Verdict.no("call_state", sentence))
    if not why.strip():
        raise Refused(Verdict.no("why", mark("Écrivez pourquoi les règles changent : c’est publié.")))
    old = row.rule_set
    if old is None or rule_set.code != old.code or rule_set.number <= old.number:
        sentence = mark("Seule une version plus récente du même jeu de règles peut le remplacer.")
        raise Refused(Verdict.no("rule_set", sentence))
    row.rule_set = freeze_rule_set(rule_set=rule_set, by=by)
    row.version += 1
    row.save()
    told = {"rule_set": str(row.rule_set)}
    _tell(row, act=RULES_CHANGED, by=by, before={"rule_set": str(old)}, after=told, reason=why.strip()[:400])
    return row


@transaction.atomic
def follow_clock(*, call: Call, at: datetime | None = None) -> bool:
    """Write the moves that the clock has made due; whether there were any."""
    row = locked(call)
    return _keep_due(row, at or timezone.now())


def tick(*, at: datetime | None = None) -> int:
    """The same for every call that a clock may move; how many moved."""
    return sum(
        follow_clock(call=call, at=at) for call in Call.objects.filter(state__in=CLOCKED).order_by("pk")
    )


def _keep_due(row: Call, at: datetime) -> bool:
    """Each due move under the hour of its window, by nobody."""
    rules = rules_of(row)
    acts = due_moves(row.state, rules, at) if row.state in CLOCKED else ()
    for act in acts:
        on = timezone.localtime(_hour_of(act, rules, at)).date() if rules else timezone.localdate()
        keep(row, CALL, act, by=FAUBOURG, on=on)
    return bool(acts)


def _hour_of(act: str, rules: RuleSet, at: datetime) -> datetime:
    """When the clock did it: the end or the beginning of its window, now when the rules do not say."""
    step = Step.INTENT if act.endswith("intents") else Step.APPLICATION
    found = opening(step, rules, at)
    hour = found.closes if act.startswith("close") else found.opens
    return hour or at


def _free_code(text: str) -> str:
    base = slugify(text.replace("’", " "))[:50].strip("-") or "appel"
    taken = set(Call.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(
        code for rank in range(len(taken) + 1) if (code := f"{base}-{rank}" if rank else base) not in taken
    )


def _announce(row: Call) -> None:
    """A published call is found by its name."""
    if row.state in DRAFTS:
        search.withdraw("call", [row.code])
    else:
        search.announce(findable_calls(row))


def _tell(
    row: Call,
    *,
    act: str,
    by: Actor,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    journal.record(by=by, act=act, kind="call", ref=str(row.pk), before=before, after=after, reason=reason)

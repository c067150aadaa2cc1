"""Juries and who sits: made from the rules of the call, seats given and ended, interests declared."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person
from faubourg.rules.calls.rule_set import Jury as JuryRule
from faubourg.rules.verdict import Verdict, mark

from ..access import may_vote
from ..models import Call, Interest, Juror, Jury
from ..queries.calls import rules_of
from .moving import locked
from .standing_back import unname_drafts

DEFAULT = (JuryRule("jury", mark("Jury")),)
LONGEST_REASON = 300
NO_ACCOUNT = mark(
    "Aucun compte n’est ouvert à ce nom : qui vote déclare ses intérêts avec son compte. Écrivez son adresse "
    "électronique, ou demandez-lui de créer un compte."
)


def create_juries(*, call: Call, by: Actor) -> list[Jury]:
    """One jury a contract for each territorial jury of the rules, one for each fallback; nothing twice."""
    rules = rules_of(call)
    with transaction.atomic():
        locked(call)
        standing = set(call.juries.values_list("name", flat=True))
        made = []
        for rule in (rules.juries if rules else ()) or DEFAULT:
            for name, contract in _wanted(rule, list(call.contracts.all())):
                if name in standing:
                    continue
                jury = Jury.objects.create(
                    call=call, code=rule.code, name=name, contract=contract, fallback=rule.fallback
                )
                made.append(jury)
                journal.record(by=by, act="jury.created", kind="jury", ref=str(jury.pk), after={"name": name})
    return made


def _wanted(rule: JuryRule, contracts: list[Contract]) -> list[tuple[str, Contract | None]]:
    if rule.fallback or not contracts:
        return [(rule.name[:200], None)]
    return [(f"{rule.name} – {contract.name}"[:200], contract) for contract in contracts]


def update_jury(*, jury: Jury, values: Mapping[str, Any], base_version: int, by: Actor) -> Jury:
    """Its name and the share of its voting members that have to be here."""
    with transaction.atomic():
        held = locked(jury, base_version)
        before = {"name": held.name, "quorum_bp": held.quorum_bp}
        if Jury.objects.filter(call=held.call_id, name=values["name"]).exclude(pk=held.pk).exists():
            raise Refused(Verdict.no("name", mark("Un autre jury de cet appel porte déjà ce nom.")))
        held.name, held.quorum_bp = values["name"], values["quorum_bp"]
        held.version += 1
        held.save()
        after = {"name": held.name, "quorum_bp": held.quorum_bp}
        journal.record(by=by, act="jury.edited", kind="jury", ref=str(held.pk), before=before, after=after)
    return held


def add_juror(
    *,
    jury: Jury,
    person: Person | None,
    name: str,
    organisation: Organisation | None,
    quality: str,
    votes: bool,
    by: Actor,
) -> Juror:
    """Give a seat. Who votes has an account, for interests are held against it; a technician never votes."""
    refuse_unless(_may_sit(jury, person, votes=votes))
    with transaction.atomic():
        held = locked(jury)
        seat = held.jurors.filter(person=person).first() if person else None
        if seat is not None and seat.left_on is None:
            raise Refused(Verdict.no("person", mark("{name} siège déjà à ce jury."), name=seat.name))
        seat = seat or Juror(jury=held, person=person)
        seat.name = str(person) if person else name
        seat.organisation, seat.quality, seat.votes = organisation, quality, votes
        seat.left_on, seat.order = None, held.jurors.count() + 1
        seat.save()
        journal.record(
            by=by,
            act="jury.juror.added",
            kind="jury",
            ref=str(held.pk),
            after={"juror": seat.name, "votes": votes, "organisation": str(organisation or "")},
            personal={"after.juror": seat.name},
            about=person.ref if person else None,
        )
    return seat


def _may_sit(jury: Jury, person: Person | None, *, votes: bool) -> Verdict:
    """Who votes has an account and examines nothing; whoever is only heard may have none."""
    if not votes:
        return Verdict.yes()
    return may_vote(person, jury.call) if person else Verdict.no("person", NO_ACCOUNT)


def end_juror(*, juror: Juror, by: Actor) -> Juror:
    """The seat ends today; what the member declared, marked and voted stays."""
    with transaction.atomic():
        held = locked(juror)
        if held.left_on is None:
            held.left_on = timezone.localdate()
            held.save(update_fields=["left_on"])
            journal.record(
                by=by,
                act="jury.juror.left",
                kind="jury",
                ref=str(held.jury_id),
                after={"juror": held.name},
                personal={"after.juror": held.name},
                about=held.person.ref if held.person else None,
            )
    return held


def declare_interests(*, juror: Juror, links: Mapping[Organisation, str], by: Actor) -> Juror:
    """Stand back from everything these organisations ask; an empty mapping declares that there is nothing.

    What was declared stays: a later declaration only adds. Raises Refused for a seat without an account.
    """
    person = juror.person
    if person is None:
        raise Refused(
            Verdict.no("person", mark("Ce siège n’a pas de compte : donnez-lui-en un pour déclarer."))
        )
    now = timezone.now()
    with transaction.atomic():
        held = locked(juror)
        for organisation, reason in links.items():
            interest, _new = Interest.objects.get_or_create(
                call_id=juror.jury.call_id,
                person=person,
                organisation=organisation,
                defaults={
                    "reason": reason[:LONGEST_REASON],
                    "declared_on": timezone.localdate(now),
                    "declared_by": by.ref,
                    "declared_by_name": by.name[:150],
                },
            )
            unname_drafts(interest)
        held.declared_at = now
        held.save(update_fields=["declared_at"])
        journal.record(
            by=by,
            act="jury.interests.declared",
            kind="jury",
            ref=str(held.jury_id),
            after={"juror": held.name, "organisations": len(links)},
            personal={"after.juror": held.name},
            about=person.ref,
        )
    return held

"""Moving a contract along its circuit: each step kept for good, with its act, its reason and its author."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.contracts.agreements import journal_key
from faubourg.contracts.models import Contract, ContractStep
from faubourg.contracts.queries.circuit import Circuit, circuit_of
from faubourg.rules.contract_circuit import BY_ACT, STATE_NAMES, UNDOABLE, Act, State
from faubourg.rules.contract_signing import may_move, may_validate
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory


def advance_contract(
    *,
    contract: Contract,
    act: Act,
    on: date | None,
    by: Actor,
    cited: str = "",
    reason: str = "",
    signed_on: date | None = None,
    ends_on: date | None = None,
) -> ContractStep:
    """Do one act of the table that somebody chooses; raises Refused with every reason.

    `cited` is the deliberation, order or minutes; `signed_on` and `ends_on` are asked for when a contract
    enters into force or is taken over in force.
    """
    with transaction.atomic():
        held, circuit = _held(contract)
        told: dict[str, object] = {"act": cited, "reason": reason}
        told |= {"signed_on": signed_on} if signed_on else {}
        told |= {"ends_on": ends_on} if ends_on else {}
        facts = circuit.facts(on=on, today=timezone.localdate(), **told)
        chosen = not BY_ACT[act].follows
        refuse_unless(may_move(act, facts) if chosen else _follows())
        assert on is not None
        if act is Act.ADOPT:
            held.signed_on = signed_on
        if act in (Act.ENTER_FORCE, Act.ADOPT):
            held.in_force_on, held.ends_on = on, ends_on or held.ends_on
        step = move(held, BY_ACT[act].target, on=on, by=by, cited=cited, reason=reason)
    contract.refresh_from_db()
    return step


def record_commune_validation(
    *, contract: Contract, commune: Territory, on: date | None, cited: str, by: Actor
) -> ContractStep:
    """The council of one commune validated; with the last one, the contract is validated by the communes."""
    with transaction.atomic():
        held, circuit = _held(contract)
        today = timezone.localdate()
        refuse_unless(may_validate(commune.name, circuit.facts(on=on, today=today, act=cited)))
        assert on is not None
        step = _keep(held, held.state, on=on, by=by, cited=cited, territory=commune)
        journal.record(
            by=by,
            act="contract.commune.validated",
            **journal_key(held),
            after={"commune": commune.name, "on": on.isoformat(), "cited": cited},
        )
        again = circuit_of(held)
        latest = max(line.step.on for line in again.communes if line.step)
        if may_move(Act.VALIDATE_COMMUNES, again.facts(on=latest, today=today)).ok:
            move(held, State.VALIDATED_COMMUNES, on=latest, by=by)
    contract.refresh_from_db()
    return step


def undo_step(*, contract: Contract, step: ContractStep, reason: str, by: Actor) -> ContractStep:
    """Undo what was recorded by mistake: the validation of a commune, or the last step; the trail keeps both.

    Raises Refused for a step that is not the last one, that a signature rests on, or without a reason.
    """
    if not reason.strip():
        raise Refused(Verdict.no("circuit_reason", mark("Dites en une phrase pourquoi.")))
    with transaction.atomic():
        held, circuit = _held(contract)
        found = next((each for each in circuit.standing if each.pk == step.pk), None)
        refuse_unless(_undoable(found, circuit))
        assert found is not None
        if found.territory_id and held.state == State.VALIDATED_COMMUNES and circuit.last_move:
            _undo(held, circuit.last_move, reason, by)
        undone = _undo(held, found, reason, by)
    contract.refresh_from_db()
    return undone


def move(
    held: Contract, to: State, *, on: date, by: Actor, cited: str = "", reason: str = ""
) -> ContractStep:
    """Write one step of a contract that is locked and whose verdict was read; the trail and the journal."""
    before = State(held.state)
    held.state = to.value
    held.version += 1
    held.save()
    step = _keep(held, before, on=on, by=by, cited=cited, reason=reason)
    journal.record(
        by=by,
        act="contract.advanced",
        **journal_key(held),
        before={"state": STATE_NAMES[before]},
        after={"state": STATE_NAMES[to], "on": on.isoformat(), "cited": cited},
        reason=reason,
    )
    return step


def _keep(
    held: Contract,
    before: str,
    *,
    on: date,
    by: Actor,
    cited: str = "",
    reason: str = "",
    territory: Territory | None = None,
    undoes: ContractStep | None = None,
) -> ContractStep:
    return ContractStep.objects.create(
        contract=held,
        before=before,
        after=held.state,
        on=on,
        act=cited.strip()[:200],
        reason=reason.strip()[:300],
        territory=territory,
        undoes=undoes,
        by=by.ref,
        by_name=by.name,
    )


def _undo(held: Contract, step: ContractStep, reason: str, by: Actor) -> ContractStep:
    before = held.state
    if not step.territory_id:
        held.state = step.before
        if step.after == State.IN_FORCE:
            held.in_force_on = None
            held.signed_on = held.signed_on if step.before else None
        held.version += 1
        held.save()
    written = _keep(
        held, before, on=timezone.localdate(), by=by, reason=reason, territory=step.territory, undoes=step
    )
    journal.record(
        by=by,
        act="contract.step.undone",
        **journal_key(held),
        before={"state": STATE_NAMES[State(before)], "commune": step.territory and step.territory.name},
        after={"state": STATE_NAMES[State(held.state)]},
        reason=reason,
    )
    return written


def _undoable(step: ContractStep | None, circuit: Circuit) -> Verdict:
    if step is None:
        return Verdict.no("circuit_step", mark("Cette étape est déjà annulée."))
    if step.territory_id:
        if circuit.state in (State.VALIDATED_EPCI, State.VALIDATED_COMMUNES) and any(
            line.step and line.step.pk == step.pk for line in circuit.communes
        ):
            return Verdict.yes()
        sentence = mark("Le contrat est allé plus loin : renvoyez-le au projet pour revenir là-dessus.")
        return Verdict.no("circuit_step", sentence)
    if circuit.standing[-1].pk == step.pk and State(step.after) in UNDOABLE:
        return Verdict.yes()
    sentence = mark(
        "Seule la dernière étape s’annule, et seulement si aucune signature n’en dépend : corrigez d’abord "
        "ce qui a suivi."
    )
    return Verdict.no("circuit_step", sentence)


def _held(contract: Contract) -> tuple[Contract, Circuit]:
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    return held, circuit_of(held)


def _follows() -> Verdict:
    sentence = mark(
        "Cette étape suit les signatures ou un avenant signé : enregistrez-les, elle viendra seule."
    )
    return Verdict.no("circuit_follows", sentence)

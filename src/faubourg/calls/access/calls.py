"""Who prepares and runs a call, who follows it, who writes rules.

The officer of a contract and the service of a funder run the calls of their territory; the State's delegate,
a commune's referent, an élu and an evaluator follow them; everybody reads a published call.
"""

from datetime import date

from faubourg.contracts.access import scopes_of as scopes_of_contract
from faubourg.people.access import SIGN_IN, Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict, mark

from ..models import Call, RuleSetVersion

Role = RoleGrant.Role
RUNNERS = frozenset({Role.CONTRACT_OFFICER, Role.FUNDER_OFFICER})
FOLLOWERS = RUNNERS | {Role.PREFECT_DELEGATE, Role.COMMUNE_REFERENT, Role.ELECTED, Role.EVALUATOR}
HIDDEN_STATES = frozenset({"draft", "reviewed"})


def scopes_of(call: Call) -> tuple[Scope, ...]:
    """Where a role runs this call: its code, its territory; without a territory, its contracts."""
    own: tuple[Scope, ...] = (("call", call.code),)
    if call.territory:
        return (*own, (call.territory.kind, call.territory.code))
    return (*own, *_contract_scopes(call))


def wider_scopes_of(call: Call) -> tuple[Scope, ...]:
    """Where a role follows it: the same, its contracts, and their départements."""
    departements = {contract.departement for contract in call.contracts.all() if contract.departement}
    return (
        *scopes_of(call),
        *_contract_scopes(call),
        *((place.kind, place.code) for place in departements),
    )


def _contract_scopes(call: Call) -> tuple[Scope, ...]:
    return tuple(scope for contract in call.contracts.all() for scope in scopes_of_contract(contract))


def needs(person: Visitor, ok: bool, code: str, template: str, **params: object) -> Verdict:
    """Signed in first; then `ok`, or the refusal that says what would make it a yes."""
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    return Verdict.yes() if ok else Verdict.no(code, template, **params)


def can_create_calls(person: Visitor, on: date | None = None) -> Verdict:
    """Prepare a new call: whoever runs calls somewhere."""
    return needs(
        person,
        holds(person, RUNNERS, None, on),
        "runners_create_calls",
        mark(
            "Un appel à projets est préparé par un·e chargé·e de mission de contrat de ville ou le service "
            "d’un financeur : demandez ce rôle à l’administrateur·rice de cette installation."
        ),
    )


def can_write_rules(person: Visitor, on: date | None = None) -> Verdict:
    """Write a rule set: the same people. One that is frozen no longer changes, whoever asks."""
    return can_create_calls(person, on)


def can_read_rules(person: Visitor, rule_set: RuleSetVersion, on: date | None = None) -> Verdict:
    """What was published is read by everybody, a draft by whoever writes rules."""
    if rule_set.status != RuleSetVersion.Status.DRAFT:
        return Verdict.yes()
    return can_write_rules(person, on)


def can_run_call(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Write its rules, envelopes and juries, publish it, decide on its dossiers."""
    return needs(
        person,
        holds(person, RUNNERS, scopes_of(call), on),
        "runners_of_the_call_only",
        mark(
            "« {call} » est conduit par {lead} : demandez-lui cette modification, ou un rôle sur cet appel à "
            "l’administrateur·rice de cette installation."
        ),
        call=call.title,
        lead=call.lead.name,
    )


def can_follow_call(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Read its workings: dossiers, envelopes, decisions; not those from which one stands back."""
    return needs(
        person,
        holds(person, FOLLOWERS, None, on)
        and (
            holds(person, FOLLOWERS, scopes_of(call), on)
            or holds(person, FOLLOWERS, wider_scopes_of(call), on)
        ),
        "partners_of_the_call_only",
        mark(
            "Les documents de travail de « {call} » sont lus par ses partenaires : demandez un rôle sur cet "
            "appel à l’administrateur·rice de cette installation."
        ),
        call=call.title,
    )


def can_read_call(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """A published call is read by everybody, a draft by its partners."""
    return Verdict.yes() if call.state not in HIDDEN_STATES else can_follow_call(person, call, on)

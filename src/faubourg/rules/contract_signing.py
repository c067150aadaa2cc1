"""What each act of the circuit asks for: a day, an act, every commune, every party, an end, a successor.

A contract is signed when each mandatory party has signed or has refused in writing with its reason, and
when somebody has signed; a refusal without a reason counts for nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from .contract_circuit import ALIVE, BY_ACT, LAW, SIGNED_TEXT, Act, State, may_start
from .verdict import Reason, Verdict, mark


@dataclass(frozen=True, slots=True)
class Party:
    """A signatory as it stands: signed that day, or refused with a written reason, or awaited."""

    name: str
    mandatory: bool = True
    signed_on: date | None = None
    refusal: str = ""

    @property
    def spoke(self) -> bool:
        """Whether nothing more is awaited of it."""
        return self.signed_on is not None or bool(self.refusal.strip())


@dataclass(frozen=True, slots=True)
class Facts:
    """What an act is judged on. `since` is the day of the present state, `on` that of the act.

    `communes`: every commune that has to validate, `validated`: those that did since the intercommunalité.
    """

    state: State
    on: date | None
    today: date
    since: date | None = None
    act: str = ""
    reason: str = ""
    communes: tuple[str, ...] = ()
    validated: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    signed_on: date | None = None
    ends_on: date | None = None
    successor: State | None = None


def awaited(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The mandatory parties of which a signature or a motivated refusal is awaited."""
    return tuple(party for party in parties if party.mandatory and not party.spoke)


def signed_state(parties: Iterable[Party]) -> State:
    """Where signatures alone put a contract that the steering committee validated."""
    told = tuple(parties)
    if not any(party.signed_on for party in told):
        return State.VALIDATED_STEERING
    return State.PARTLY_SIGNED if awaited(told) else State.SIGNED


def may_move(act: Act, facts: Facts) -> Verdict:
    """Every condition of an act: the state, its day, the act it cites, its reason, what it rests on."""
    guard = _GUARDS.get(act)
    reasons = [*may_start(act, facts.state).reasons]
    if act is Act.VALIDATE_STEERING and facts.state is State.VALIDATED_EPCI:
        reasons += _communes(facts)
    if not reasons:
        reasons = [*_day(facts), *_words(act, facts), *(guard(facts) if guard else ())]
    return Verdict(tuple(reasons))


def may_validate(commune: str, facts: Facts) -> Verdict:
    """Whether the validation of one commune may be recorded: in its turn, once, with its deliberation."""
    verdict = may_start(Act.VALIDATE_COMMUNES, facts.state)
    if not verdict.ok:
        return verdict
    if commune not in facts.communes:
        return Verdict.no(
            "circuit_commune",
            mark("{commune} n’a pas de quartier dans ce contrat : sa validation n’est pas attendue."),
            commune=commune,
        )
    if commune in facts.validated:
        return Verdict.no("circuit_commune", mark("{commune} a déjà validé le contrat."), commune=commune)
    reasons = [*_day(facts)]
    if not facts.act.strip():
        reasons.append(_missing_act())
    return Verdict(tuple(reasons))


def may_sign(party: Party, facts: Facts) -> Verdict:
    """Whether a signature or a refusal may be recorded now; an optional party may join a signed text."""
    if facts.state not in (State.VALIDATED_STEERING, State.PARTLY_SIGNED) and (
        party.mandatory or facts.state not in (State.SIGNED, *ALIVE)
    ):
        return may_start(Act.SIGN_PARTLY, facts.state)
    if party.spoke:
        sentence = mark("{party} s’est déjà prononcée : corrigez d’abord ce qui est enregistré.")
        return Verdict.no("circuit_party", sentence, party=party.name)
    # Parties sign on different days and are not recorded in that order: only the future is refused.
    return not_ahead(facts.on, facts.today)


def not_ahead(on: date | None, today: date) -> Verdict:
    """A day is told, and it has come."""
    return Verdict(_not_ahead(on, today))


def _day(facts: Facts) -> tuple[Reason, ...]:
    if facts.on is not None and facts.since is not None and facts.on < facts.since:
        sentence = mark("Le contrat est dans son état présent depuis le {since} : la suite vient après.")
        return (Reason("circuit_day", False, sentence, {"since": facts.since}, facts.since, facts.on),)
    return _not_ahead(facts.on, facts.today)


def _not_ahead(on: date | None, today: date) -> tuple[Reason, ...]:
    if on is None:
        return (Reason("circuit_day", False, mark("Dites quel jour.")),)
    if on > today:
        sentence = mark("Le {on} n’est pas encore arrivé : on enregistre ce qui a eu lieu.")
        return (Reason("circuit_day", False, sentence, {"on": on}, today, on),)
    return ()


def _missing_act() -> Reason:
    return Reason("circuit_act", False, mark("Citez l’acte : délibération, arrêté ou relevé, avec sa date."))


def _words(act: Act, facts: Facts) -> tuple[Reason, ...]:
    transition = BY_ACT[act]
    reasons = []
    if transition.cites_act and not facts.act.strip():
        reasons.append(_missing_act())
    if transition.asks_why and not facts.reason.strip():
        reasons.append(Reason("circuit_reason", False, mark("Dites en une phrase pourquoi.")))
    return tuple(reasons)


def _communes(facts: Facts) -> tuple[Reason, ...]:
    if not facts.communes:
        sentence = mark(
            "Aucune commune n’est connue pour ce contrat : rattachez d’abord ses quartiers, "
            "dont les communes valident."
        )
        return (Reason("circuit_communes", False, sentence, source=LAW),)
    missing = [name for name in facts.communes if name not in facts.validated]
    if not missing:
        return ()
    done, total = len(facts.communes) - len(missing), len(facts.communes)
    sentence = mark("Communes qui ont validé : {done} sur {total}. Il manque : {missing}.")
    params = {"done": done, "total": total, "missing": ", ".join(missing)}
    return (Reason("circuit_communes", False, sentence, params, total, done, LAW),)


def _parties(facts: Facts) -> tuple[Reason, ...]:
    if signed_state(facts.parties) is State.SIGNED:
        return ()
    missing = ", ".join(party.name for party in awaited(facts.parties))
    sentence = mark("Toutes les parties obligatoires ne se sont pas prononcées. Il manque : {missing}.")
    return (Reason("circuit_parties", False, sentence, {"missing": missing or "–"}, source=LAW),)


def _end_known(facts: Facts) -> tuple[Reason, ...]:
    if facts.ends_on is None:
        sentence = mark("Dites quand le contrat prend fin : les alertes en dépendent.")
        return (Reason("circuit_end", False, sentence),)
    if facts.on is not None and facts.ends_on < facts.on:
        sentence = mark("Un contrat ne prend pas fin avant d’entrer en vigueur.")
        return (Reason("circuit_end", False, sentence, {}, facts.on, facts.ends_on),)
    return ()


def _adopted(facts: Facts) -> tuple[Reason, ...]:
    reasons = [*_end_known(facts)]
    if facts.signed_on is None:
        reasons.append(Reason("circuit_signed", False, mark("Dites quel jour ce contrat a été signé.")))
    elif facts.on is not None and facts.signed_on > facts.today:
        reasons.append(Reason("circuit_signed", False, mark("Un contrat en vigueur est déjà signé.")))
    return tuple(reasons)


def _ended(facts: Facts) -> tuple[Reason, ...]:
    if facts.ends_on is None or facts.on is None or facts.on > facts.ends_on:
        return ()
    sentence = mark("Le contrat court jusqu’au {ends_on}, ce jour compris.")
    return (Reason("circuit_end", False, sentence, {"ends_on": facts.ends_on}, facts.ends_on, facts.on),)


def _succeeded(facts: Facts) -> tuple[Reason, ...]:
    if facts.successor in SIGNED_TEXT:
        return ()
    sentence = mark("Aucun contrat suivant, signé, ne prend la suite de celui-ci.")
    return (Reason("circuit_successor", False, sentence),)


_GUARDS: dict[Act, Callable[[Facts], tuple[Reason, ...]]] = {
    Act.ADOPT: _adopted,
    Act.VALIDATE_COMMUNES: _communes,
    Act.SIGN: _parties,
    Act.ENTER_FORCE: _end_known,
    Act.EXPIRE: _ended,
    Act.REPLACE: _succeeded,
}

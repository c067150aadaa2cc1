"""The circuit of a contrat de ville: préfiguration to signature, entry into force, reviews, end.

One table says which act leads where and from which states; nothing else decides it. Intercommunalité, then
communes, then steering committee, then signature (loi n° 2014-173, art. 6): out of order is refused.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import transitions
from .verdict import LegalSource, Verdict, mark

LAW = LegalSource("loi n° 2014-173 du 21 février 2014", "article 6", date(2014, 2, 23))


class State(StrEnum):
    """Where a contract stands; NONE is that of a contract only known from a published list."""

    NONE = ""
    PREFIGURATION = "prefiguration"
    DIAGNOSIS = "diagnosis"
    PROJECT = "project"
    CONCERTATION = "concertation"
    VALIDATED_EPCI = "validated_epci"
    VALIDATED_COMMUNES = "validated_communes"
    VALIDATED_STEERING = "validated_steering"
    PARTLY_SIGNED = "partly_signed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    MID_TERM = "mid_term"
    FINAL_REVIEW = "final_review"
    EXTENDED = "extended"
    EXPIRED = "expired"
    REPLACED = "replaced"


STATE_NAMES = {
    State.NONE: mark("non suivi ici"),
    State.PREFIGURATION: mark("en préfiguration"),
    State.DIAGNOSIS: mark("en diagnostic"),
    State.PROJECT: mark("en projet"),
    State.CONCERTATION: mark("en concertation"),
    State.VALIDATED_EPCI: mark("validé par l’intercommunalité"),
    State.VALIDATED_COMMUNES: mark("validé par les communes"),
    State.VALIDATED_STEERING: mark("validé par le comité de pilotage"),
    State.PARTLY_SIGNED: mark("en signature partielle"),
    State.SIGNED: mark("signé"),
    State.IN_FORCE: mark("en vigueur"),
    State.MID_TERM: mark("en évaluation à mi-parcours"),
    State.FINAL_REVIEW: mark("en évaluation finale"),
    State.EXTENDED: mark("prorogé"),
    State.EXPIRED: mark("échu"),
    State.REPLACED: mark("remplacé"),
}
# The text may change until somebody signs; while it is being validated, a change asks for a new round.
OPEN_TEXT = (
    State.NONE, State.PREFIGURATION, State.DIAGNOSIS, State.PROJECT, State.CONCERTATION,
    State.VALIDATED_EPCI, State.VALIDATED_COMMUNES, State.VALIDATED_STEERING,
)  # fmt: skip
UNDER_VALIDATION = (State.VALIDATED_EPCI, State.VALIDATED_COMMUNES, State.VALIDATED_STEERING)
ALIVE = (State.IN_FORCE, State.MID_TERM, State.FINAL_REVIEW, State.EXTENDED)
SIGNED_TEXT = (State.SIGNED, *ALIVE, State.EXPIRED, State.REPLACED)


class Act(StrEnum):
    """What somebody may do to the state of a contract."""

    FOLLOW = "follow"
    ADOPT = "adopt"
    DIAGNOSE = "diagnose"
    DRAFT = "draft"
    CONSULT = "consult"
    VALIDATE_EPCI = "validate-epci"
    VALIDATE_COMMUNES = "validate-communes"
    VALIDATE_STEERING = "validate-steering"
    SEND_BACK = "send-back"
    SIGN_PARTLY = "sign-partly"
    SIGN = "sign"
    UNSIGN = "unsign"
    UNSIGN_ALL = "unsign-all"
    ENTER_FORCE = "enter-force"
    MID_TERM = "mid-term"
    FINAL_REVIEW = "final-review"
    EXTEND = "extend"
    EXPIRE = "expire"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Transition(transitions.Transition[Act, State]):
    """One act of the table: whether an act must be cited, whether it says why.

    `follows` says that it is not chosen but follows from a signature or from an amendment.
    """

    cites_act: bool = False
    asks_why: bool = False
    follows: bool = False

    def asks(self) -> tuple[str, ...]:
        """The act that is cited, the reason that is told, the signature that decides."""
        told = (self.cites_act, "acte cité"), (self.asks_why, "motif"), (self.follows, "suit une signature")
        return tuple(text for asked, text in told if asked)


TRANSITIONS = (
    Transition(
        Act.FOLLOW, mark("Ouvrir la préfiguration"), (State.NONE,), State.PREFIGURATION,
        mark("Seul un contrat qui n’est pas encore suivi ici s’ouvre ; celui-ci est {state}."),
    ),
    Transition(
        Act.ADOPT, mark("Reprendre un contrat déjà en vigueur"), (State.NONE,), State.IN_FORCE,
        mark("Seul un contrat qui n’est pas encore suivi ici se reprend en vigueur ; celui-ci est {state}."),
        cites_act=True,
    ),
    Transition(
        Act.DIAGNOSE, mark("Commencer le diagnostic"), (State.PREFIGURATION,), State.DIAGNOSIS,
        mark("Le diagnostic suit la préfiguration ; le contrat est {state}."),
    ),
    Transition(
        Act.DRAFT, mark("Passer au projet"), (State.DIAGNOSIS,), State.PROJECT,
        mark("Le projet suit le diagnostic ; le contrat est {state}."),
    ),
    Transition(
        Act.CONSULT, mark("Ouvrir la concertation"), (State.PROJECT,), State.CONCERTATION,
        mark("La concertation suit le projet ; le contrat est {state}."),
    ),
    Transition(
        Act.VALIDATE_EPCI, mark("Valider par l’intercommunalité"),
        (State.CONCERTATION,), State.VALIDATED_EPCI,
        mark("L’intercommunalité valide après la concertation ; le contrat est {state}."), cites_act=True,
    ),
    Transition(
        Act.VALIDATE_COMMUNES, mark("Constater la validation de toutes les communes"),
        (State.VALIDATED_EPCI,), State.VALIDATED_COMMUNES,
        mark("Les communes valident après l’intercommunalité ; le contrat est {state}."),
    ),
    Transition(
        Act.VALIDATE_STEERING, mark("Valider par le comité de pilotage"),
        (State.VALIDATED_COMMUNES,), State.VALIDATED_STEERING,
        mark("Le comité de pilotage valide après toutes les communes ; le contrat est {state}."),
        cites_act=True,
    ),
    Transition(
        Act.SEND_BACK, mark("Renvoyer au projet"),
        (State.CONCERTATION, State.VALIDATED_EPCI, State.VALIDATED_COMMUNES, State.VALIDATED_STEERING),
        State.PROJECT,
        mark("Seul un contrat en concertation ou en validation revient au projet ; celui-ci est {state}."),
        asks_why=True,
    ),
    Transition(
        Act.SIGN_PARTLY, mark("Enregistrer une première signature"),
        (State.VALIDATED_STEERING,), State.PARTLY_SIGNED,
        mark("On signe après le comité de pilotage ; le contrat est {state}."), follows=True,
    ),
    Transition(
        Act.SIGN, mark("Constater la signature de toutes les parties"), (State.PARTLY_SIGNED,), State.SIGNED,
        mark("Le contrat est signé quand chaque partie s’est prononcée ; il est {state}."), follows=True,
    ),
    Transition(
        Act.UNSIGN, mark("Corriger une signature"), (State.SIGNED,), State.PARTLY_SIGNED,
        mark("Une signature se corrige avant l’entrée en vigueur ; le contrat est {state}."),
        asks_why=True, follows=True,
    ),
    Transition(
        Act.UNSIGN_ALL, mark("Corriger la seule signature"),
        (State.PARTLY_SIGNED,), State.VALIDATED_STEERING,
        mark("Seule une signature partielle se retire en entier ; le contrat est {state}."),
        asks_why=True, follows=True,
    ),
    Transition(
        Act.ENTER_FORCE, mark("Mettre en vigueur"), (State.SIGNED,), State.IN_FORCE,
        mark("Seul un contrat signé entre en vigueur ; celui-ci est {state}."),
    ),
    Transition(
        Act.MID_TERM, mark("Ouvrir l’évaluation à mi-parcours"), (State.IN_FORCE,), State.MID_TERM,
        mark("L’évaluation à mi-parcours s’ouvre sur un contrat en vigueur ; celui-ci est {state}."),
    ),
    Transition(
        Act.FINAL_REVIEW, mark("Ouvrir l’évaluation finale"),
        (State.IN_FORCE, State.MID_TERM, State.EXTENDED), State.FINAL_REVIEW,
        mark("L’évaluation finale s’ouvre sur un contrat en vigueur ou prorogé ; celui-ci est {state}."),
    ),
    Transition(
        Act.EXTEND, mark("Proroger par avenant signé"),
        (State.IN_FORCE, State.MID_TERM, State.FINAL_REVIEW, State.EXTENDED), State.EXTENDED,
        mark("Seul un contrat qui court encore se proroge ; celui-ci est {state}."), follows=True,
    ),
    Transition(
        Act.EXPIRE, mark("Constater l’échéance"),
        (State.IN_FORCE, State.MID_TERM, State.FINAL_REVIEW, State.EXTENDED), State.EXPIRED,
        mark("Seul un contrat qui court encore arrive à échéance ; celui-ci est {state}."),
    ),
    Transition(
        Act.REPLACE, mark("Constater le remplacement par le contrat suivant"),
        (State.IN_FORCE, State.MID_TERM, State.FINAL_REVIEW, State.EXTENDED, State.EXPIRED), State.REPLACED,
        mark("Seul un contrat en vigueur, prorogé ou échu est remplacé ; celui-ci est {state}."),
    ),
)  # fmt: skip
BY_ACT = {transition.act: transition for transition in TRANSITIONS}
# A step that somebody chose and that no signature rests on may be undone, with a reason.
UNDOABLE = tuple(t.target for t in TRANSITIONS if not t.follows and t.act not in (Act.SEND_BACK,))


def may_start(act: Act, state: State) -> Verdict:
    """Whether the act can be done at all from this state: what greys its button."""
    return BY_ACT[act].may_start(state, STATE_NAMES, "circuit_state")


def acts_from(state: State) -> tuple[Transition, ...]:
    """What somebody may choose from this state, in the order of the table."""
    return tuple(t for t in TRANSITIONS if state in t.sources and not t.follows)


def diagram() -> str:
    """The table as a Mermaid state diagram, French labels."""
    return transitions.drawn(TRANSITIONS, STATE_NAMES)

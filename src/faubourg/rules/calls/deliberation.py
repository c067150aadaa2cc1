"""What a jury may decide of one dossier: who counts, what the votes say, what the envelopes still hold.

Some breaches can be decided all the same, with a reason and the name of whoever decides it
(`needs_override`); the others cannot (`judge`). Money is integer cents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..money_ladder import Cents
from ..verdict import Reason, Verdict, mark


class Decision(StrEnum):
    """What a jury says of a dossier."""

    RETAINED = "retained"
    WITH_RESERVES = "retained_with_reserves"
    ADJOURNED = "adjourned"
    REJECTED = "rejected"


GRANTING = frozenset({Decision.RETAINED, Decision.WITH_RESERVES})


@dataclass(frozen=True, slots=True)
class Votes:
    """Hands that were counted; None when nobody counted them (a decision by consensus)."""

    in_favour: int
    against: int
    abstaining: int

    @property
    def cast(self) -> int:
        """Everybody who answered."""
        return self.in_favour + self.against + self.abstaining


@dataclass(frozen=True, slots=True)
class Ask:
    """What the jury gives of what was asked of one funder, for one nature and one year."""

    funder: str
    nature: str
    year: int
    asked_cents: int
    given_cents: int


@dataclass(frozen=True, slots=True)
class Room:
    """One envelope on which the dossier draws: what it holds, what others took, what this one takes."""

    name: str
    available_cents: int
    taken_cents: int
    given_cents: int

    @property
    def left_cents(self) -> int:
        """Once this dossier is served; negative when the envelope is overrun."""
        return self.available_cents - self.taken_cents - self.given_cents


def judge(
    decision: Decision, *, voters: int, votes: Votes | None, asks: Sequence[Ask], words: str
) -> Verdict:
    """What no override can let through. `voters`: those who are here, vote, and do not stand back.

    `words`: the reserves of a « retenu avec réserves », the reason of an adjournment or a rejection.
    """
    return Verdict((*_words(decision, words), *_votes(decision, voters, votes), *_money(decision, asks)))


def needs_override(
    decision: Decision, *, asks: Sequence[Ask], rooms: Sequence[Room], broken: Sequence[str]
) -> Verdict:
    """What asks for a reason and an author. `broken`: rules that the dossier does not meet."""
    if decision not in GRANTING:
        return Verdict.yes()
    return Verdict((*_overruns(rooms), *_beyond(asks), *_rules(broken)))


def judge_override(reason: str, author: str) -> Verdict:
    """An override says why, and who decided it."""
    return Verdict(
        (
            Reason("override_reason", bool(reason.strip()),
                   mark("Dites pourquoi le jury passe outre : le motif figure au procès-verbal.")),
            Reason("override_by_name", bool(author.strip()),
                   mark("Dites qui décide de passer outre : son nom figure au procès-verbal.")),
        )
    )  # fmt: skip


def _words(decision: Decision, words: str) -> Iterator[Reason]:
    if decision is Decision.RETAINED:
        return
    sentence = (
        mark("Écrivez les réserves : elles sont communiquées.")
        if decision is Decision.WITH_RESERVES
        else mark("Écrivez le motif : il est communiqué.")
    )
    code = "reserves" if decision is Decision.WITH_RESERVES else "reason"
    yield Reason(code, bool(words.strip()), sentence)


def _votes(decision: Decision, voters: int, votes: Votes | None) -> Iterator[Reason]:
    if votes is None:
        return
    if votes.cast > voters:
        yield Reason(
            "votes", False,
            mark("{cast} voix sont comptées pour {voters} membres qui votent : les technicien·nes et les "
                 "personnes déportées ne votent pas."),
            {"cast": votes.cast, "voters": voters}, voters, votes.cast,
        )  # fmt: skip
    lost = votes.in_favour < votes.against if decision in GRANTING else votes.in_favour > votes.against
    if decision is not Decision.ADJOURNED and lost:
        yield Reason(
            "votes", False,
            mark("La décision contredit le vote : {pour} pour, {contre} contre."),
            {"pour": votes.in_favour, "contre": votes.against}, votes.against, votes.in_favour,
        )  # fmt: skip


def _money(decision: Decision, asks: Sequence[Ask]) -> Iterator[Reason]:
    if any(ask.given_cents < 0 for ask in asks):
        raise ValueError("a jury never gives less than nothing")
    total = sum(ask.given_cents for ask in asks)
    if decision in GRANTING and not total:
        yield Reason("amounts", False, mark("Un dossier retenu reçoit une somme d’au moins un financeur."))


def _overruns(rooms: Sequence[Room]) -> Iterator[Reason]:
    for room in rooms:
        if room.given_cents and room.left_cents < 0:
            yield Reason(
                "overrun", False,
                mark("L’enveloppe {envelope} est dépassée de {over} : il y reste {left} et le jury "
                     "propose {given}."),
                {
                    "envelope": room.name,
                    "over": Cents(-room.left_cents),
                    "left": Cents(max(0, room.available_cents - room.taken_cents)),
                    "given": Cents(room.given_cents),
                },
                room.available_cents, room.taken_cents + room.given_cents,
            )  # fmt: skip


def _beyond(asks: Sequence[Ask]) -> Iterator[Reason]:
    for ask in asks:
        if ask.given_cents > ask.asked_cents:
            yield Reason(
                "beyond_request", False,
                mark("{funder} : {given} proposés pour {asked} demandés."),
                {"funder": ask.funder, "given": Cents(ask.given_cents), "asked": Cents(ask.asked_cents)},
                ask.asked_cents, ask.given_cents,
            )  # fmt: skip


def _rules(broken: Sequence[str]) -> Iterator[Reason]:
    for sentence in broken:
        yield Reason("rule_broken", False, mark("Une règle de l’appel n’est pas remplie : {rule}"),
                     {"rule": sentence})  # fmt: skip

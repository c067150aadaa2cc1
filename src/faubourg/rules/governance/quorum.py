"""Is the quorum met? A share of the seats that have a voice, those of recused people left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from faubourg.rules.verdict import Reason, Verdict, mark

WHOLE = 10_000  # a share is told in hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat at one meeting: `here` when its titular is present or an alternate sits for them."""

    here: bool
    voice: bool = True
    recused: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class Quorum:
    """`needed` of `seats` have to be here; `present` are. The verdict says it in words."""

    seats: int
    needed: int
    present: int
    verdict: Verdict


def needed_of(seats: int, share: int) -> int:
    """The smallest number of seats that reaches the share (hundredths of a per cent)."""
    return -(-seats * share // WHOLE)


def judge(chairs: Sequence[Chair], share: int | None) -> Quorum:
    """Unknown when the body has no seat; met without condition when it asks for none (`share` None).

    A vacant seat counts: the share is that of the seats, and the verdict says how many stand empty.
    """
    counted = [chair for chair in chairs if chair.voice and not chair.recused]
    present = sum(chair.here for chair in counted)
    if share is None:
        return Quorum(len(counted), 0, present, Verdict((_none_asked(),)))
    needed = needed_of(len(counted), share)
    if not counted:
        return Quorum(0, needed, 0, Verdict((_no_seat(),)))
    reasons = [
        Reason(
            code="quorum",
            met=present >= needed,
            template=mark("Sièges présents ou représentés : {present} sur {seats}. Nécessaires : {needed}."),
            params={"present": present, "seats": len(counted), "needed": needed},
            threshold=needed,
            operand=present,
        )
    ]
    vacant = sum(chair.vacant for chair in counted)
    recused = sum(chair.recused and chair.voice for chair in chairs)
    if vacant:
        reasons.append(_aside("vacant", mark("Sièges vacants, comptés : {count}."), vacant))
    if recused:
        reasons.append(_aside("recused", mark("Sièges récusés, non comptés : {count}."), recused))
    return Quorum(len(counted), needed, present, Verdict(tuple(reasons)))


def _none_asked() -> Reason:
    return Reason("not_asked", True, mark("Cette instance ne demande pas de quorum."))


def _no_seat() -> Reason:
    return Reason("no_seat", None, mark("Aucun siège avec voix : le quorum ne se calcule pas."))


def _aside(code: str, template: str, count: int) -> Reason:
    return Reason(code, True, template, {"count": count}, operand=count, decides=False)

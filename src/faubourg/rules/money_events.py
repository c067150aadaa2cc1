"""What is left of a sum after freezes, releases and cuts, and which of them are possible.

A freeze holds back what is available; a release gives it back; a cut takes first what is frozen (a freeze
is the usual step before a cut), then what is available. What is paid or justified stays untouched.
Amounts are integer cents, portions are counted in hundredths of a percent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .money_ladder import SPENT, STOPPED, Cents
from .verdict import Reason, Verdict, mark

FREEZE, RELEASE, CUT = "freeze", "release", "cut"
WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Event:
    """So many cents frozen, released or cut on a day; `rank` is the order of recording within a day."""

    kind: str
    cents: int
    on: date
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """`available` + `frozen` + `cut` is always what the line said at first."""

    available: int
    frozen: int = 0
    cut: int = 0

    @property
    def standing(self) -> int:
        """What was not cut, frozen or not."""
        return self.available + self.frozen

    @property
    def touched(self) -> bool:
        """Whether something is frozen or cut today."""
        return bool(self.frozen or self.cut)


class NotLeft(ValueError):
    """An event takes more than there is; `event` says which, `left` what there was."""

    def __init__(self, event: Event, left: Left) -> None:
        self.event, self.left = event, left
        super().__init__(f"{event.kind} of {event.cents} with {left}")


def left_of(cents: int, events: Iterable[Event]) -> Left:
    """What is left of `cents` after the events, in the order of their days; raises NotLeft."""
    left = Left(cents)
    for event in sorted(events, key=lambda event: (event.on, event.rank)):
        left = after(left, event)
    return left


def after(left: Left, event: Event) -> Left:
    """One event more; raises NotLeft when it takes more than there is, ValueError on another kind."""
    if event.cents <= 0 or event.cents > most(left, event.kind):
        raise NotLeft(event, left)
    match event.kind:
        case "freeze":
            return Left(left.available - event.cents, left.frozen + event.cents, left.cut)
        case "release":
            return Left(left.available + event.cents, left.frozen - event.cents, left.cut)
    from_frozen = min(event.cents, left.frozen)
    return Left(
        left.available - (event.cents - from_frozen), left.frozen - from_frozen, left.cut + event.cents
    )


def most(left: Left, kind: str) -> int:
    """The most that an event of this kind may take, in cents."""
    return {FREEZE: left.available, RELEASE: left.frozen, CUT: left.standing}[kind]


def judge(level: str, cents: int, events: Sequence[Event], new: Event) -> Verdict:
    """Whether a line at this level can bear one event more, those of later days included."""
    if level in SPENT:
        return Verdict.no(
            "spent", mark("Cette somme est versée ou justifiée : elle ne se gèle ni ne s’annule plus.")
        )
    if level in STOPPED:
        return Verdict.no(
            "stopped", mark("La source donne déjà cette somme pour gelée ou annulée : inscrivez-y la suite.")
        )
    if new.cents <= 0:
        return Verdict.no("not_positive", mark("Un gel, un dégel ou une annulation porte sur une somme."))
    try:
        left_of(cents, [*events, new])
    except NotLeft as short:
        return _too_much(short, new)
    return Verdict.yes()


def _too_much(short: NotLeft, new: Event) -> Verdict:
    possible = most(short.left, short.event.kind)
    template = {
        FREEZE: mark("Il ne reste que {left} à geler au {on} : {asked}, c’est plus que le disponible."),
        RELEASE: mark("Il n’y a que {left} de gelé au {on} : {asked} ne peuvent pas être dégelés."),
        CUT: mark("Il ne reste que {left} à annuler au {on} : {asked}, c’est plus que ce qui reste."),
    }[short.event.kind]
    if short.event != new:
        template = mark(
            "L’évènement du {on} porte sur {asked} et ne trouverait plus que {left} : changez le jour "
            "ou le montant."
        )
    return Verdict(
        (
            Reason(
                code="more_than_left",
                met=False,
                template=template,
                params={"left": Cents(possible), "asked": Cents(short.event.cents), "on": short.event.on},
                threshold=possible,
                operand=short.event.cents,
            ),
        )
    )


def portion(cents: int, hundredths: int) -> int:
    """So many hundredths of a percent of a sum, to the nearest cent, halves up: 800 of 10 000 € is 800 €.

    Raises ValueError outside 0 to 100 %.
    """
    if not 0 <= hundredths <= WHOLE:
        raise ValueError("A portion goes from 0 to 100 %.")
    return (cents * hundredths + WHOLE // 2) // WHOLE

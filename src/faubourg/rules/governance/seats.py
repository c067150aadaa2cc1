"""Is a seat held on a day? Only a titular holds it; an alternate sits for somebody, never for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from faubourg.rules.verdict import Reason, Verdict, mark


@dataclass(frozen=True, slots=True)
class Term:
    """A mandate: first and last day included, without end when `ends_on` is None."""

    titular: bool
    starts_on: date
    ends_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it is in force that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def meets(self, other: "Term") -> bool:
        """Whether both are in force on a same day."""
        return (self.ends_on is None or other.starts_on <= self.ends_on) and (
            other.ends_on is None or self.starts_on <= other.ends_on
        )


def held(terms: Sequence[Term], on: date) -> Verdict:
    """Yes when a titular is in force; otherwise since when the seat is empty, or that it never was held."""
    if any(term.titular and term.covers(on) for term in terms):
        return Verdict.yes()
    over = [term.ends_on for term in terms if term.titular and term.ends_on and term.ends_on < on]
    if over:
        first = Reason("ended", False, mark("Vacant : dernier mandat échu le {last}."), {"last": max(over)})
    else:
        first = Reason("never_held", False, mark("Vacant : aucun·e titulaire désigné·e."))
    return Verdict((first, *_asides(terms, on)))


def _asides(terms: Sequence[Term], on: date) -> list[Reason]:
    """What a reader of an empty seat wants to know: who is coming, who sits meanwhile."""
    asides = []
    coming = [term.starts_on for term in terms if term.titular and term.starts_on > on]
    if coming:
        asides.append(
            Reason("coming", True, mark("Prochain mandat le {first}."), {"first": min(coming)}, decides=False)
        )
    if any(not term.titular and term.covers(on) for term in terms):
        asides.append(Reason("alternate", True, mark("Un·e suppléant·e est en fonction."), decides=False))
    return asides


def may_begin(term: Term, others: Sequence[Term]) -> Verdict:
    """A seat has one titular at a time, and as many alternates as the body wants."""
    if term.ends_on is not None and term.ends_on < term.starts_on:
        return Verdict.no("ends_on", mark("Un mandat finit après avoir commencé."))
    meeting = [other for other in others if other.titular and term.titular and term.meets(other)]
    if meeting:
        return Verdict.no(
            "starts_on",
            mark(
                "Ce siège a déjà un·e titulaire depuis le {since} : mettez fin à ce mandat avant d’en ouvrir "
                "un autre."
            ),
            since=meeting[0].starts_on,
        )
    return Verdict.yes()

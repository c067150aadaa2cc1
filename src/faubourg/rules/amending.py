"""What an amendment asks for: a text that is signed and runs, a reason, something that changes, a later end.

What has ended is not prolonged: an amendment signed after the end would leave a gap that nothing covers.
"""

from dataclasses import dataclass
from datetime import date

from .contract_signing import not_ahead
from .verdict import Reason, Verdict, mark

PROLONGS = ("extension", "bridge")


@dataclass(frozen=True, slots=True)
class Facts:
    """An amendment and the agreement it changes. `running`: signed, and neither ended nor replaced."""

    kind: str
    running: bool
    agreement_signed_on: date | None
    ends_on: date | None
    today: date
    reason: str = ""
    signed_on: date | None = None
    effective_on: date | None = None
    new_end: date | None = None
    changes: int = 0

    @property
    def prolongs(self) -> bool:
        """Whether it moves the end."""
        return self.kind in PROLONGS


def may_draft(facts: Facts) -> Verdict:
    """Whether an amendment may be prepared: before, the text itself is changed."""
    if facts.running:
        return Verdict.yes()
    sentence = mark("Un avenant modifie un texte signé qui court encore : avant, modifiez le texte lui-même.")
    return Verdict.no("amendment_state", sentence)


def may_sign(facts: Facts) -> Verdict:
    """Every condition of its signature."""
    verdict = may_draft(facts)
    if not verdict.ok:
        return verdict
    reasons = [*not_ahead(facts.signed_on, facts.today).reasons]
    if not reasons:
        reasons += _days(facts)
    if not facts.reason.strip():
        reasons.append(Reason("amendment_reason", False, mark("Dites pourquoi le texte change.")))
    reasons += _end(facts) if facts.prolongs else _text(facts)
    return Verdict(tuple(reasons))


def _days(facts: Facts) -> list[Reason]:
    first, signed, effect = facts.agreement_signed_on, facts.signed_on, facts.effective_on
    if first and signed and signed < first:
        sentence = mark("Le texte est signé du {first} : un avenant vient après.")
        return [Reason("circuit_day", False, sentence, {"first": first}, first, signed)]
    if first and effect and effect < first:
        sentence = mark("Le texte est signé du {first} : un avenant n’a pas d’effet avant.")
        return [Reason("amendment_effect", False, sentence, {"first": first}, first, effect)]
    return []


def _end(facts: Facts) -> list[Reason]:
    if facts.new_end is None:
        return [Reason("amendment_end", False, mark("Dites jusqu’à quel jour le texte est prolongé."))]
    if facts.ends_on is None:
        sentence = mark("Le texte n’a pas d’échéance connue : il n’y a rien à prolonger.")
        return [Reason("amendment_end", False, sentence)]
    if facts.new_end <= facts.ends_on:
        sentence = mark("Le texte court déjà jusqu’au {ends_on} : la nouvelle échéance vient après.")
        params = {"ends_on": facts.ends_on}
        return [Reason("amendment_end", False, sentence, params, facts.ends_on, facts.new_end)]
    if facts.signed_on and facts.signed_on > facts.ends_on:
        sentence = mark(
            "Le texte a pris fin le {ends_on} : un avenant ne prolonge pas ce qui a cessé, "
            "signez-en un nouveau."
        )
        params = {"ends_on": facts.ends_on}
        return [Reason("amendment_end", False, sentence, params, facts.ends_on, facts.signed_on)]
    return []


def _text(facts: Facts) -> list[Reason]:
    if facts.changes:
        return []
    sentence = mark("Cet avenant ne modifie encore aucun article : dites ce qui change.")
    return [Reason("amendment_text", False, sentence, {}, 1, 0)]

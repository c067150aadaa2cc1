"""What the terms of a convention have to hold: a perimeter that is justified, a duration that is explained.

A targeted perimeter differs in treatment: it rests on a shared diagnosis. A duration is best aligned with the
municipal mandate; whatever it is, it says why. The shares of a post's co-funders never exceed the whole.
"""

from collections.abc import Sequence
from datetime import date

from .verdict import Reason, Verdict, mark

WHOLE_BP = 10_000


def may_agree(
    *, targeted: bool, places: int, diagnosis: str, starts_on: date | None, ends_on: date | None, why: str
) -> Verdict:
    """Whether these terms stand: `places` are the chosen neighbourhoods, `why` explains the duration."""
    reasons = []
    if targeted and not places:
        sentence = mark("Un périmètre ciblé nomme au moins un quartier.")
        reasons.append(Reason("places", False, sentence, {}, 1, places))
    if targeted and not diagnosis.strip():
        sentence = mark("Un périmètre ciblé se justifie : résumez le diagnostic partagé qui le fonde.")
        reasons.append(Reason("scope_reason", False, sentence))
    if starts_on and ends_on and ends_on < starts_on:
        sentence = mark("La convention finit avant de commencer.")
        reasons.append(Reason("ends_on", False, sentence, {}, starts_on, ends_on))
    if ends_on and not why.strip():
        sentence = mark("Dites pourquoi cette durée : par exemple, alignée sur le mandat municipal.")
        reasons.append(Reason("duration_reason", False, sentence))
    return Verdict(tuple(reasons))


def may_share(shares_bp: Sequence[int]) -> Verdict:
    """Whether co-funders may hold these shares, in hundredths of a per cent: each above 0, 100 % at most."""
    total = sum(shares_bp)
    if any(share <= 0 for share in shares_bp):
        return Verdict.no("shares", mark("Chaque cofinanceur prend une part au-dessus de zéro."))
    if total > WHOLE_BP:
        sentence = mark("Les parts des cofinanceurs font {total} %, plus que le poste entier.")
        return Verdict((Reason("shares", False, sentence, {"total": total / 100}, WHOLE_BP, total),))
    return Verdict.yes()

"""What a measure asks of the money: floor on the amount requested, natures, ceilings by nature, local share.

All in integer cents and basis points: 29,99 % is under 30 %, and no rounding says otherwise.
"""

from collections.abc import Iterator

from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, mark
from .facts import Facts
from .rule_set import WHOLE_BP, Base, LocalShare, Measure

_NATURES = {"operating": mark("fonctionnement"), "investment": mark("investissement")}
_BASES = {
    Base.TOTAL_BUDGET: mark("budget total de l’action"),
    Base.ELIGIBLE_COST: mark("dépenses éligibles"),
    Base.PUBLIC_FUNDING: mark("financements publics"),
}


class Share(int):
    """Basis points in a sentence: « 30 % », « 29,99 % », cut and not rounded."""

    def __str__(self) -> str:
        whole, rest = divmod(int(self), 100)
        return (f"{whole},{rest:02d}" if rest else str(whole)) + "\u202f%"

    def __format__(self, spec: str) -> str:
        return str(self)


def check(facts: Facts) -> None:
    """Raises ValueError for an amount that is no amount: whoever reads a form has already refused it."""
    told = [*facts.requests_cents.values(), *facts.local_cents.values()]
    told += [
        cents for cents in (facts.budget_cents, facts.eligible_cents, facts.public_cents) if cents is not None
    ]
    if any(cents < 0 for cents in told):
        raise ValueError("an amount of a dossier is never negative")


def reasons(facts: Facts, measure: Measure, source: LegalSource) -> Iterator[Reason]:
    """Every criterion about money, in the order of the sheets."""
    if measure.floor_cents is not None:
        yield _floor(facts.asked_cents, measure.floor_cents, source)
    asked = {nature: cents for nature, cents in facts.requests_cents.items() if cents}
    yield from _natures(asked, measure, source)
    for nature, ceiling in (measure.ceilings_cents or {}).items():
        if nature in asked:
            yield _ceiling(nature, asked[nature], ceiling, source)
    if measure.local_share is not None:
        yield _local(facts, measure.local_share, source)


def _floor(asked: int, floor: int, source: LegalSource) -> Reason:
    met = asked >= floor
    sentence = (
        mark("La demande est de {asked} ; le plancher est de {floor}.")
        if met
        else mark("La demande est de {asked}, sous le plancher de {floor} : demandez au moins {floor}.")
    )
    params = {"asked": Cents(asked), "floor": Cents(floor)}
    return Reason("floor", met, sentence, params, floor, asked, source)


def _natures(asked: dict[str, int], measure: Measure, source: LegalSource) -> Iterator[Reason]:
    for nature in asked if measure.natures else ():
        met = nature in measure.natures
        sentence = (
            mark("La mesure finance cette nature de dépense : {nature}.")
            if met
            else mark("La mesure ne finance pas cette nature de dépense : {nature}.")
        )
        params = {"nature": _NATURES.get(nature, nature)}
        yield Reason(f"nature-{nature}", met, sentence, params, measure.natures, nature, source)


def _ceiling(nature: str, asked: int, ceiling: int, source: LegalSource) -> Reason:
    met = asked <= ceiling
    sentence = (
        mark("En {nature}, la demande est de {asked} ; le plafond est de {ceiling}.")
        if met
        else mark("En {nature}, la demande est de {asked} : elle dépasse de {over} le plafond de {ceiling}.")
    )
    params = {
        "nature": _NATURES.get(nature, nature),
        "asked": Cents(asked),
        "ceiling": Cents(ceiling),
        "over": Cents(max(0, asked - ceiling)),
    }
    return Reason(f"ceiling-{nature}", met, sentence, params, ceiling, asked, source)


def _local(facts: Facts, share: LocalShare, source: LegalSource) -> Reason:
    base = {
        Base.TOTAL_BUDGET: facts.budget_cents,
        Base.ELIGIBLE_COST: facts.eligible_cents,
        Base.PUBLIC_FUNDING: facts.public_cents,
    }[share.base]
    least = Share(share.least_bp)
    named = {"least": least, "base": _BASES[share.base]}
    if not base:
        sentence = mark(
            "Les collectivités locales doivent apporter {least} ({base}) : ce montant n’est pas connu."
        )
        return Reason("local-share", None, sentence, named, share.least_bp, None, source)
    paid = sum(facts.local_cents.get(payer, 0) for payer in share.payers)
    met = paid * WHOLE_BP >= base * share.least_bp
    lacking = max(0, -(-base * share.least_bp // WHOLE_BP) - paid)
    sentence = (
        mark("Les collectivités locales apportent {paid}, {share} de {of} ({base}) ; il faut {least}.")
        if met
        else mark(
            "Les collectivités locales apportent {paid}, {share} de {of} ({base}) ; il faut {least} : "
            "il manque {lacking}."
        )
    )
    # Cut, never rounded up to the threshold that it misses.
    bp = Share(paid * WHOLE_BP // base)
    params = named | {"paid": Cents(paid), "share": bp, "of": Cents(base), "lacking": Cents(lacking)}
    return Reason("local-share", met, sentence, params, share.least_bp, int(bp), source)

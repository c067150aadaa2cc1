"""Whether crédits spécifiques seem to take the place of a partner's ordinary means, and on what figures.

The specific credits of the politique de la ville complete droit commun (loi 2014-173, article 1er); they do
not replace it. The alert is a question to put to the partner, with its figures: it accuses nobody.
A year that nobody filled in is unknown, never zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .money_ladder import Cents
from .verdict import LegalSource, Reason, Verdict, mark

COMPLETES = LegalSource("loi n° 2014-173 du 21 février 2014", "article 1er")


@dataclass(frozen=True, slots=True)
class Ordinary:
    """What one partner gives one place under its ordinary powers.

    `cents` by year: None when the means of that year are listed without an amount. `ended`: what stopped,
    by year, with its name. `source` says where the amounts come from.
    """

    partner: str
    place: str
    cents: Mapping[int, int | None]
    ended: Mapping[int, Sequence[str]]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Specific:
    """Specific credits of one place at one level, by year, in cents; `level` and `source` in words."""

    level: str
    cents: Mapping[int, int]
    source: str = ""


def look(ordinary: Ordinary, specific: Sequence[Specific]) -> list[Verdict]:
    """One verdict for each pair of years that follow each other and where there is something to say.

    False is an alert, None is unknown, True is reassuring; levels are looked at one by one, never added.
    """
    years = sorted({*ordinary.cents, *ordinary.ended, *(year for each in specific for year in each.cents)})
    return [
        verdict
        for before in range(years[0], years[-1])
        if (verdict := _between(ordinary, specific, before, before + 1)) is not None
    ] if years else []  # fmt: skip


def _between(ordinary: Ordinary, specific: Sequence[Specific], before: int, after: int) -> Verdict | None:
    rising = [each for each in specific if each.cents.get(after, 0) > each.cents.get(before, 0)]
    gone = ordinary.ended.get(before, ()) or ordinary.ended.get(after, ())
    if not rising:
        return None
    if gone:
        return Verdict(tuple(_replaced(ordinary, each, before, after, gone) for each in rising))
    known = ordinary.cents.get(before), ordinary.cents.get(after)
    if known[0] is None or known[1] is None:
        return _unknown(ordinary, before if known[0] is None else after)
    if known[1] >= known[0]:
        return None
    return Verdict(tuple(_falls(ordinary, each, (before, after), (known[0], known[1])) for each in rising))


def _rise(each: Specific, before: int, after: int) -> dict[str, object]:
    return {
        "level": each.level,
        "specific_before": Cents(each.cents.get(before, 0)),
        "specific_after": Cents(each.cents.get(after, 0)),
        "specific_source": each.source,
        "year": before,
        "vintage": after,
    }


def _falls(ordinary: Ordinary, each: Specific, years: tuple[int, int], amounts: tuple[int, int]) -> Reason:
    had, has = amounts
    return Reason(
        code="ordinary_falls_specific_rises",
        met=False,
        template=mark(
            "{place} : les moyens ordinaires de {partner} passent de {had} en {year} à {has} en {vintage} "
            "({source}), pendant que les crédits spécifiques au niveau « {level} » passent de "
            "{specific_before} à {specific_after} ({specific_source}). À expliquer : ils ne remplacent pas "
            "le droit commun."
        ),
        params={
            "place": ordinary.place,
            "partner": ordinary.partner,
            "had": Cents(had),
            "has": Cents(has),
            "source": ordinary.source,
            **_rise(each, *years),
        },
        threshold=had,
        operand=has,
        source=COMPLETES,
    )


def _replaced(ordinary: Ordinary, each: Specific, before: int, after: int, gone: Sequence[str]) -> Reason:
    return Reason(
        code="service_ends_specific_rises",
        met=False,
        template=mark(
            "{place} : {partner} a mis fin à {what} ({source}), pendant que les crédits spécifiques au "
            "niveau « {level} » passent de {specific_before} en {year} à {specific_after} en {vintage} "
            "({specific_source}). À expliquer : ils ne remplacent pas le droit commun."
        ),
        params={
            "place": ordinary.place,
            "partner": ordinary.partner,
            "what": " ; ".join(f"« {name} »" for name in gone),
            "source": ordinary.source,
            **_rise(each, before, after),
        },
        source=COMPLETES,
    )


def _unknown(ordinary: Ordinary, year: int) -> Verdict:
    return Verdict(
        (
            Reason(
                code="ordinary_unknown",
                met=None,
                template=mark(
                    "{place} : les crédits spécifiques augmentent, mais les moyens ordinaires de {partner} "
                    "en {year} ne sont pas renseignés en entier : on ne peut pas dire s’ils baissent."
                ),
                params={"place": ordinary.place, "partner": ordinary.partner, "year": year},
                source=COMPLETES,
            ),
        )
    )

"""The rebate of article 1388 bis of the tax code, year by year: 30 % off the base of the property tax on
social housing in a priority neighbourhood, against a convention signed in time on the use that is made of it.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..verdict import LegalSource, Reason, Verdict, mark

CODE = "code général des impôts"
ARTICLE = "article 1388 bis"
RATE = Fraction(30, 100)


@dataclass(frozen=True, slots=True)
class Vintage:
    """Taxes of `first` to `last`: signed at the latest that day, in the year of the tax or the year before.

    `admitted`: a later day that one tax tolerated; `checked` False: the text of the time is still to be read.
    """

    first: int
    last: int
    month: int
    day: int
    year_before: bool
    since: date
    checked: bool = True
    admitted: date | None = None

    @property
    def source(self) -> LegalSource:
        """The article, as it read then."""
        return LegalSource(CODE, ARTICLE, self.since)

    def last_day(self, tax_year: int) -> date:
        """The last day to sign for this tax."""
        return self.admitted or date(tax_year - self.year_before, self.month, self.day)


VINTAGES = (
    # The city contract was enough; the convention came with the amending finance law for 2016.
    Vintage(2016, 2016, 12, 31, year_before=True, since=date(2014, 12, 31), checked=False),
    Vintage(2017, 2017, 3, 31, year_before=False, since=date(2016, 12, 31)),
    Vintage(2018, 2018, 10, 1, year_before=True, since=date(2017, 12, 30), admitted=date(2018, 2, 28)),
    Vintage(2019, 2024, 10, 1, year_before=True, since=date(2017, 12, 30), checked=False),
    Vintage(2025, 2030, 1, 1, year_before=False, since=date(2023, 12, 31)),
)


def vintage_of(tax_year: int) -> Vintage | None:
    """None for a tax that no vintage covers: no rebate is computed on a guess."""
    return next((one for one in VINTAGES if one.first <= tax_year <= one.last), None)


def rebate_cents(tax_cents: int) -> int:
    """What 30 % less on the base saves of a tax, whole cents, half a cent up.

    >>> rebate_cents(100_001)
    30000
    """
    if tax_cents < 0:
        raise ValueError("a tax is never negative")
    exact = RATE * tax_cents
    return int(exact + Fraction(1, 2))


def judge_signature(
    tax_year: int, signed_on: date | None, on: date, *, dispensation: date | None = None
) -> Verdict:
    """Whether the convention opens the rebate of that year; `dispensation`: a later day set by the State."""
    vintage = vintage_of(tax_year)
    if vintage is None:
        sentence = mark("Aucun texte de la table ne prévoit l’abattement pour les impositions de {year}.")
        source = LegalSource(CODE, ARTICLE)
        return Verdict((Reason("tfpb-vintage", False, sentence, {"year": str(tax_year)}, source=source),))
    last = max(vintage.last_day(tax_year), dispensation or date.min)
    reasons = [_in_time(tax_year, signed_on, last, on, vintage.source)]
    if not vintage.checked:
        note = mark("La date du {last} est à vérifier dans le texte de l’époque.")
        reasons.append(
            Reason("tfpb-unchecked", None, note, {"last": last}, source=vintage.source, decides=False)
        )
    return Verdict(tuple(reasons))


def _in_time(tax_year: int, signed_on: date | None, last: date, on: date, source: LegalSource) -> Reason:
    params = {"year": str(tax_year), "signed": signed_on, "last": last, "days": (last - on).days}
    met: bool | None
    if signed_on is not None and signed_on <= last:
        met, sentence = (
            True,
            mark("Signée le {signed}, au plus tard le {last} : ouvre l’abattement de {year}."),
        )
    elif signed_on is not None:
        met = False
        sentence = mark("Signée le {signed}, après le {last} : pas d’abattement pour {year}.")
    elif on <= last:
        met, sentence = None, mark("À signer au plus tard le {last} pour {year} : encore {days} j.")
    else:
        met, sentence = False, mark("Pas signée le {last} : pas d’abattement pour {year}.")
    return Reason("tfpb-signed", met, sentence, params, last, signed_on or on, source)

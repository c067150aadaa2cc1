"""A convention of urban proximity: its reviews each year, at mid-term after three years and at its end;
whether it lasts as long as the municipal mandate, its perimeter, and who pays the coordinator.

Its circuit is that of every convention.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .. import calendar
from ..expiry import add_months
from ..verdict import LegalSource, Reason, Verdict, mark

MID_TERM_MONTHS = 36
# The general municipal elections, in March; a mandate ends with the one that follows.
MANDATE = LegalSource("code électoral", "article L. 227")
ELECTION_YEARS = (2008, 2014, 2020, 2026, 2032)
# A new council needs the time to write the convention that follows.
MONTHS_AFTER_ELECTION = 12


class Kind(StrEnum):
    """What a review is about."""

    ANNUAL = "annual"
    MID_TERM = "mid_term"
    FINAL = "final"


KIND_NAMES = {
    Kind.ANNUAL: mark("bilan annuel"),
    Kind.MID_TERM: mark("évaluation à mi-parcours"),
    Kind.FINAL: mark("évaluation finale"),
}


@dataclass(frozen=True, slots=True)
class Review:
    """What is due by that day."""

    kind: Kind
    due: date


def reviews(starts_on: date, ends_on: date) -> tuple[Review, ...]:
    """In the order of their days: one a year, the third one at mid-term, the last one at the end.

    A convention of three years or less has no mid-term: its end comes first.
    """
    found, months = [], 12
    while (due := add_months(starts_on, months) - timedelta(days=1)) < ends_on:
        found.append(Review(Kind.MID_TERM if months == MID_TERM_MONTHS else Kind.ANNUAL, due))
        months += 12
    return (*found, Review(Kind.FINAL, ends_on))


def judge_reviews(
    starts_on: date, ends_on: date, delivered: Collection[tuple[Review, date]], on: date
) -> tuple[tuple[Review, calendar.Judged], ...]:
    """Each review and where it stands; `delivered`: those that were handed in, and when."""
    done = dict(delivered)
    return tuple(
        (review, calendar.judge(review.due, done.get(review), on)) for review in reviews(starts_on, ends_on)
    )


def judge_duration(signed_on: date, ends_on: date) -> Reason:
    """Whether it ends with the mandate: within the year that follows the next municipal election."""
    coming = next((day for year in ELECTION_YEARS if (day := date(year, 3, 1)) > signed_on), None)
    if coming is None:
        sentence = mark("La prochaine élection municipale n’est pas dans la table : la durée ne se juge pas.")
        return Reason("mandate", None, sentence, {}, None, ends_on, MANDATE, decides=False)
    last = add_months(coming, MONTHS_AFTER_ELECTION)
    met = coming <= ends_on <= last
    if met:
        sentence = mark("La fin, le {ends_on}, suit le mandat municipal, renouvelé en {election}.")
    else:
        sentence = mark("Alignez la durée sur le mandat municipal : une fin entre le {first} et le {last}.")
    params = {"ends_on": ends_on, "election": str(coming.year), "first": coming, "last": last}
    return Reason("mandate", met, sentence, params, last, ends_on, MANDATE, decides=False)


class Perimeter(StrEnum):
    """The whole town or agglomeration, or some neighbourhoods: equity is no equality."""

    GENERAL = "general"
    TARGETED = "targeted"


PERIMETER_NAMES = {
    Perimeter.GENERAL: mark("général : toute la ville ou l’agglomération"),
    Perimeter.TARGETED: mark("ciblé : des quartiers choisis"),
}
WHOLE_POST = 10_000


def judge_perimeter(perimeter: Perimeter, *, neighbourhoods: int, diagnosis: bool) -> Verdict:
    """A targeted perimeter names its neighbourhoods and the shared diagnosis that justifies them."""
    if perimeter is Perimeter.GENERAL:
        return Verdict.yes()
    named = mark("Un périmètre ciblé nomme ses quartiers.")
    justified = mark("Un périmètre ciblé se justifie par un diagnostic partagé : joignez-le.")
    return Verdict(
        (
            Reason("perimeter-named", neighbourhoods > 0, named, {}, 1, neighbourhoods),
            Reason("perimeter-diagnosis", diagnosis, justified),
        )
    )


def judge_post(shares: Mapping[str, int]) -> Verdict:
    """Who pays the coordinator: hundredths of a per cent by funder, which make a whole post."""
    total = sum(shares.values())
    positive = all(share > 0 for share in shares.values())
    params = {"total": f"{total / 100:.2f}".replace(".", ",")}
    return Verdict(
        (
            Reason("post-shares", positive, mark("Chaque cofinanceur a une part supérieure à zéro.")),
            Reason(
                "post-whole", total == WHOLE_POST,
                mark("Les parts des cofinanceurs font {total} % du poste, au lieu de 100 %."),
                params, WHOLE_POST, total,
            ),
        )
    )  # fmt: skip

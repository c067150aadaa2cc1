"""What is worth saying of an agenda before it is sent: warnings, never a refusal.

A steering committee meets in two timed parts, the technical one then the social one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from faubourg.rules.verdict import LegalSource, Reason, Verdict, mark

GUIDE = LegalSource("Gestion urbaine de proximité : COPIL en deux temps, technique puis social")


class Part(StrEnum):
    """The strand a point belongs to."""

    TECHNICAL = "technical"
    SOCIAL = "social"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda; `minutes` is None when nobody timed it."""

    part: Part
    minutes: int | None = None


def total_minutes(points: Sequence[Point]) -> int:
    """The time that the timed points take."""
    return sum(point.minutes or 0 for point in points)


def judge(points: Sequence[Point], *, length: int | None, two_parts: bool) -> Verdict:
    """`length` of the meeting in minutes, None when its hours are not known; `two_parts`: a body that meets
    in a technical then a social part. No reason decides: an agenda with warnings can be sent."""
    reasons = [*_parts(points), *_order(points)] if two_parts and points else []
    untimed = sum(point.minutes is None for point in points)
    if untimed:
        reasons.append(_warning("untimed", mark("Points sans durée : {count}."), {"count": untimed}))
    total = total_minutes(points)
    if length is not None and total > length:
        reasons.append(
            _warning(
                "too_long",
                mark("L’ordre du jour prend {total} minutes pour une réunion de {length} minutes."),
                {"total": total, "length": length},
                threshold=length,
                operand=total,
            )
        )
    return Verdict(tuple(reasons))


def _parts(points: Sequence[Point]) -> list[Reason]:
    there = {point.part for point in points}
    missing = {
        Part.TECHNICAL: mark("Il manque le volet technique."),
        Part.SOCIAL: mark("Il manque le volet social : la réunion n’aurait qu’un de ses deux temps."),
    }
    return [_warning(f"no_{part}", sentence, {}) for part, sentence in missing.items() if part not in there]


def _order(points: Sequence[Point]) -> list[Reason]:
    """A technical point after a social one: the two parts are mixed."""
    seen_social = False
    for point in points:
        if point.part == Part.TECHNICAL and seen_social:
            return [_warning("mixed", mark("Un point technique vient après le volet social."), {})]
        seen_social = seen_social or point.part == Part.SOCIAL
    return []


def _warning(
    code: str, template: str, params: dict[str, object], *, threshold: object = None, operand: object = None
) -> Reason:
    return Reason(code, False, template, params, threshold, operand, GUIDE, decides=False)

"""The pieces of a dossier against those that its rules ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation

from faubourg.base.sentences import in_words
from faubourg.rules.calls.completeness import judge_pieces
from faubourg.rules.verdict import Reason

from ..models import Application, Piece
from .calls import rules_of
from .facts import pieces_asked


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of the rules (an empty code: what the applicant joined of its own), and its papers."""

    code: str
    name: str
    reason: Reason
    papers: Sequence[Piece]

    @property
    def sentence(self) -> str:
        """In French, as the letter says it."""
        with translation.override("fr"):
            return in_words(self.reason)


def completeness_of(
    application: Application, papers: Mapping[str, Sequence[Piece]] | None = None
) -> list[Asked]:
    """Every piece that the rules ask of the measure, with what was said of its papers; one query at most."""
    papers = pieces_of(application) if papers is None else papers
    asked = pieces_asked(rules_of(application.call), application.measure)
    reasons = judge_pieces(asked, {code: [p.accepted for p in found] for code, found in papers.items()})
    return [
        Asked(code, name, reason, papers.get(code, ()))
        for (code, name), reason in zip(asked, reasons.reasons, strict=True)
    ]


def last_received_on(application: Application, pieces: Sequence[Asked]) -> date:
    """The day when the last accepted piece came, the day of the submission at the earliest."""
    moments = [paper.added_at for piece in pieces for paper in piece.papers if paper.accepted]
    moments += [application.submitted_at] if application.submitted_at else []
    return timezone.localdate(max(moments)) if moments else timezone.localdate()


def pieces_of(application: Application) -> dict[str, list[Piece]]:
    """Its papers by code, in the order in which they came; one query."""
    found: dict[str, list[Piece]] = {}
    for piece in application.pieces.select_related("document"):
        found.setdefault(piece.code, []).append(piece)
    return found

"""What is wrong with a call, and the status GeoReport gives it: 404 missing, 403 bad key, 400 the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..verdict import Reason, mark

BAD, FORBIDDEN, MISSING = 400, 403, 404


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of the answer: `status` is its code and `reason` its description, once translated."""

    status: int
    reason: Reason


def bad(code: str, template: str, **params: object) -> Problem:
    """A call that cannot be understood."""
    return Problem(BAD, Reason(f"open311-{code}", False, template, params))


def bad_key(told: str) -> Problem:
    """A key that is missing, unknown or withdrawn; which of the last two is nobody’s business."""
    if told:
        return Problem(FORBIDDEN, Reason("open311-key", False, mark("Cette clé n’est pas valable.")))
    sentence = mark("Le paramètre api_key est obligatoire pour signaler.")
    return Problem(FORBIDDEN, Reason("open311-key", False, sentence))


_NOT_FOUND = {
    "jurisdiction_id": mark("Ce serveur ne connaît pas la collectivité « {told} »."),
    "service_code": mark("Aucun service ne porte le code « {told} »."),
    "service_request_id": mark("Aucun signalement ne porte le numéro « {told} »."),
    "token": mark("Aucun jeton ne s’appelle « {told} »."),
}


def not_found(parameter: str, told: str) -> Problem:
    """What the call names does not exist here."""
    reason = Reason(f"open311-{parameter}", False, _NOT_FOUND[parameter], {"told": told[:80]})
    return Problem(MISSING, reason)


def wrong_jurisdiction(told: str, ours: str) -> Problem | None:
    """One jurisdiction a server: not naming it is fine, naming another one is not."""
    return not_found("jurisdiction_id", told) if told and told != ours else None


def first_status(problems: Sequence[Problem]) -> int:
    """The status of the whole answer: a bad key first, then what is missing, then the rest."""
    told = {problem.status for problem in problems}
    return next(status for status in (FORBIDDEN, MISSING, BAD) if status in told)

"""Open data of a contract's life: what it promises, who signed, money by level, delays, interpellations."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from faubourg.base.api import NOT_FOUND, Code
from faubourg.rules.verdict import mark

from .filters import CLOSED
from .models import Contract
from .queries import contract_by_code, links_of, money_of
from .queries.calendar import late_things
from .queries.life import Life, life_of

router = Router(tags=["Contrats de ville"])


class PartyOut(Schema):
    """`refusal_reason` is empty unless the party refused."""

    name: str
    signed_on: date | None
    refused_on: date | None
    refusal_reason: str


class ObjectiveOut(Schema):
    """`rank`: axis, strategic or operational; `parent` is the `ref` of the one above, 0 for an axis."""

    ref: int
    parent: int
    rank: str
    title: str


class CommitmentOut(Schema):
    text: str
    partner: str
    due_on: date | None
    kept_on: date | None


class MoneyOut(Schema):
    """One origin, one level, one year: these sums are never added together."""

    origin: str
    level: str
    year: int
    total_cents: int


class LateOut(Schema):
    label: str
    owed_by: str
    due_on: date
    days_late: int


class QuestionOut(Schema):
    ref: int
    title: str
    state: str
    published_on: date | None


class LifeOut(Schema):
    generation: str
    code: str
    name: str
    state: str = Field(description="Vide quand la vie du contrat n’est pas tenue ici.")
    planned_signature_on: date | None
    signed_on: date | None
    ends_on: date | None
    followed: bool
    parties: list[PartyOut]
    objectives: list[ObjectiveOut]
    commitments: list[CommitmentOut]
    actions: dict[str, int] = Field(description="Combien d’actions dans chaque état.")
    money: list[MoneyOut]
    late: list[LateOut]
    interpellations: list[QuestionOut]


@router.get(
    "/contrats/{generation}/{code}/vie",
    response={200: LifeOut, **NOT_FOUND},
    summary=mark("La vie d’un contrat de ville"),
)
def life(request: HttpRequest, generation: Contract.Generation, code: Code) -> Status[Any]:
    """What the public page of a contract tells. No person is named."""
    found = contract_by_code(code.upper(), generation)
    if found is None:
        return Status(404, {"detail": f"Aucun contrat de cette génération ne porte le code {code}."})
    told = life_of(found)
    quarters = [link.neighbourhood_id for link in links_of(found) if not link.rejected]
    late = [] if found.state in CLOSED else late_things(found, timezone.localdate())
    names = ("generation", "code", "name", "state", "planned_signature_on", "signed_on", "ends_on")
    return Status(
        200,
        {name: getattr(found, name) for name in names}
        | _promises(told)
        | {
            "followed": told.followed,
            "money": [_money(level) for level in money_of(found, quarters)],
            "late": late,
        },
    )


def _money(level: Any) -> dict[str, Any]:
    return {
        "origin": level.lines[0].origin,
        "level": level.level,
        "year": level.year,
        "total_cents": level.total_cents,
    }


def _promises(told: Life) -> dict[str, Any]:
    return {
        "parties": [
            {"name": row.label, "signed_on": row.one, "refused_on": row.other, "refusal_reason": row.extra}
            for row in told.of("party")
        ],
        "objectives": [
            {"ref": row.ref, "parent": row.above, "rank": row.extra, "title": row.label}
            for row in told.of("objective")
        ],
        "commitments": [
            {"text": row.label, "partner": row.extra, "due_on": row.other, "kept_on": row.one}
            for row in told.of("commitment")
        ],
        "actions": {row.extra: row.ref for row in told.of("action")},
        "interpellations": [
            {"ref": row.ref, "title": row.label, "state": row.extra, "published_on": row.one}
            for row in told.of("question")
        ],
    }

"""A call to allocate, as JSON: amounts in euros, shares between 0 and 1, both exact; errors say where."""

import json
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from faubourg.rules.allocation import ANY, Call, Dossier, Envelope, Request, Terms


class Unreadable(ValueError):
    """The file is not a call; the message says where, one line a mistake."""


def _cents(euros: Decimal) -> Decimal:
    if euros != round(euros, 2):
        raise ValueError("un montant s’arrête au centime")
    return euros


def _share(share: Decimal) -> Decimal:
    if share != round(share, 4):
        raise ValueError("une part s’arrête au centième de pour cent")
    return share


Euros = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 12, allow_inf_nan=False), AfterValidator(_cents)]
Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(_share)]
Weight = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False), AfterValidator(_share)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Request(_Strict):
    funder: Name
    nature: Name
    amount: Annotated[Euros, Field(gt=0)]


class _Dossier(_Strict):
    ref: Name
    quality: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    territory: str = ANY
    budget: Euros
    local: Euros = Decimal(0)
    least_share: Annotated[Share, Field(gt=0)] = Decimal(1)
    requests: Annotated[list[_Request], Field(max_length=50)]


class _Envelope(_Strict):
    funder: Name
    amount: Euros
    nature: str = ANY
    territory: str = ANY


class _Ceiling(_Strict):
    funder: Name
    nature: Name
    amount: Euros


class _Terms(_Strict):
    weights: dict[str, Weight] = {}
    minimums: dict[str, Euros] = {}
    floors: dict[str, Euros] = {}
    ceilings: list[_Ceiling] = []
    local_funders: list[str] = []
    local_share: Share = Decimal(0)


class _Call(_Strict):
    dossiers: Annotated[list[_Dossier], Field(max_length=100_000)]
    envelopes: Annotated[list[_Envelope], Field(max_length=10_000)]
    terms: _Terms = _Terms()


def read_call(text: str | bytes) -> Call:
    """The call that this JSON tells. Raises `Unreadable` with every place that is wrong."""
    try:
        told = _Call.model_validate(json.loads(text, parse_float=Decimal))
        return Call(
            tuple(_dossier(dossier) for dossier in told.dossiers),
            tuple(Envelope(e.funder, _in_cents(e.amount), e.nature, e.territory) for e in told.envelopes),
            _terms(told.terms),
        )
    except ValidationError as wrong:
        raise Unreadable(
            "\n".join(_where(error["loc"], error["msg"]) for error in wrong.errors()[:20])
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(str(wrong)) from wrong


def _where(path: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(step) for step in path) or 'fichier'} : {message}"


def _in_cents(euros: Decimal) -> int:
    return int(euros * 100)


def _in_bp(share: Decimal) -> int:
    return int(share * 10_000)


def _dossier(told: _Dossier) -> Dossier:
    return Dossier(
        told.ref,
        told.quality,
        told.territory,
        _in_cents(told.budget),
        tuple(Request(asked.funder, asked.nature, _in_cents(asked.amount)) for asked in told.requests),
        local_cents=_in_cents(told.local),
        least_bp=_in_bp(told.least_share),
    )


def _terms(told: _Terms) -> Terms:
    return Terms(
        weight_bp={territory: _in_bp(weight) for territory, weight in told.weights.items()},
        minimum_cents={territory: _in_cents(euros) for territory, euros in told.minimums.items()},
        least_cents={funder: _in_cents(euros) for funder, euros in told.floors.items()},
        ceiling_cents={(c.funder, c.nature): _in_cents(c.amount) for c in told.ceilings},
        local_funders=frozenset(told.local_funders),
        local_bp=_in_bp(told.local_share),
    )

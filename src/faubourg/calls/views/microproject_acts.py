"""What the managing association may do on a request, each act reading what its form holds."""

from collections.abc import Callable

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from faubourg.base.actor import Actor
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import refuse_unless
from faubourg.base.text import printable
from faubourg.rules.typed_money import read_cents
from faubourg.rules.verdict import Verdict

from ..models import Microproject
from ..services import microprojects as services

Act = Callable[[Microproject, QueryDict, Actor], object]


def _version(said: QueryDict) -> int:
    return whole_number(said.get("version", ""), -1)


def _cents(said: QueryDict) -> int:
    read = read_cents(said.get("cents", ""))
    if read.problem is not None:
        refuse_unless(Verdict((read.problem,)))
    return read.cents or 0


def _words(said: QueryDict, name: str) -> str:
    return printable(said.get(name, "")).strip()[:300]


def _accompany(project: Microproject, said: QueryDict, by: Actor) -> object:
    return services.accompany(
        project=project, name=_words(said, "name")[:150] or by.name, base_version=_version(said), by=by
    )


def _advance(project: Microproject, said: QueryDict, by: Actor) -> object:
    try:
        day = parse_date(said.get("on", ""))
    except ValueError:
        day = None
    return services.pay_advance(
        project=project,
        cents=_cents(said),
        on=day or timezone.localdate(),
        base_version=_version(said),
        by=by,
    )


def _ask_again(project: Microproject, said: QueryDict, by: Actor) -> object:
    return services.ask_again(project=project, reason=_words(said, "reason"), by=by)


def _close(project: Microproject, said: QueryDict, by: Actor) -> object:
    return services.close(project=project, given_back_cents=_cents(said), base_version=_version(said), by=by)


def _claim(project: Microproject, said: QueryDict, by: Actor) -> object:
    return services.claim(project=project, reason=_words(said, "reason"), by=by)


def _refund(project: Microproject, said: QueryDict, by: Actor) -> object:
    return services.note_refund(project=project, cents=_cents(said), by=by)


ACTS: dict[str, Act] = {
    "accompany": _accompany,
    "advance": _advance,
    "ask-again": _ask_again,
    "close": _close,
    "claim": _claim,
    "refund": _refund,
}

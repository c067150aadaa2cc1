"""What ends ahead in a contract: announced in time, with a bridge in two clicks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from faubourg.contracts import access
from faubourg.contracts.agreements import agreement_url, is_running
from faubourg.contracts.end_words import end_kind, end_words
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.ends import PROLONGED, End, Read, ends_ahead, posts_under
from faubourg.contracts.queries.told import Told, key_of, told_of

from .finding import asked_contract, tidy_address


@require_safe
def contract_ends(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/echeances/`: public; who holds what, and what was told, is its partners'."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    today = timezone.localdate()
    may_write = access.can_write_workings(request.user, found)
    posts = list(posts_under(Contract.objects.filter(pk=found.pk)).prefetch_related("funders"))
    reads = access.can_read_agreement_workings(request.user, found)
    told = told_of(found) if reads.ok else {}
    context = {
        "contract": found,
        "agreement": found,
        "today": today,
        "ends": [
            _line(end, bool(may_write.ok), told.get(key_of(end), []))
            for end in ends_ahead(found, today, Read(posts=posts))
        ],
        "posts": [post for post in posts if post.contract_id == found.pk],
        "reads": reads,
        "may_write": may_write,
        "urls": {"contract": contract_url(found)}
        | {name: contract_url(found, f"contract_{name}") for name in ("post_add", "handover", "circuit")},
    }
    return render(request, "contracts/agreement/ends.html", context)


def _line(end: End, writes: bool, told: list[Told]) -> dict[str, Any]:
    """An end in words, and what may be done about it: a bridge where there is none yet."""
    agreement = end.agreement
    prolonged = end.kind in PROLONGED and agreement is not None
    return {
        "end": end,
        "kind": end_kind(end),
        "words": end_words(end),
        "told": [_told(one) for one in told],
        "tone": "bad" if end.alert is None or end.alert.notice <= 3 else "warn",
        "bridge": agreement_url(agreement, "bridge")
        if prolonged and agreement and writes and end.draft is None and is_running(agreement)
        and end.alert and end.alert.notice
        else "",
        "draft": agreement_url(agreement, "amendment", end.draft.pk)
        if agreement and end.draft and writes
        else "",
    }  # fmt: skip


def _told(told: Told) -> str:
    """« le 3 mars 2026, moins de 12 mois avant, à 2 personnes »."""
    day = date_format(told.on, "DATE_FORMAT")
    words = {"day": day, "n": told.people, "months": told.notice}
    if not told.notice:
        sentence = ngettext(
            "Signalé par courriel le %(day)s à %(n)s personne.",
            "Signalé par courriel le %(day)s à %(n)s personnes.",
            told.people,
        )
    else:
        sentence = ngettext(
            "Annoncé par courriel le %(day)s, à moins de %(months)s mois, à %(n)s personne.",
            "Annoncé par courriel le %(day)s, à moins de %(months)s mois, à %(n)s personnes.",
            told.people,
        )
    return sentence % words

"""The maquette, written: the grid as plain inputs, saved cell by cell, nobody's work overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from faubourg.base import drafts, numbers
from faubourg.base.refusal import require
from faubourg.base.sentences import in_words
from faubourg.contracts import access
from faubourg.contracts.access import Hand
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.maquette import PAGE_ROWS, Maquette, Row
from faubourg.contracts.services.maquette import Change, Clash, Saved, Seen, save_cells
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.typed_money import read_cents

from . import maquette_cells, maquette_totals
from .finding import asked_contract
from .maquette import narrowed, urls_of
from .maquette_cells import NAME, Typing
from .people import actor_of


@dataclass(frozen=True, slots=True)
class Both:
    """A cell that two people changed: what each wrote, and where it is on the page."""

    name: str
    label: str
    mine: str
    theirs: str
    gone: bool


@require_http_methods(["GET", "HEAD", "POST"])
def maquette_edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/maquette/saisir/`"""
    contract = asked_contract(request, code)
    hand = access.hand_in_money(request.user, contract)
    require(hand.verdict)
    if request.method != "POST":
        return _page(request, contract, hand, Typing())
    before = maquette_cells.read_seen(request.POST.get("seen", ""))
    changes, typing = read_typed(request.POST, before)
    saved = save_cells(contract=contract, changes=changes, hand=hand, by=actor_of(request))
    _tell(request, saved)
    if saved.whole and not typing.wrong:
        forget_draft(request, draft_key(request, contract))
        return redirect(request.get_full_path())
    _keep(typing, before, saved)
    both = [_both(clash, before) for clash in saved.clashes]
    return _page(request, contract, hand, typing, both, status=409 if both else 422)


def draft_key(request: HttpRequest, contract: Contract) -> str:
    """One draft a page of the grid: its filter and its number are part of the key."""
    query = "&".join(
        f"{name}={request.GET[name][:40]}"
        for name in ("axe", "niveau", "origine", "page")
        if request.GET.get(name)
    )
    return f"maquette:{contract.generation}:{contract.code}:{query}"[: drafts.LONGEST_KEY]


def read_typed(posted: Mapping[str, str], before: Typing) -> tuple[list[Change], Typing]:
    """What was changed since the page was shown, and what cannot be read (kept as it was typed)."""
    changes, typing = [], Typing()
    for name, text in posted.items():
        found = NAME.match(name)
        if not found:
            continue
        read = read_cents(text)
        seen = before.seen.get(name, Seen())
        if read.problem is not None:
            typing.texts[name] = text[:40]
            typing.wrong[name] = in_words(read.problem)
            typing.seen[name] = seen
        elif read.cents != seen.cents:
            changes.append(Change(found[1], int(found[2]), read.cents, seen))
    return changes, typing


def _keep(typing: Typing, before: Typing, saved: Saved) -> None:
    """What could not be written stays as it was typed; a clash is seen now, saving again is a choice."""
    for clash in saved.clashes:
        name = maquette_cells.name_of(clash.change.row, clash.change.year)
        typing.texts[name] = maquette_cells.typed(clash.change.typed)
        typing.wrong[name] = _("Enregistré entre-temps : %(theirs)s. Enregistrer de nouveau le remplace.") % {
            "theirs": _sum(clash.theirs)
        }
        typing.seen[name] = Seen(clash.version, clash.theirs)
    for change, reason in saved.refused:
        name = maquette_cells.name_of(change.row, change.year)
        typing.texts[name] = maquette_cells.typed(change.typed)
        typing.wrong[name] = in_words(reason)
        typing.seen[name] = before.seen.get(name, Seen())


def _both(clash: Clash, before: Typing) -> Both:
    change = clash.change
    return Both(
        name=maquette_cells.name_of(change.row, change.year),
        label=f"{before.rows.get(change.row, '')} – {change.year}",
        mine=_sum(change.typed),
        theirs=_sum(clash.theirs),
        gone=clash.gone,
    )


def _sum(cents: int | None) -> str:
    return _("vide") if cents is None else numbers.cents(cents)


def _tell(request: HttpRequest, saved: Saved) -> None:
    if saved.written:
        messages.success(
            request,
            ngettext("%(n)s case enregistrée.", "%(n)s cases enregistrées.", saved.written)
            % {"n": saved.written},
        )
    elif saved.whole:
        messages.info(request, _("Rien n’avait changé."))


def _page(
    request: HttpRequest,
    contract: Contract,
    hand: Hand,
    typing: Typing,
    both: list[Both] | tuple[()] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    found, form = narrowed(request, contract)
    page: Page[Row] = Paginator(found.rows, PAGE_ROWS).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "contract": contract,
        "maquette": found,
        "filter_form": form,
        "page": page,
        "body": maquette_cells.body(found, rows, hand=hand, typing=typing),
        "seen": maquette_cells.seen_of(found, rows, typing.seen),
        "sums": maquette_totals.sum_lines(found, found.amounts()),
        "both": both,
        "wrong": [] if both else _wrong(found, rows, typing),
        "hand": hand,
        "draft_key": draft_key(request, contract),
        "urls": urls_of(contract),
    }
    return render(request, "contracts/money/edit.html", context, status=status)


def _wrong(found: Maquette, rows: list[Row], typing: Typing) -> list[tuple[str, str, str]]:
    """Each cell to mend: its name, where it is in words, what is wrong."""
    labels = {row.id: row.key.label for row in rows}
    told = []
    for name, sentence in typing.wrong.items():
        match = NAME.match(name)
        row, year = (match[1], match[2]) if match else ("", "")
        told.append((name, f"{labels.get(row, '')} – {year}", sentence))
    return told

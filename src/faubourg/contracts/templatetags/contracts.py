"""`{% load contracts %}`: what every page of a contract shows."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from faubourg.base import numbers
from faubourg.contracts import end_words
from faubourg.contracts.agreements import Agreement, agreement_url
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Amendment, Contract, ContractStep, Post
from faubourg.contracts.nav import navigation
from faubourg.contracts.queries.ends import End
from faubourg.contracts.views import agreement_wording as wording
from faubourg.rules import expiry as ends
from faubourg.rules.action_coverage import heat

register = template.Library()


@register.inclusion_tag("contracts/parts/nav.html")
def contract_nav(contract: Contract, current: str) -> dict[str, Any]:
    """The sections of a contract, the pages of the present one: `{% contract_nav contract "contract" %}`."""
    sections, pages = navigation(contract, current)
    return {"sections": sections, "pages": pages}


@register.simple_tag(name="contract_url")
def contract_address(contract: Contract, name: str, *args: object) -> str:
    """The address of a page of a contract, its generation kept: `{% contract_url contract "contract" %}`."""
    return contract_url(contract, name, *args)


@register.simple_tag
def agreement_link(agreement: Agreement, name: str = "", *args: object) -> str:
    """`{% agreement_link convention "party_sign" party.pk %}`: one of its pages, a contract's or not."""
    return agreement_url(agreement, name, *args)


@register.simple_tag
def amendment_link(
    agreement: Agreement, amendment: Amendment, name: str, change: int = 0, article: int = 0
) -> str:
    """The page of an amendment that speaks of one change, or of one article."""
    address = agreement_url(agreement, name, amendment.pk)
    query = f"modification={change}" if change else f"article={article}"
    return f"{address}{'&' if '?' in address else '?'}{query}"


@register.simple_tag
def heat_cells(counts: Iterable[int]) -> SafeString:
    """A row of the coverage map: whole numbers only, thousands of them on one page."""
    return mark_safe("".join(_heat_cell(count) for count in counts))  # noqa: S308 (numbers of ours)


@cache
def _heat_cell(count: int) -> str:
    return f'<td class="num heat-{heat(count)}">{numbers.number(Decimal(count), 0)}</td>'


@register.filter
def share(share_bp: int) -> str:
    """Hundredths of a per cent as « 12,5 % »."""
    return numbers.percent(Decimal(share_bp) / 100, None)


@register.filter
def is_vacant(post: Post, on: date) -> bool:
    """Whether nobody holds the post that day."""
    return ends.vacant(post.person_name, post.starts_on, post.ends_on, on)


@register.filter
def step_label(step: ContractStep) -> str:
    """What a step of the circuit was, in one line."""
    return wording.step_label(step)


@register.filter
def end_kind(end: End) -> str:
    """What ends: a contract, a mandate, a post."""
    return end_words.end_kind(end)

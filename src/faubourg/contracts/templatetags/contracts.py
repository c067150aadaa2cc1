"""`{% load contracts %}`: what every page of a contract shows."""

from typing import Any

from django import template

from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.nav import pages_of

register = template.Library()


@register.inclusion_tag("contracts/parts/nav.html")
def contract_nav(contract: Contract, current: str) -> dict[str, Any]:
    """The pages of a contract, the present one marked: `{% contract_nav contract "contract" %}`."""
    return {
        "contract": contract,
        "pages": [(page.label, url, page.name == current) for page, url in pages_of(contract)],
    }


@register.simple_tag(name="contract_url")
def contract_address(contract: Contract, name: str, *args: object) -> str:
    """The address of a page of a contract, its generation kept: `{% contract_url contract "contract" %}`."""
    return contract_url(contract, name, *args)

"""Calls as the search shows and finds them: those that are published."""

from collections.abc import Iterator

from faubourg.base.models import SearchTerm
from faubourg.base.search import Searchable

from ..models import Call
from .calls import DRAFTS

Field = SearchTerm.Field


def findable_calls(*calls: Call) -> Iterator[Searchable]:
    """These calls, or all that are published."""
    found = calls or Call.objects.exclude(state__in=DRAFTS).select_related("lead", "territory")
    for call in found:
        contracts = [contract.name for contract in call.contracts.all()]
        place = call.territory.name if call.territory else ", ".join(contracts[:2])
        yield Searchable(
            kind="call",
            ref=call.code,
            title=call.title,
            detail=" · ".join(part for part in (str(call.year), call.lead.name, place) if part),
            url=call.get_absolute_url(),
            weight=call.year,
            terms={Field.CODE: [call.code], Field.PLACE: contracts},
        )

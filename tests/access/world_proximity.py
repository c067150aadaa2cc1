"""The area of the small world: run by the officer of its contract, one partner, one report, one walk."""

from faubourg.contracts.models import Contract
from faubourg.territories.models import Territory
from tests.factories.proximity import (
    AreaFactory,
    CategoryFactory,
    PartnerFactory,
    SpotFactory,
    TicketFactory,
    WalkFactory,
)


def names(contract: Contract, commune: Territory) -> dict[str, object]:
    """What an address of the room may hold between braces."""
    area = AreaFactory(code="ville", name="Ville", territory=commune)
    area.contracts.add(contract)
    category = CategoryFactory(area=area, code="proprete")
    partner = PartnerFactory(area=area)
    return {
        "area": area.code,
        "area_category": category.pk,
        "partner": partner.pk,
        "spot": SpotFactory(area=area, partner=partner).key,
        "walk": WalkFactory(area=area).pk,
        **_tickets(area, category),
    }


def _tickets(area: object, category: object) -> dict[str, object]:
    """One report, as it came."""
    ticket = TicketFactory(area=area, category=category)
    return {"ticket": ticket.reference, "ticket_pk": ticket.pk, "ticket_key": ticket.key}

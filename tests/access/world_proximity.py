"""The area of the small world: run by the officer of its contract, one partner, one report, one walk."""

from faubourg.contracts.models import Contract
from faubourg.territories.models import Territory
from tests.factories.proximity import (
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    FiledRequestFactory,
    LandFactory,
    ObservationFactory,
    ObservationGridFactory,
    PartnerFactory,
    PhotoFactory,
    ProposalFactory,
    ReferentFactory,
    RouteFactory,
    SpotFactory,
    TicketFactory,
    TicketPartnerFactory,
    WalkGuestFactory,
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
        **_settings(area, partner),
        **_walks(area),
        **_tickets(area, category),
    }


def _settings(area: object, partner: object) -> dict[str, object]:
    """One of each thing that an area is set with."""
    return {
        "area_land": LandFactory(area=area, partner=partner).pk,
        "area_route": RouteFactory(area=area, partner=partner, order=1).pk,
        "area_referent": ReferentFactory(partner=partner).pk,
        "area_seat": AreaSeatFactory(area=area).pk,
        "area_spot": SpotFactory(area=area).pk,
    }


def _walks(area: object) -> dict[str, object]:
    """One walk in preparation with somebody invited, one thing seen, one proposal, one grid."""
    seen = ObservationFactory(walk__area=area)
    guest = WalkGuestFactory(walk=seen.walk)
    return {
        "walk": seen.walk.pk,
        "walk_guest": guest.pk,
        "walk_key": guest.key,
        "observation": seen.client_id,
        "observation_pk": seen.pk,
        "proposal": ProposalFactory(walk=seen.walk).pk,
        "grid": ObservationGridFactory(area=area).pk,
    }


def _tickets(area: object, category: object) -> dict[str, object]:
    """One report, as it came."""
    ticket = TicketFactory(area=area, category=category)
    share = TicketPartnerFactory(ticket=ticket)
    filed = FiledRequestFactory(ticket=ticket)
    return {
        "ticket": ticket.reference,
        "ticket_pk": ticket.pk,
        "ticket_key": ticket.key,
        "ticket_share": share.pk,
        "api_key": filed.api_key.pk,
        "open311_token": filed.token,
        "photo": PhotoFactory(ticket=ticket).pk,
    }

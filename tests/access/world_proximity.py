"""The area of the small world: run by the officer of its contract, one partner, one report, one walk."""

from datetime import date

from faubourg.contracts.models import Contract
from faubourg.proximity.models import Area
from faubourg.territories.models import Territory
from tests.factories.project import ActionFactory
from tests.factories.proximity import (
    AreaAlertFactory,
    AreaFactory,
    AreaSeatFactory,
    CategoryFactory,
    FiledRequestFactory,
    GupConventionFactory,
    LandFactory,
    ObservationFactory,
    ObservationGridFactory,
    PartnerFactory,
    PhotoFactory,
    ProposalFactory,
    ReferentFactory,
    RouteFactory,
    SpotFactory,
    TfpbAgreementFactory,
    TfpbLineFactory,
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
        **_conventions(area, contract),
    }


def _settings(area: object, partner: object) -> dict[str, object]:
    """One of each thing that an area is set with."""
    return {
        "area_land": LandFactory(area=area, partner=partner).pk,
        "area_route": RouteFactory(area=area, partner=partner, order=1).pk,
        "area_referent": ReferentFactory(partner=partner).pk,
        "area_seat": AreaSeatFactory(area=area).pk,
        "area_spot": SpotFactory(area=area).pk,
        "area_alert": AreaAlertFactory(area=area).key,
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


def _conventions(area: Area, contract: Contract) -> dict[str, object]:
    """A GUP convention and a landlord's, in project, with one of each thing that hangs on them."""
    held = TfpbAgreementFactory(area=area, convention__contract=contract)
    line = TfpbLineFactory(year__agreement=held)
    proof = line.evidence.create(label="Preuve", ticket=TicketFactory(area=area))
    gup = GupConventionFactory(area=area, convention__contract=contract)
    task = {"organisation": held.landlord, "title": "Jardin", "group_name": "Voisins"}
    entrusted = area.entrusted_tasks.create(agreement_on=date(2026, 3, 1), insurance="Le bailleur", **task)
    return {
        "gup": gup.pk,
        "gup_action": gup.actions.create(action=ActionFactory(contract=contract)).pk,
        "gup_review": gup.reviews.create(kind="annual", year=2025).pk,
        "entrusted": entrusted.pk,
        "tfpb": held.pk,
        "tfpb_year": line.year.year,
        "tfpb_action": line.action_id,
        "tfpb_line": line.pk,
        "tfpb_proof": proof.pk,
    }

"""Drafts of a call that nothing holds back, each with who signs for its organisation."""

from datetime import date
from importlib import import_module
from typing import Any

from django.test import Client

from faubourg.calls.models import Application, Call
from faubourg.calls.services.dossier_money import set_budget, set_funders

# The factories of the tests, which are not typed.
CALLS, PEOPLE, PROJECT, PLACES = (
    import_module(f"tests.factories.{name}") for name in ("calls", "people", "project", "territories")
)
TEXT = "Des ateliers ouverts à tous, préparés avec les habitants. " * 20
ASKED, LOCAL, TOTAL = 500_000, 300_000, 1_000_000


def draft_of(call: Call, rank: int) -> Application:
    """A whole dossier with its money, its places, its indicators and its prior contacts."""
    contract = call.contracts.order_by("pk").first()
    organisation = PEOPLE.OrganisationFactory(name=f"Association du dépôt {rank}")
    CALLS.ApplicantRoleFactory(organisation=organisation, role="signatory")
    draft: Any = CALLS.ApplicationFactory(
        call=call, organisation=organisation, contract=contract, measure="f1", summary=TEXT, needs=TEXT,
        aims=TEXT, audience="Les jeunes du quartier.", themes=["participation"],
        excluded={"programme_activite": False}, conditions={"shared_diagnosis": True},
    )  # fmt: skip
    draft.objectives.add(PROJECT.ObjectiveFactory(contract=contract))
    draft.territories.add(*(PLACES.TerritoryFactory(kind="neighbourhood") for _ in range(3)))
    for name in ("Participants", "Ateliers tenus"):
        draft.indicators.create(name=name, target="40")
    for party in ("commune", "epci"):
        draft.prior_contacts.create(
            call=call, organisation=organisation, party=party, service="Ville", on=date(2014, 11, 3),
            advice="Oui.",
        )  # fmt: skip
    by_level = {funder.level: funder.pk for funder in call.funders.all()}
    requests = {f"{by_level[level]}-operating-{call.year}": cents for level, cents in _shares(by_level)}
    set_funders(draft, {"requests": requests, "standings": {}, "others": []})
    set_budget(draft, {"601": TOTAL, "insufprevisionnel": TOTAL - ASKED - LOCAL})
    return Application.objects.get(pk=draft.pk)


def _shares(by_level: dict[str, int]) -> list[tuple[str, int]]:
    return [("region", ASKED), ("commune" if "commune" in by_level else "epci", LOCAL)]


def signatory(draft: Application) -> Client:
    """Whoever signs, before the screen."""
    client = Client(raise_request_exception=False)
    client.force_login(draft.organisation.applicant_roles.get(role="signatory").person)
    return client

"""A whole dossier for the call of Nord-Pas de Calais, 2015, that holds: each test breaks what it is about."""

from datetime import date

from faubourg.calls.models import Application, CallFunder
from faubourg.calls.services.dossier_money import set_budget, set_funders
from faubourg.rules.calls.presets import DATA
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import OrganisationFactory
from tests.factories.project import ObjectiveFactory
from tests.factories.territories import TerritoryFactory

NO_EXCLUSION = {"programme_activite": False}


def a_call(**given):
    """A call whose funders are the Région (authority of the rules), a town and an association's fund."""
    call = CallFactory(**given)
    CallFunderFactory(call=call, name="Région", level=CallFunder.Level.REGION, is_authority=True)
    CallFunderFactory(call=call, name="Ville", level=CallFunder.Level.COMMUNE)
    return call


def asks(dossier: Application, *, asked=None, local=0, total=None):
    """Money: `asked` of the authority by nature, `local` of the town, own resources for the rest; cents."""
    asked = {"operating": 500_000} if asked is None else asked
    total = total or max(sum(asked.values()) + local, 1)
    region, town = dossier.call.funders.order_by("pk")
    year = dossier.call.year
    requests = {f"{region.pk}-{nature}-{year}": cents for nature, cents in asked.items()}
    if local:
        requests[f"{town.pk}-operating-{year}"] = local
    set_funders(dossier, {"requests": requests, "standings": {}, "others": []})
    own = total - sum(asked.values()) - local
    set_budget(dossier, {"601": total, "insufprevisionnel": own})
    return dossier


def ready(call=None, **given):
    """A draft that nothing holds back, with its signatory."""
    call = call or a_call()
    organisation = given.pop("organisation", None) or OrganisationFactory()
    if not organisation.applicant_roles.filter(role="signatory").exists():
        ApplicantRoleFactory(organisation=organisation, role="signatory")
    contract = given.pop("contract", None) or ContractFactory()
    dossier = ApplicationFactory(
        call=call, organisation=organisation, contract=contract,
        **{
            "summary": "Des ateliers au pied des tours.",
            "audience": "Les jeunes du quartier.",
            "themes": ["participation"],
            "excluded": NO_EXCLUSION,
            "conditions": {"shared_diagnosis": True},
            **given,
        },
    )  # fmt: skip
    dossier.objectives.add(ObjectiveFactory(contract=contract))
    dossier.territories.add(TerritoryFactory(kind="neighbourhood"))
    dossier.indicators.create(name="Participants", target="40")
    for party in ("commune", "epci"):
        dossier.prior_contacts.create(
            call=call,
            organisation=organisation,
            party=party,
            service="Ville",
            on=date(2014, 11, 3),
            advice="Oui.",
        )
    return asks(dossier, asked={"operating": 500_000}, local=300_000, total=1_000_000)


def signatory_of(dossier: Application):
    """Who signs for its organisation."""
    return dossier.organisation.applicant_roles.get(role="signatory").person


def rules(**changes):
    """The set of Nord-Pas de Calais with some parts changed."""
    return DATA["npdc-2014"] | changes

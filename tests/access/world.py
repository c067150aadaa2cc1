"""The small world of the matrix: one object of each kind, somebody for each role, here and elsewhere."""

from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from faubourg.base.models import Draft, Job
from faubourg.contracts.models import Contract, Convention
from faubourg.contracts.views.calendar_token import calendar_address
from faubourg.people.models import Person, RoleGrant
from faubourg.territories.models import FigureImport, Territory
from faubourg.territories.services import import_figures
from tests.access import world_calls, world_proximity
from tests.factories.agreement import (
    AmendmentFactory,
    ArticleFactory,
    ContractStepFactory,
    ConventionFactory,
    LinkedPlanFactory,
    PostFactory,
    SignatoryFactory,
)
from tests.factories.contracts import AnalysisFactory, ContractFactory
from tests.factories.evaluation import AnnualReportFactory, OpinionFactory
from tests.factories.governance import (
    BodyFactory,
    DecisionFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.life import DeliverableFactory, PhaseFactory
from tests.factories.money import CommitmentFactory, MeansFactory, TypedLineFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.project import (
    ActionFactory,
    DiagnosisFactory,
    GridFactory,
    ObjectiveFactory,
    QuestionFactory,
    StakeFactory,
)
from tests.factories.questions import InterpellationFactory
from tests.factories.territories import (
    FigureFactory,
    PerimeterFactory,
    SourceFactory,
    TerritoryFactory,
)

Kind = Territory.Kind
Role = RoleGrant.Role

# Where each role is held in the world (« here »); elsewhere is a place of the same kind that is not in it.
HERE = {
    Role.CONTRACT_OFFICER: ("epci", "900000001"),
    Role.COMMUNE_REFERENT: ("commune", "99001"),
    Role.PREFECT_DELEGATE: ("departement", "99"),
    Role.FUNDER_OFFICER: ("departement", "99"),
    Role.ELECTED: ("commune", "99001"),
    Role.EVALUATOR: ("epci", "900000001"),
    Role.RESOURCE_OFFICER: ("instance", ""),
    Role.DPO: ("instance", ""),
    Role.ADMINISTRATOR: ("instance", ""),
}
ELSEWHERE = {"epci": "900000002", "commune": "99002", "departement": "98"}


@dataclass
class World:
    """`people`: a client's cookies by actor; `names`: what an address may hold between braces."""

    people: dict[str, SimpleCookie] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)
    uploads: Path | None = None

    def client(self, actor: str) -> Client:
        """A fresh browser of that actor; a server error comes back as 500."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.people[actor].output(header="", sep=";"))
        return client


def build() -> World:
    """Everything an address of the product can name."""
    world = World()
    places = _places()
    _people(world)
    world.names |= {"code_" + kind: place.code for kind, place in places.items()} | {
        "source": SourceFactory().pk
    }
    contract = ContractFactory(
        borne_by=[places["epci"]], quarters=[places["neighbourhood"]], departement=places["departement"]
    )
    older = ContractFactory(older=True, borne_by=[places["epci"]])
    member = MembershipFactory(organisation=OrganisationFactory(name="Régie"), person=PersonFactory())
    grant = RoleGrantFactory(role=Role.EVALUATOR)
    world.names |= {
        "funding_line": TypedLineFactory(contract=contract, territory=places["epci"]).pk,
        "means": MeansFactory(contract=contract).pk,
        "commitment": CommitmentFactory(contract=contract).pk,
    }
    resident = Person.objects.get(email="resident@exemple.fr")
    Draft.objects.create(person_ref=resident.ref, form_key="essai", content={"a": "b"})
    FigureFactory(territory=places["neighbourhood"])
    PerimeterFactory(territory=places["neighbourhood"], kind="qpv_2024")
    drawn = PerimeterFactory(territory=places["neighbourhood"], drawn=True)
    world.names |= {
        "contract": contract.code,
        "generation": contract.generation,
        "older_contract": older.code,
        "phase": PhaseFactory(contract=contract).pk,
        "deliverable": DeliverableFactory(contract=contract, territory=places["commune"]).pk,
        "analysis": AnalysisFactory().pk,
        **_project(contract),
        "organisation": member.organisation.pk,
        "membership": member.pk,
        "grant": grant.pk,
        "import": _import(world).pk,
        "drawn": drawn.pk,
        "document": UUID(int=0),  # nobody's: the address answers as to an unknown one
        "job": Job.objects.create(task="essai", asked_by=resident.ref).pk,
        "draft": "essai",
        **_governance(contract, resident),
    }
    world.names |= _reports(contract, places["commune"])
    world.names |= _agreement(contract)
    world.names |= _questions(contract, resident)
    world.names |= world_calls.names(contract, resident)
    world.names |= world_proximity.names(contract, places["commune"])
    return world


def _governance(contract: Contract, resident: Person) -> dict[str, object]:
    """A body of the agglomeration with a seat and a meeting, and a decision that a resident has in charge."""
    body = BodyFactory(contract=contract)
    mandate = MandateFactory(seat=SeatFactory(body=body))
    meeting, decision = MeetingFactory(body=body), DecisionFactory(owner_ref=resident.ref)
    decision.meeting.body = body
    decision.meeting.save()
    return {
        "body": body.pk,
        "seat": mandate.seat.pk,
        "mandate": mandate.pk,
        "meeting": meeting.pk,
        "decision": decision.pk,
        "calendar": calendar_address(resident).rpartition("/")[2].removesuffix(".ics"),
    }


def _project(contract: Contract) -> dict[str, object]:
    """An objective and its measure, an action, a stake, a published grid put to the commune of the world."""
    commune = Territory.objects.get(kind=Kind.COMMUNE, code="99001")
    question = QuestionFactory(grid=GridFactory(contract=contract, published=True))
    objective = ObjectiveFactory(contract=contract)
    measured = objective.indicators.create(label="Fréquentation")
    return {
        "objective": objective.pk,
        "measured": measured.pk,
        "action": ActionFactory(contract=contract, objective=objective).pk,
        "stake": StakeFactory(contract=contract).pk,
        "grid": question.grid.pk,
        "diagnosis": DiagnosisFactory(grid=question.grid, territory=commune).pk,
    }


def _questions(contract: Contract, resident: Person) -> dict[str, object]:
    """A public one, one that waits to be read, one sent back to the resident who typed it."""
    back = {"sent_back_on": date(2024, 3, 1), "sent_back_reason": "Un nom est cité."}
    sent_back = InterpellationFactory(contract=contract, waiting=True, entered_by=resident.ref, **back)
    return {
        "question": InterpellationFactory(contract=contract).pk,
        "unread_question": InterpellationFactory(contract=contract, waiting=True).pk,
        "sent_back_question": sent_back.pk,
    }


def _reports(contract: Contract, commune: Territory) -> dict[str, object]:
    """One published, one submitted for opinion to the commune, one in preparation."""
    published = AnnualReportFactory(contract=contract, year=2022, published=True)
    consulted = AnnualReportFactory(contract=contract, year=2023, sent=True)
    draft = AnnualReportFactory(contract=contract, year=2021)
    council = OpinionFactory(report=consulted, kind="council", territory=commune, name=commune.name)
    years = {"published": published.year, "consulted": consulted.year, "draft_year": draft.year}
    return years | {"opinion": council.pk}


def _agreement(contract: Contract) -> dict[str, object]:
    """What hangs on the contract, and the same on a convention of it."""
    convention = ConventionFactory(contract=contract, state=Convention.State.SIGNED)
    names: dict[str, object] = {
        "convention": convention.pk,
        "step": ContractStepFactory(contract=contract, after="prefiguration").pk,
    }
    for prefix, owner in (("", {"contract": contract}), ("c_", {"contract": None, "convention": convention})):
        names |= {
            f"{prefix}party": SignatoryFactory(**owner).pk,
            f"{prefix}article": ArticleFactory(**owner).pk,
            f"{prefix}amendment": AmendmentFactory(**owner).pk,
            f"{prefix}plan": LinkedPlanFactory(**owner).pk,
            f"{prefix}post": PostFactory(**owner).pk,
        }
    return names


def _places() -> dict[str, Territory]:
    region = TerritoryFactory(kind=Kind.REGION, code="99", name="Région")
    departement = TerritoryFactory(kind=Kind.DEPARTEMENT, code="99", name="Département", region=region)
    above = {"region": region, "departement": departement}
    epci = TerritoryFactory(kind=Kind.EPCI, code="900000001", name="Agglomération", category="CA", **above)
    ept = TerritoryFactory(kind=Kind.EPT, code="900000003", name="Territoire", **above)
    unit = TerritoryFactory(kind=Kind.URBAN_UNIT, code="99999", name="Unité urbaine")
    commune = TerritoryFactory(
        kind=Kind.COMMUNE, code="99001", name="Ville", ept=ept, urban_unit=unit, **above
    )
    place = TerritoryFactory(kind=Kind.NEIGHBOURHOOD, code="QN09901N", name="Quartier", **above)
    place.communes.add(commune)
    # « epci » names a trait of the factory: the field is set beside it.
    Territory.objects.filter(pk__in=[commune.pk, place.pk]).update(epci=epci)
    for kind, code in ELSEWHERE.items():
        TerritoryFactory(kind=kind, code=code, name="Ailleurs")
    places = (region, departement, epci, ept, unit, commune, place)
    return {str(place.kind): place for place in places}


def _import(world: World) -> FigureImport:
    """Brought by the chargé·e de mission of the world, tried, not confirmed."""
    officer = RoleGrant.objects.get(role=Role.CONTRACT_OFFICER, scope_code=HERE[Role.CONTRACT_OFFICER][1])
    return import_figures.bring(
        upload=SimpleUploadedFile("chiffres.csv", b"code;population\nQN09901N;1000\n", "text/csv"),
        source=None,
        vintage="2021",
        editable=lambda places: set(),
        by=officer.person.actor,
    )


def _people(world: World) -> None:
    world.people["anonymous"] = Client().cookies
    world.people["resident"] = _signed_in(PersonFactory(email="resident@exemple.fr"))
    for role, (kind, code) in HERE.items():
        world.people[role.value] = _holder(role, kind, code)
        if kind in ELSEWHERE:
            world.people[f"{role.value}-elsewhere"] = _holder(role, kind, ELSEWHERE[kind])


def _holder(role: Role, kind: str, code: str) -> SimpleCookie:
    person = PersonFactory()
    RoleGrantFactory(person=person, role=role, scope_kind=kind, scope_code=code, since=date(2024, 1, 1))
    return _signed_in(person)


def _signed_in(person: Person) -> SimpleCookie:
    client = Client()
    client.force_login(person)
    return client.cookies


ACTORS = (
    "anonymous",
    "resident",
    *(
        name
        for role, (kind, _) in HERE.items()
        for name in ((role.value, f"{role.value}-elsewhere") if kind in ELSEWHERE else (role.value,))
    ),
)

"""A landlord's convention for tests: opened, planned, signed, running, step by step through the services."""

from datetime import UTC, date, datetime

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.people.models import Organisation, RoleGrant
from faubourg.proximity.models import Partner, TfpbAgreement, TfpbLine
from faubourg.proximity.services import tfpb_moves, tfpb_plan, tfpb_spending
from faubourg.proximity.services.tfpb_plan import ActionWords, Opening
from faubourg.proximity.services.tfpb_spending import Spent, YearFacts
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.proximity import AreaFactory, AreaSeatFactory, PartnerFactory, ReferentFactory

FIRST = 2026
# A working day of the first year, far from its ends: what is late or past depends on the day.
DAY = datetime(FIRST, 11, 20, 9, tzinfo=UTC)


class Cast:
    """Who is around a landlord's convention: `town` and `state` sign, `landlord` writes."""

    def __init__(self, code: str = "ville", first_year: int = FIRST) -> None:
        self.area = AreaFactory(code=code)
        self.first_year = first_year
        self.organisation = OrganisationFactory(name="Habitat d’essai", kind=Organisation.Kind.LANDLORD)
        self.partner = PartnerFactory(
            area=self.area, organisation=self.organisation, kind=Partner.Kind.LANDLORD, name="Habitat"
        )
        self.landlord = ReferentFactory(partner=self.partner).person
        self.town = AreaSeatFactory(area=self.area).person
        self.state = PersonFactory()
        RoleGrantFactory(
            person=self.state,
            role=RoleGrant.Role.PREFECT_DELEGATE,
            scope_kind=self.area.territory.kind,
            scope_code=self.area.territory.code,
        )

    def opened(self, **more) -> TfpbAgreement:
        told = {
            "landlord": self.organisation,
            "title": "Convention d’essai",
            "first_year": self.first_year,
            "last_year": self.first_year + 2,
            "duration_reason": "celle du contrat",
        }
        return tfpb_plan.open_tfpb(area=self.area, opening=Opening(**{**told, **more}), by=self.town.actor)

    def planned(self, agreement: TfpbAgreement | None = None) -> TfpbAgreement:
        held = agreement or self.opened()
        years = range(held.first_year, held.last_year + 1)
        for axis, title in ((3, "Sur-entretien des halls"), (4, "Encombrants"), (8, "Éclairage des halls")):
            words = ActionWords(axis=axis, title=title, planned=dict.fromkeys(years, 1_000_000))
            tfpb_plan.write_action(agreement=held, words=words, by=self.landlord.actor)
        return tfpb_moves.settle_plan(agreement=held, base_version=None, by=self.landlord.actor)

    def signed(self, on: date | None = None) -> TfpbAgreement:
        held = self.planned()
        day = on or timezone.localdate()
        return tfpb_moves.record_signatures(
            agreement=held, days=dict.fromkeys(held.parties, day), base_version=None, by=self.town.actor
        )

    def running(self, **more) -> TfpbAgreement:
        return tfpb_moves.begin(agreement=self.signed(**more), base_version=None, by=self.town.actor)

    def spend(self, line: TfpbLine, cost: int, valued: int, ordinary: int = 0) -> TfpbLine:
        spent = Spent(cost, ordinary, 0, 0, valued, "Fait.")
        return tfpb_spending.write_line(line=line, spent=spent, base_version=None, by=self.landlord.actor)

    def rebate(self, year, cents: int = 3_000_000):
        facts = YearFacts(400, cents, "Avis d’imposition", 71)
        return tfpb_spending.write_year(year=year, facts=facts, base_version=None, by=self.landlord.actor)


def lines_of(agreement: TfpbAgreement, year: int) -> list[TfpbLine]:
    found = TfpbLine.objects.filter(action__agreement=agreement, year__year=year)
    return list(found.select_related("action__agreement", "year").order_by("action__axis"))


def by(person) -> Actor:
    return person.actor

"""Areas of proximity, their partners and land, walks, reports, photographs, GUP and TFPB conventions."""

from datetime import UTC, date, datetime
from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from faubourg.base import documents
from faubourg.base.actor import FAUBOURG
from faubourg.contracts.models import Convention
from faubourg.people.models import Organisation
from faubourg.proximity import models as m

from .agreement import ConventionFactory
from .people import OrganisationFactory, PersonFactory
from .territories import TerritoryFactory

# The middle of a square of Clermont-Ferrand.
LON, LAT = 3.0863, 45.7797


def square(lon: float = LON, lat: float = LAT, half: float = 0.001) -> dict[str, object]:
    """A GeoJSON square around a point, `half` a side in degrees."""
    west, east, south, north = lon - half, lon + half, lat - half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Area

    code = factory.Sequence(lambda n: f"ville-{n}")
    name = factory.Sequence(lambda n: f"Proximité {n}")
    territory = factory.SubFactory(TerritoryFactory, kind="commune", lon=LON, lat=LAT)
    jurisdiction_id = factory.LazyAttribute(lambda area: f"{area.code}.exemple.fr")


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Category

    area = factory.SubFactory(AreaFactory)
    code = factory.Sequence(lambda n: f"categorie-{n}")
    name = factory.Sequence(lambda n: f"Catégorie {n}")
    theme = m.Category.Theme.CLEANLINESS


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Partner

    area = factory.SubFactory(AreaFactory)
    organisation = factory.SubFactory(OrganisationFactory, kind=Organisation.Kind.COMMUNE)
    name = factory.Sequence(lambda n: f"Service {n}")
    kind = m.Partner.Kind.TOWN


class ReferentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Referent

    partner = factory.SubFactory(PartnerFactory)
    person = factory.SubFactory(PersonFactory)
    name = "Référente d’essai"
    since = date(2020, 1, 1)


class AreaSeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.AreaSeat

    area = factory.SubFactory(AreaFactory)
    person = factory.SubFactory(PersonFactory)
    task = m.AreaSeat.Task.COORDINATOR
    since = date(2020, 1, 1)


class AreaAlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.AreaAlert

    area = factory.SubFactory(AreaFactory)
    email = factory.Sequence(lambda n: f"alerte-{n}@exemple.fr")
    key = factory.Sequence(lambda n: f"alerte{n:06d}")


class LandFactory(factory.django.DjangoModelFactory):
    """A square around the middle; `half` in degrees."""

    class Meta:
        model = m.Land

    class Params:
        half = 0.001

    area = factory.SubFactory(AreaFactory)
    partner = factory.SubFactory(PartnerFactory, area=factory.SelfAttribute("..area"))
    name = factory.Sequence(lambda n: f"Square {n}")
    geometry = factory.LazyAttribute(lambda land: square(half=land.half))
    west = factory.LazyAttribute(lambda land: LON - land.half)
    south = factory.LazyAttribute(lambda land: LAT - land.half)
    east = factory.LazyAttribute(lambda land: LON + land.half)
    north = factory.LazyAttribute(lambda land: LAT + land.half)


class RouteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Route

    area = factory.SubFactory(AreaFactory)
    order = factory.Sequence(lambda n: n)


class SpotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Spot

    area = factory.SubFactory(AreaFactory)
    key = factory.Sequence(lambda n: f"spot{n:04d}")
    name = factory.Sequence(lambda n: f"Hall {n}")
    lon = LON
    lat = LAT


class TicketFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Ticket

    area = factory.SubFactory(AreaFactory)
    reference = factory.Sequence(lambda n: f"T{n:05d}")
    category = factory.SubFactory(CategoryFactory, area=factory.SelfAttribute("..area"))
    text = "Un dépôt sauvage au pied de la tour."
    channel = m.Ticket.Channel.WEB
    lon = LON
    lat = LAT
    created_at = datetime(2026, 3, 2, 9, tzinfo=UTC)


class TicketPartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.TicketPartner

    ticket = factory.SubFactory(TicketFactory)
    partner = factory.SubFactory(PartnerFactory, area=factory.SelfAttribute("..ticket.area"))
    words = "La lampe"


class PhotoFactory(factory.django.DjangoModelFactory):
    """A small red picture of a report, kept on the storage."""

    class Meta:
        model = m.Photo

    ticket = factory.SubFactory(TicketFactory)
    sent_sha256 = factory.Sequence(lambda n: f"{n:064x}")
    document = factory.LazyFunction(
        lambda: documents.keep(upload=_red(), purpose="proximity-photo", by=FAUBOURG)
    )
    width = 20
    height = 10


def _red() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (20, 10), (200, 30, 30)).save(file, "JPEG")
    return SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")


class ArbitrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Arbitration

    ticket = factory.SubFactory(TicketFactory)
    opened_on = date(2026, 3, 2)
    due_on = date(2026, 3, 12)
    reason = "Chacun dit que c’est à l’autre"


class ApiKeyFactory(factory.django.DjangoModelFactory):
    """A key whose secret nobody knows; `services.open311_keys.create_key` makes one that files."""

    class Meta:
        model = m.ApiKey

    area = factory.SubFactory(AreaFactory)
    label = factory.Sequence(lambda n: f"Application {n}")
    digest = factory.Sequence(lambda n: f"{n:064x}")
    start = "abcdefgh"


class FiledRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.FiledRequest

    ticket = factory.SubFactory(TicketFactory)
    api_key = factory.SubFactory(ApiKeyFactory, area=factory.SelfAttribute("..ticket.area"))
    token = factory.Sequence(lambda n: f"token-{n}")


class ObservationGridFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ObservationGrid

    code = factory.Sequence(lambda n: f"grille-{n}")
    kind = m.ObservationGrid.Kind.GENERAL
    title = "Grille d’essai"


class WalkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Walk

    area = factory.SubFactory(AreaFactory)
    kind = m.Walk.Kind.DAY
    title = factory.Sequence(lambda n: f"Marche {n}")
    starts_at = datetime(2026, 3, 15, 14, tzinfo=UTC)


class WalkGuestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.WalkGuest

    walk = factory.SubFactory(WalkFactory)
    name = "Habitante d’essai"
    role = m.WalkGuest.Role.RESIDENT


class WalkStopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.WalkStop

    walk = factory.SubFactory(WalkFactory)
    order = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Halte {n}")
    lon = LON
    lat = LAT


class ObservationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Observation

    walk = factory.SubFactory(WalkFactory)
    text = "Un banc manque sous les arbres."
    lon = LON
    lat = LAT
    seen_at = datetime(2026, 3, 15, 14, 20, tzinfo=UTC)


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Proposal

    walk = factory.SubFactory(WalkFactory)
    title = "Remettre un banc"


class GupConventionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.GupConvention

    convention = factory.SubFactory(ConventionFactory, kind=Convention.Kind.GUP)
    area = factory.SubFactory(AreaFactory)


class TfpbAgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.TfpbAgreement

    convention = factory.SubFactory(ConventionFactory, kind=Convention.Kind.TFPB)
    area = factory.SubFactory(AreaFactory)
    landlord = factory.SubFactory(OrganisationFactory, kind=Organisation.Kind.LANDLORD)
    first_year = 2025
    last_year = 2030


class TfpbYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.TfpbYear

    agreement = factory.SubFactory(TfpbAgreementFactory)
    year = 2025


class TfpbLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.TfpbLine

    year = factory.SubFactory(TfpbYearFactory)
    action = factory.LazyAttribute(
        lambda line: m.TfpbAction.objects.create(
            agreement=line.year.agreement, axis=4, title="Encombrants du jeudi"
        )
    )
    planned_cents = 500_000

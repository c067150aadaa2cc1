"""What precedes a landlord's journey, made through the services: a walk, its reports, a plan not settled yet.

Run in the server's own database: `faubourg shell -c "from tests.journeys.landlord_scene import …"`.
"""

import json
from datetime import date

from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.people.models import Person
from faubourg.proximity.models import Area, Partner, Ticket, Walk
from faubourg.proximity.services import attributing, repairing, tfpb_plan
from faubourg.proximity.services.example import make_example_area
from faubourg.proximity.services.partners import Post, name_referent
from faubourg.proximity.services.tfpb_plan import ActionWords, Opening
from faubourg.proximity.services.walk_tickets import file_from_walk
from tests.proximity.walking import held, seen

LANDLORD, TOWN = "association@demo.faubourg", "referent@demo.faubourg"
HELD, AWAITED = "Bailleur A (exemple)", "Bailleur B (exemple)"
# A rule of the plan each: what is asked as proof differs.
ACTIONS = ((3, "Sur-entretien des halls"), (4, "Encombrants du jeudi"), (8, "Éclairage des halls"))
PLANNED = 1_000_000


def make() -> None:
    """Prints after KEYS: references of reports, numbers of conventions and of their lines."""
    area = make_example_area()
    assert area is not None
    town = Person.objects.get(email=TOWN).actor
    person = Person.objects.get(email=LANDLORD)
    landlord = Partner.objects.get(area=area, name=HELD)
    post = Post(person.name, "Chargée de proximité", person.email, person=person)
    name_referent(partner=landlord, post=post, since=date(2026, 1, 1), by=FAUBOURG)
    tickets = _reports(area, landlord, town)
    agreement = _agreement(area, landlord, town)
    other = Partner.objects.get(area=area, name=AWAITED)
    year = timezone.localdate().year
    _open(area, other, year, town)
    lines = agreement.years.get(year=year).lines.order_by("action__axis").values_list("pk", flat=True)
    told = {"area": area.code, "tickets": tickets, "tfpb": agreement.pk, "lines": list(lines), "year": year}
    print("KEYS" + json.dumps(told))


def _reports(area: Area, landlord: Partner, town) -> list[str]:
    """Twelve dysfunctions of a walk: eleven for the landlord, one about a dwelling; six have their day."""
    walk: Walk = held(area, town)
    rows = [
        seen(walk, town, lon=3.118 + n / 10_000, lat=45.802, text=f"Un hall à reprendre, numéro {n}.")
        for n in range(12)
    ]
    halls, dwellings = (area.categories.get(theme=theme) for theme in ("buildings", "housing"))
    filed = [
        file_from_walk(observation=row, category=dwellings if n == 11 else halls, by=town, at=timezone.now())
        for n, row in enumerate(rows)
    ]
    for rank, ticket in enumerate(filed):
        attributing.qualify(
            ticket=ticket, category=ticket.category, severity=2, public_text=f"Hall numéro {rank}",
            partner=None if rank == 11 else landlord, base_version=ticket.version, by=town,
        )  # fmt: skip
        if 3 <= rank <= 8:
            now = Ticket.objects.get(pk=ticket.pk)
            today = timezone.localdate()
            repairing.plan(ticket=now, on=today, words="", base_version=now.version, by=town)
    return [ticket.reference for ticket in filed]


def _open(area: Area, partner: Partner, year: int, town):
    opening = Opening(
        landlord=partner.organisation, title="Convention d’exemple", first_year=year, last_year=year + 2,
        duration_reason="celle du contrat de ville", contract=area.contracts.first(),
    )  # fmt: skip
    return tfpb_plan.open_tfpb(area=area, opening=opening, by=town)


def _agreement(area: Area, landlord: Partner, town):
    year = timezone.localdate().year
    agreement = _open(area, landlord, year, town)
    for axis, title in ACTIONS:
        planned = dict.fromkeys(range(year, year + 3), PLANNED)
        words = ActionWords(axis=axis, title=title, planned=planned)
        tfpb_plan.write_action(agreement=agreement, words=words, by=town)
    return agreement

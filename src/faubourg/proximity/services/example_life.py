"""Life in the example area, through the real services: reports at each age, walks, conventions.

Everything is invented and says « exemple »; made once, for the accounts of the demonstration.
"""

from django.db import transaction

from faubourg.people.models import Person

from ..models import Area
from .example import PARTNERS, make_example_area, middles_of
from .example_conventions import make_example_gup, make_example_tfpb
from .example_reports import Team, make_example_reports
from .example_walk import make_example_walks

# In the order of `Team`.
EVERYBODY = tuple(
    f"{name}@demo.faubourg"
    for name in ("chargee", "referent", "proprete", "bailleur", "numerovert", "habitante", "delegue")
)


@transaction.atomic
def make_example_life() -> Area | None:
    """The area, with what happens in it once the accounts of the demonstration are here; None without it."""
    area = make_example_area()
    people = {one.email: one for one in Person.objects.filter(email__in=EVERYBODY)}
    if area is None or people.keys() < set(EVERYBODY) or not _is_empty_example(area):
        return area
    team = Team(*(people[email] for email in EVERYBODY))
    name, middle = next(middles_of(area.territory))
    quarter = area.territory.neighbourhoods.filter(name=name, valid_to__isnull=True).first()
    tickets = make_example_reports(area, middle, team)
    walk = make_example_walks(area, quarter, middle, team)
    make_example_gup(area, walk, team)
    make_example_tfpb(area, quarter, (tickets["hall"],), team)
    return area


def _is_empty_example(area: Area) -> bool:
    """What a town opened itself is not ours to fill, nor what happened in ours since."""
    invented = {name for name, *_rest in PARTNERS}
    return invented <= set(area.partners.values_list("name", flat=True)) and not area.tickets.exists()

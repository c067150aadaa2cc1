"""Who stands back from what in a call."""

from collections.abc import Sequence

from faubourg.people.access import Visitor
from faubourg.people.models import Person

from ..models import Call, Interest


def interests_in(call: Call, person: Visitor | None) -> Sequence[Interest]:
    """Those of this person, or of everybody (None); one query."""
    rows = call.interests.select_related("person", "organisation", "application__organisation")
    if person is not None:
        rows = rows.filter(person=person if isinstance(person, Person) else None)
    return list(rows.order_by("-declared_on", "-pk"))

"""Changing what the sheet of a place says of itself: its presentation, and a local name."""

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.versions import held_at
from faubourg.territories import access
from faubourg.territories.models import Territory

from .edit_noting import announce, note, refuse_deceiving


@transaction.atomic
def edit_sheet(
    *, territory: Territory, version: int, description: str, by: Actor, name: str | None = None
) -> Territory:
    """Presentation, and name when the code is ours. `version` is the one that was read.

    Raises `Conflict` when somebody saved in between, `Refused` when the name is official.
    """
    place = held_at(territory, version)
    before = {"name": place.name, "description": place.description}
    place.description = description.strip()
    if name is not None and name.strip() != place.name:
        refuse_unless(access.can_rename(place))
        refuse_deceiving(name)
        place.name = " ".join(name.split())
    after = {"name": place.name, "description": place.description}
    if before == after:
        return place
    place.version += 1
    place.save()
    note(
        place,
        "territory_edited",
        by=by,
        before={key: value for key, value in before.items() if after[key] != value},
        after={key: value for key, value in after.items() if before[key] != value},
    )
    announce(place)
    return place

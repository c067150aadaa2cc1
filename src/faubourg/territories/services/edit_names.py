"""Other names under which people look for a place: added, withdrawn, found at once by the search."""

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.text import fold
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Alias, Source, Territory

from .edit_loaded import refuse_loaded
from .edit_noting import announce, held, note, refuse_deceiving


@transaction.atomic
def add_alias(*, territory: Territory, name: str, source: Source | None, by: Actor) -> Alias:
    """Another name; refused when the place already bears it, whatever the spelling."""
    place = held(territory)
    tidy = " ".join(name.split())
    refuse_deceiving(tidy)
    known = {fold(place.name), *(fold(alias.name) for alias in place.aliases.all())}
    if not fold(tidy):
        raise Refused(Verdict.no("alias_empty", mark("Un nom s’écrit avec des lettres ou des chiffres.")))
    if fold(tidy) in known and tidy in {place.name, *(alias.name for alias in place.aliases.all())}:
        raise Refused(Verdict.no("alias_known", mark("« {name} » est déjà un nom de ce lieu."), name=tidy))
    alias = Alias.objects.create(territory=place, name=tidy, source=source, added_by=by.ref)
    note(place, "alias_added", by=by, after={"name": tidy, "source": source.pk if source else ""})
    announce(place)
    return alias


@transaction.atomic
def withdraw_alias(*, alias: Alias, reason: str, by: Actor) -> None:
    """The name is no longer looked for; the journal keeps it. Refused for a name of the loader."""
    refuse_loaded(alias)
    place = held(alias.territory)
    before = {"name": alias.name, "source": alias.source_id or ""}
    if Alias.objects.filter(pk=alias.pk).delete()[0]:
        note(place, "alias_withdrawn", by=by, before=before, reason=reason)
        announce(place)

"""What a neighbourhood already has: equipment, services, associations."""

from django.db import transaction

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import LocalResource, Source, Territory

from .edit_noting import held, note


@transaction.atomic
def add_resource(
    *,
    territory: Territory,
    kind: str,
    name: str,
    partner: str,
    situation: str,
    note_text: str,
    source: Source,
    by: Actor,
) -> LocalResource:
    """One more; refused when the same nature already bears that name here."""
    place = held(territory)
    tidy = " ".join(name.split())
    if place.resources.filter(kind=kind, name=tidy).exists():
        raise Refused(
            Verdict.no("resource_known", mark("« {name} » est déjà dans la liste de ce lieu."), name=tidy)
        )
    resource = LocalResource.objects.create(
        territory=place, kind=kind, name=tidy, partner=partner, place=situation, note=note_text, source=source
    )
    note(place, "resource_added", by=by, after={"kind": kind, "name": tidy, "source": source.pk})
    return resource


@transaction.atomic
def withdraw_resource(*, resource: LocalResource, reason: str, by: Actor) -> None:
    """Gone or never there: the list loses it, the journal keeps it."""
    place = held(resource.territory)
    before = {"kind": resource.kind, "name": resource.name, "source": resource.source_id}
    if LocalResource.objects.filter(pk=resource.pk).delete()[0]:
        note(place, "resource_withdrawn", by=by, before=before, reason=reason)

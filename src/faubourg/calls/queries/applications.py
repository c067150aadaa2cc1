"""Dossiers as they are read: never one from which the reader stands back."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from faubourg.base.actor import Actor
from faubourg.people.access import Visitor
from faubourg.people.models import Person

from ..models import Application, Interest


def application_by_pk(pk: int) -> Application | None:
    """A dossier with what its rights and its head are read from; three queries."""
    return (
        Application.objects.select_related(
            "organisation",
            "contract__departement",
            "call__lead",
            "call__territory",
            "call__rule_set",
            "intent",
        )
        .prefetch_related("call__contracts__bearers__territory", "call__contracts__departement")
        .filter(pk=pk)
        .first()
    )


def without_recused(queryset: "QuerySet[Application]", person: Visitor) -> "QuerySet[Application]":
    """The same list without the dossiers from which this person stands back: in every list and export."""
    if not isinstance(person, Person):
        return queryset.none()
    held = Interest.objects.filter(person=person)
    in_dossiers = held.filter(application__isnull=False).values("application")
    in_organisations = held.filter(organisation__isnull=False).values("organisation")
    in_call = held.filter(call=OuterRef("call_id"), organisation=OuterRef("organisation_id"))
    # Each list of keys is read once; only a row of one of those organisations asks about its call.
    return queryset.exclude(pk__in=in_dossiers).filter(
        ~(Q(organisation__in=in_organisations) & Q(Exists(in_call)))
    )


def recused_among(pks: Iterable[int], by: Actor) -> set[int]:
    """Those from which who acts stands back, that collective acts leave alone; two queries."""
    person = Person.objects.filter(ref=by.ref).first() if by.ref else None
    if person is None:
        return set()
    wanted = set(pks)
    seen = without_recused(Application.objects.filter(pk__in=wanted), person)
    return wanted - set(seen.values_list("pk", flat=True))


def submitted_to(call_pk: int, person: Visitor) -> "QuerySet[Application]":
    """The dossiers of a call that were submitted, as this person may list them."""
    return without_recused(
        Application.objects.filter(call=call_pk).exclude(state="draft").select_related("organisation"), person
    )

"""Dossiers as services and juries read them: never one from which the reader stands back, nor one's own."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from faubourg.base.actor import Actor
from faubourg.people.access import Visitor
from faubourg.people.models import Person

from ..access.claims import in_force
from ..models import ApplicantRole, Application, Interest


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
    """The same list without the dossiers from which this person stands back, nor those of organisations for
    which they act: in every list, export and collective act of the services.
    """
    if not isinstance(person, Person):
        return queryset.none()
    held = Interest.objects.filter(person=person)
    in_dossiers = held.filter(application__isnull=False).values("application")
    in_organisations = held.filter(organisation__isnull=False).values("organisation")
    in_call = held.filter(call=OuterRef("call_id"), organisation=OuterRef("organisation_id"))
    # Each list of keys is read once; only a row of one of those organisations asks about its call.
    return (
        queryset.exclude(pk__in=in_dossiers)
        .exclude(organisation__in=own_organisations(person))
        .filter(~(Q(organisation__in=in_organisations) & Q(Exists(in_call))))
    )


def own_organisations(person: Person) -> "QuerySet[ApplicantRole, int]":
    """The keys of the organisations for which somebody acts today, to filter by."""
    return ApplicantRole.objects.filter(in_force(), person=person).values_list("organisation", flat=True)


def recused_among(pks: Iterable[int], by: Actor) -> set[int]:
    """Those from which who acts stands back, or one's own: collective acts leave them alone; two queries."""
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

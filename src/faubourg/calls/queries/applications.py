"""Dossiers as services and juries read them: never one from which the reader stands back, nor one's own."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Value

from faubourg.base.actor import Actor
from faubourg.people.access import Visitor
from faubourg.people.models import Person

from ..access.claims import in_force
from ..models import ApplicantRole, Application, Call, Interest
from .rights import rights_through


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
        .prefetch_related(*rights_through("call"))
        .filter(pk=pk)
        .first()
    )


def application_in(call: Call, pk: int) -> Application | None:
    """The same of a call that is read already, with its contracts; one query."""
    found = call.applications.select_related("organisation", "contract__departement", "intent")
    application = found.filter(pk=pk).first()
    if application is not None:
        application.call = call
    return application


def without_recused(queryset: "QuerySet[Application]", person: Visitor) -> "QuerySet[Application]":
    """The same list without the dossiers from which this person stands back, nor those of organisations for
    which they act: in every list, export and collective act of the services.
    """
    if not isinstance(person, Person):
        return queryset.none()
    held = held_back(person, "pk", "")
    return queryset.exclude(held) if held else queryset


def held_back(person: Person, dossier: str, prefix: str) -> Q | None:
    """The dossiers from which somebody stands back, and one's own, by their keys; None when there are none.

    `dossier` names the key of the dossier as it is seen from the rows, `prefix` leads to its columns. One
    query, whatever the number of dossiers that are then left out.
    """
    told = (
        Interest.objects.filter(person=person).order_by().values_list("application", "organisation", "call")
    )
    nothing = Value(None, output_field=BigIntegerField())
    acting = ApplicantRole.objects.filter(in_force(), person=person).order_by()
    dossiers: list[int] = []
    by_call: dict[int | None, list[int]] = {}
    own = acting.values_list(nothing, "organisation", nothing)
    rows: Iterable[tuple[int | None, Any, int | None]] = told.union(own, all=True)
    for application, organisation, call_pk in rows:
        if application:
            dossiers.append(application)
        else:
            by_call.setdefault(call_pk, []).append(organisation)
    held = [Q(**{f"{dossier}__in": dossiers})] if dossiers else []
    for call, organisations in by_call.items():
        within = {f"{prefix}call": call} if call else {}
        held.append(Q(**within, **{f"{prefix}organisation__in": organisations}))
    return reduce(or_, held) if held else None


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

"""What every page of an organisation that applies begins with: which one, who asks, on which mandate."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words
from faubourg.people.models import Organisation, Person

from ..access import can_read_applicant
from ..queries.applicants import mandate_of, organisation_by_pk

MOST_NAME = 150
# Where somebody who had no organisation yet was going.
COME_BACK = "applicant_then"


def asked_organisation(pk: int) -> Organisation:
    """The organisation of this number; 404 that helps."""
    found = organisation_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune organisation ne porte ce numéro."))
    return found


def asked_applicant(request: HttpRequest, pk: int) -> Organisation:
    """The organisation of this number, for whoever acts for it."""
    read_roles_ahead(request)
    found = asked_organisation(pk)
    require(can_read_applicant(request.user, found))
    return found


def read_roles_ahead(request: HttpRequest) -> None:
    """Who asks is asked many times what they may do: their roles are read once."""
    if isinstance(request.user, Person):
        prefetch_related_objects([request.user], "applicant_roles")


def me(request: HttpRequest) -> Person:
    """The signed-in person: a right was checked before."""
    return cast(Person, request.user)


def actor_for(request: HttpRequest, organisation: Organisation) -> Actor:
    """Who signs what is written: who types on a mandate bears both names."""
    person = me(request)
    if mandate_of(person, organisation) is None:
        return person.actor
    both = _("%(person)s, pour %(organisation)s") % {"person": person, "organisation": organisation.name}
    return Actor(ref=person.ref, name=both[:MOST_NAME])


def frame(request: HttpRequest, organisation: Organisation, here: str) -> dict[str, Any]:
    """Its name, its pages, the banner of who types on a mandate."""
    pages = [
        ("applicant", _("Fiche")),
        ("applicant_people", _("Équipe")),
        ("applicant_charter", _("Engagement républicain")),
        ("applicant_vault", _("Coffre")),
    ]
    return {
        "organisation": organisation,
        "mandate": mandate_of(me(request), organisation),
        "applicant_pages": [
            (label, reverse(name, args=[organisation.pk]), name == here) for name, label in pages
        ],
        "applicant_url": reverse("applicant", args=[organisation.pk]),
        "mine_url": reverse("applicants"),
    }


def say_refused(request: HttpRequest, refused: Refused) -> None:
    """Each reason as a message."""
    for reason in refused.verdict.refusals():
        messages.error(request, in_words(reason))


def say_meanwhile(request: HttpRequest) -> None:
    """Somebody else did it in between."""
    messages.error(
        request, _("Quelqu’un vient de le changer : relisez la page, rien n’a été écrit deux fois.")
    )

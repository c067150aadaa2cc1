"""Which call, which dossier an address means, and who asks: every page of a dossier passes through here."""

from typing import cast

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.base.refusal import require
from faubourg.people.models import Person

from ..access import can_read_call
from ..access.readers import Reader
from ..models import Application, Call
from ..queries.applications import application_by_pk
from ..queries.calls import call_by_code


def asked_call(request: HttpRequest, code: str) -> Call:
    """The call of this code that this person may read; 404 that helps, 403 for a draft of others."""
    call = call_by_code(code)
    if call is None:
        raise Http404(_("Aucun appel à projets ne porte le code %(code)s.") % {"code": code[:60]})
    require(can_read_call(request.user, call))
    return call


def asked_application(request: HttpRequest, pk: int) -> Application:
    """The dossier of this number that this person may read: 403 for who stands back, exports included."""
    return asked_reader(request, pk).application


def asked_reader(request: HttpRequest, pk: int) -> Reader:
    """The same with what this person is to it, so that a page asks its rights once."""
    application = application_by_pk(pk)
    if application is None:
        raise Http404(_("Aucun dossier ne porte ce numéro."))
    if isinstance(request.user, Person):
        # Who applies is asked several times a page: the roles are read once.
        prefetch_related_objects([request.user], "applicant_roles")
    reader = Reader(request.user, application)
    require(reader.may_read)
    return reader


def actor_of(request: HttpRequest) -> Actor:
    """The person who is signed in, as the services know them; the right was checked before."""
    return cast(Person, request.user).actor

"""Which area an address means, and who asks."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.people.models import Person

from ..models import Area
from ..queries.areas import area_by_code


def asked_area(code: str) -> Area:
    """The area of this code; a 404 that helps."""
    area = area_by_code(code)
    if area is None:
        raise Http404(unknown_area(code))
    return area


def unknown_area(code: str) -> str:
    """What is said of an address that names none."""
    return _("Aucun territoire de proximité ne porte le code %(code)s.") % {"code": code[:60]}


def actor_of(request: HttpRequest) -> Actor:
    """The person who is signed in, as the services know them; the right was checked before."""
    return cast(Person, request.user).actor

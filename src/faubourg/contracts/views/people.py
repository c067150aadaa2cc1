"""Who asks, and refusals in the reader's language."""

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext

from faubourg.base.actor import Actor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict


def actor_of(request: HttpRequest) -> Actor:
    """The person who is signed in, as the services know them; the right was checked before."""
    return cast(Person, request.user).actor


def in_words(verdict: Verdict) -> str:
    """Every reason of a refusal, in one text."""
    return " ".join(gettext(reason.template).format(**reason.params) for reason in verdict.refusals())

"""An invitation and its letter: the address gets one sentence and where to sign in, no password."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.people.models import Organisation

from ..models import ApplicantInvitation
from ..services.joining import invite
from .applicant_finding import actor_for


def invite_by_mail(
    request: HttpRequest, organisation: Organisation, *, email: str, role: str, mandate: str
) -> ApplicantInvitation:
    """Record the invitation, then write to the address. Raises Refused as `invite` does."""
    made = invite(
        organisation=organisation,
        email=email,
        role=role,
        mandate=mandate,
        by=actor_for(request, organisation),
    )
    where = request.build_absolute_uri(reverse("applicants"))
    told = {
        "organisation": organisation.name,
        "role": made.get_role_display(),
        "where": where,
        "by": made.invited_by_name,
    }
    subject = _("Un rôle vous est proposé pour %(organisation)s") % told
    text = (
        _(
            "%(by)s vous propose ce rôle pour %(organisation)s : %(role)s.\n\n"
            "Connectez-vous, ou créez votre compte, avec cette adresse : %(where)s\n\n"
            "Sans réponse de votre part, rien ne se passe."
        )
        % told
    )
    # Robust: an absent mail server must not undo the invitation, which also waits on the page.
    transaction.on_commit(
        lambda: send_mail(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [email]), robust=True
    )
    return made

"""What is said about a dossier: between services, or to whoever carries it."""

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.base.text import printable
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, Comment


@transaction.atomic
def comment(*, application: Application, text: str, shared: bool, by: Actor) -> Comment:
    """Write a message; `shared` shows it to the applicant. The journal says that, not what was written."""
    said = printable(text).strip()
    if not said:
        raise Refused(Verdict.no("text", mark("Écrivez un message avant de l’envoyer.")))
    kept = Comment.objects.create(
        application=application, text=said, shared=shared, by=by.ref, by_name=by.name
    )
    journal.record(
        by=by,
        act="calls.commented",
        kind="application",
        ref=str(application.pk),
        after={"shared": "oui" if shared else "non"},
    )
    return kept

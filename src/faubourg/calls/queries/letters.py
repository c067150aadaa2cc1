"""Letters as they are read: by the service that writes them, by the organisation that receives them."""

from django.db.models import QuerySet

from faubourg.base.lasting import lasts_on
from faubourg.base.models import Job
from faubourg.people.access import Visitor
from faubourg.people.models import Person

from ..models import ApplicantRole, Application, Call, FunderDecision, Letter
from .applications import without_recused
from .rights import rights_through
from .voted import FIRM

# The long works of letters, by name.
DRAFT, SEND = WORKS = ("draft-letters", "send-letters")
DECIDED = (*FIRM, "refused", "cancelled")


def covered(application: Application, funder_pk: int | None) -> "QuerySet[FunderDecision]":
    """The decisions that a letter tells: those of its funder, or of all of them."""
    found = application.decisions.filter(state__in=DECIDED)
    return found.filter(funder=funder_pk) if funder_pk else found


def letter_by_pk(pk: int) -> Letter | None:
    """A letter with what its rights and its page are read from."""
    return (
        Letter.objects.select_related("funder", "document", "application__organisation__applicant")
        .select_related("application__call__lead", "application__call__territory", "application__contract")
        .prefetch_related(*rights_through("application__call"), "application__call__funders")
        .filter(pk=pk)
        .first()
    )


def letters_of_call(call: Call, person: Visitor) -> "QuerySet[Letter]":
    """Drafts and sent ones, never of a dossier from which the reader stands back."""
    seen = without_recused(Application.objects.filter(call=call), person)
    return Letter.objects.filter(application__in=seen).select_related(
        "application__organisation", "funder", "application__call"
    )


def letter_works(call: Call, person: Visitor) -> "QuerySet[Job]":
    """The letters of a call that are being drafted or sent for this person."""
    mine = Job.objects.filter(asked_by=person.ref) if isinstance(person, Person) else Job.objects.none()
    return mine.filter(task__in=WORKS, arguments__call=call.pk, ended_at=None)


def letters_of_application(application: Application, *, sent_only: bool) -> "QuerySet[Letter]":
    """The last first; an applicant reads those that were sent."""
    found = application.letters.select_related("funder")
    return found.exclude(sent_at=None) if sent_only else found


def letters_to(person: Person) -> "QuerySet[Letter]":
    """What was sent to the organisations for which somebody acts, the last first."""
    mine = ApplicantRole.objects.filter(lasts_on(), person=person).values("organisation")
    return (
        Letter.objects.filter(application__organisation__in=mine, sent_at__isnull=False)
        .select_related("application__organisation", "application__call", "funder")
        .order_by("-sent_at", "-pk")
    )

"""A dossier as its own people write it: found with all its form needs, shown step by step in plain words."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faubourg.base.refusal import require
from faubourg.people.models import Person

from ..access import can_write_application, can_write_for
from ..access.applications import OWN_STATES
from ..models import ApplicantRole, Application
from ..queries.mine import people_of
from ..queries.verdicts import Judged, judged
from ..queries.writing import SLUGS, steps_of, written

Role = ApplicantRole.Role
STEP_BY_SLUG = {slug: step for step, slug in SLUGS.items()}
LABELS = {
    "project": gettext_lazy("Le projet"),
    "places": gettext_lazy("Lieux, objectifs et public"),
    "calendar": gettext_lazy("Calendrier et moyens"),
    "conditions": gettext_lazy("Conditions de l’appel"),
    "indicators": gettext_lazy("Indicateurs promis"),
    "budget": gettext_lazy("Budget"),
    "funders": gettext_lazy("Financeurs"),
    "pieces": gettext_lazy("Pièces"),
    "check": gettext_lazy("Vérifier et signer"),
}


@dataclass
class Writing:
    """A dossier in the hands of somebody who writes it; `people`: who may act for its organisation."""

    application: Application
    person: Person
    people: list[ApplicantRole]
    at: datetime

    @cached_property
    def judged(self) -> Judged:
        """The verdict on what is saved, but for what only the last page looks up."""
        return judged(self.application, self.at, reports=False)

    @property
    def assisting(self) -> bool:
        """Whether this person types for an organisation without being of it."""
        return {held.role for held in self.people if held.person_id == self.person.pk} == {Role.ASSISTANT}

    @property
    def signatory(self) -> Person | None:
        """Who signs for the organisation today; None when nobody does."""
        return next((held.person for held in self.people if held.role == Role.SIGNATORY), None)

    def steps(self, current: str) -> list[dict[str, Any]]:
        """The way through the form: what is done, what is to mend, where one is."""
        return [
            {
                "label": LABELS[step],
                "url": "" if step == current else self.url(step),
                "state": "current" if step == current else self._state(step),
            }
            for step in steps_of(self.application, self.judged.rule_set)
        ]

    def _state(self, step: str) -> str:
        return "todo" if step == "check" or self.judged.to_mend(step) else "done"

    def url(self, step: str) -> str:
        """The address of one step."""
        return reverse("application_step", args=[self.application.pk, SLUGS[step]])

    def after(self, step: str) -> str:
        """The step that follows; the last one follows itself."""
        found = steps_of(self.application, self.judged.rule_set)
        return found[min(found.index(step) + 1, len(found) - 1)] if step in found else "check"


def asked_writing(request: HttpRequest, pk: int, *, to_write: bool = True) -> Writing:
    """The dossier of this number for whoever may write it: 403 for everybody else, whatever its state."""
    application = written(pk)
    if application is None:
        raise Http404(_("Aucun dossier ne porte ce numéro."))
    person = request.user
    people = people_of(application.organisation, timezone.localdate())
    mine = isinstance(person, Person) and any(held.person_id == person.pk for held in people)
    # The one read of the roles answers for a page; only a refusal asks for its reason.
    if not mine:
        require(can_write_for(person, application.organisation))
    if to_write and application.state not in OWN_STATES:
        require(can_write_application(person, application))
    return Writing(application, cast(Person, person), people, timezone.now())

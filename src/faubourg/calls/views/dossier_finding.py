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

from ..access import can_read_application, can_write_application, can_write_for
from ..models import Application
from ..queries.mine import only_assists
from ..queries.verdicts import Judged, judged
from ..queries.writing import steps_of, written

# The word of each step in an address, and on the page.
SLUGS = {
    "project": "projet",
    "places": "lieux",
    "calendar": "calendrier",
    "conditions": "conditions",
    "indicators": "indicateurs",
    "budget": "budget",
    "funders": "financeurs",
    "pieces": "pieces",
    "check": "verifier",
}
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
    """A dossier in the hands of somebody who writes it, judged as it is saved at one moment."""

    application: Application
    person: Person
    at: datetime

    @cached_property
    def judged(self) -> Judged:
        """The verdict on what is saved."""
        return judged(self.application, self.at)

    @cached_property
    def assisting(self) -> bool:
        """Whether this person types for an organisation without being of it."""
        return only_assists(self.person, self.application.organisation, timezone.localdate())

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
    require(can_write_for(request.user, application.organisation))
    require(can_read_application(request.user, application))
    if to_write:
        require(can_write_application(request.user, application))
    return Writing(application, cast(Person, request.user), timezone.now())

"""What the form CERFA 12156*06 of a dossier is written from: as many questions for every dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from faubourg.rules.calls.budget import Line
from faubourg.territories.models import Territory

from ..models import (
    Applicant,
    ApplicantRole,
    Application,
    BudgetLine,
    Charter,
    FundingRequest,
    PromisedIndicator,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A dossier with who asks (an empty sheet when there is none), its money and its promises.

    `quality`: in which capacity the signatory signs, as the organisation says it.
    """

    application: Application
    applicant: Applicant
    charter: Charter | None
    quality: str
    lines: Sequence[BudgetLine]
    requests: Sequence[FundingRequest]
    places: Sequence[Territory]
    indicators: Sequence[PromisedIndicator]

    def lines_of_rules(self) -> list[Line]:
        """The budget as the rules add it up."""
        return [Line(line.account, line.cents) for line in self.lines]


def form_of(application: Application) -> Form:
    """Seven questions."""
    asks = application.organisation
    sheet = Applicant.objects.filter(organisation=asks).first() or Applicant(organisation=asks)
    return Form(
        application=application,
        applicant=sheet,
        charter=asks.charters.filter(withdrawn_on=None).first(),
        quality=_quality(application, sheet),
        lines=list(application.budget_lines.select_related("funder")),
        requests=list(application.requests.select_related("funder")),
        places=list(application.territories.order_by("sort_key", "code")),
        indicators=list(application.indicators.all()),
    )


def _quality(application: Application, sheet: Applicant) -> str:
    if application.signed_by_name and application.signed_by_name == sheet.head_name:
        return sheet.head_title
    if application.signed_by is None or application.submitted_at is None:
        return ""
    roles = ApplicantRole.objects.filter(
        organisation=application.organisation_id, person__ref=application.signed_by, role="signatory",
        since__lte=timezone.localdate(application.submitted_at),
    )  # fmt: skip
    return roles.order_by("-since").values_list("mandate", flat=True).first() or ""

"""What has to stand before money leaves: the convention beyond 23 000 €, the charter, the bank details.

The threshold counts what one authority gives to one private body in one year, every call together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from faubourg.people.models import Organisation
from faubourg.rules.calls.binding import Proposed, propose
from faubourg.rules.calls.clocks import CONVENTION, Grant, judge_convention
from faubourg.rules.verdict import Reason, mark

from ..models import Agreement, CallFunder, Charter, FunderDecision, VaultPiece
from .voted import FIRM

# Private bodies: a public one is paid on its deliberation, and signs no charter.
PRIVATE = frozenset({Organisation.Kind.ASSOCIATION, Organisation.Kind.COLLECTIVE, Organisation.Kind.OTHER})
NOT_CONCERNED = mark("{beneficiary} est un organisme public : la délibération suffit, sans convention.")


def of_authority(funder: CallFunder) -> Q:
    """Every funder line, of whatever call, behind which the same authority stands."""
    if funder.organisation_id:
        return Q(funder__organisation=funder.organisation_id)
    return Q(funder__organisation=None, funder__name__iexact=funder.name)


def authority_name(funder: CallFunder) -> str:
    """The authority in a sentence."""
    return funder.organisation.name if funder.organisation else funder.name


def is_signed(agreement: Agreement | None) -> bool:
    """Whether it binds: both sides for a convention, the funder alone for an order."""
    if agreement is None or agreement.signed_by_funder_on is None:
        return False
    return agreement.kind == Agreement.Kind.ORDER or agreement.signed_by_beneficiary_on is not None


def grants_of(funder: CallFunder, organisation: Organisation, year: int) -> "QuerySet[FunderDecision]":
    """What this authority decided for that body that year, in every call."""
    return FunderDecision.objects.filter(
        of_authority(funder), application__organisation=organisation, year=year, state__in=FIRM
    )


def convention_reason(decision: FunderDecision) -> Reason:
    """Whether this decision may be committed and paid, with the total that says so; one query."""
    organisation, funder = decision.application.organisation, decision.funder
    if organisation.kind not in PRIVATE:
        return Reason(
            "convention", True, NOT_CONCERNED, {"beneficiary": organisation.name}, source=CONVENTION
        )
    key = (organisation.name, authority_name(funder), decision.year)
    rows = grants_of(funder, organisation, decision.year).values_list("amount_cents", "funder__call__code")
    grants = [Grant(*key, cents, code) for cents, code in rows]
    agreement = decision.agreement
    signed = is_signed(agreement) and agreement is not None and agreement.kind != Agreement.Kind.ORDER
    return judge_convention(key, grants, signed=signed)


def proposed_act(
    funder: CallFunder, organisation: Organisation, decisions: Iterable[FunderDecision]
) -> Proposed:
    """The act to propose for these decisions; at most two queries."""
    held = list(decisions)
    year = min((one.year for one in held), default=funder.call.year)
    found = FunderDecision.objects.filter(
        of_authority(funder),
        application__organisation=organisation,
        state__in=FIRM,
        year__in=[year - 1, year],
    ).values_list("year", "amount_cents")
    return propose(
        total_cents=sum(cents for when, cents in found if when == year),
        years=max([one.application.years for one in held] + [len({one.year for one in held})], default=1),
        granted_before=any(when == year - 1 for when, _cents in found),
    )


def needs_charter(organisation: Organisation) -> bool:
    """An association signs the charter before a public grant; a public body does not."""
    return organisation.kind == Organisation.Kind.ASSOCIATION


def charter_missing(organisation: Organisation, on: date | None = None) -> bool:
    """Whether the charter still has to be signed; one query for an association."""
    day = on or timezone.localdate()
    return needs_charter(organisation) and not (
        Charter.objects.filter(organisation=organisation, signed_on__lte=day)
        .exclude(withdrawn_on__lte=day)
        .exists()
    )


def bank_missing(organisation: Organisation, on: date | None = None) -> bool:
    """Whether no bank details of the vault are valid that day; one query."""
    day = on or timezone.localdate()
    return not (
        VaultPiece.objects.filter(organisation=organisation, kind=VaultPiece.Kind.BANK, replaced_by=None)
        .exclude(valid_until__lt=day)
        .exists()
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What stands between a decision and its payment."""

    convention: Reason
    charter_missing: bool
    bank_missing: bool

    @property
    def given(self) -> frozenset[str]:
        """The guards of the payment's circuit that are satisfied."""
        told = {
            "convention": self.convention.met is not False,
            "charter": not self.charter_missing,
            "bank": not self.bank_missing,
        }
        return frozenset(name for name, held in told.items() if held)


def before_payment(decision: FunderDecision, on: date | None = None) -> Before:
    """Read for one decision; three queries."""
    organisation = decision.application.organisation
    return Before(
        convention_reason(decision), charter_missing(organisation, on), bank_missing(organisation, on)
    )

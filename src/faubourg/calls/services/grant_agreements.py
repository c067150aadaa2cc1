"""The acts that bind a funder and a beneficiary: written, signed on both sides, kept as they were signed.

An association signs the contrat d'engagement républicain before an agreement (décret 2021-1947).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.people.models import Organisation
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.verdict import LegalSource, Reason, Verdict, mark

from ..agreement_pdf import agreement_pdf
from ..models import Agreement, Application, CallFunder, FunderDecision
from ..queries.bound import charter_missing, is_signed
from .funder_decisions import lock_decisions
from .moving import locked, move

KIND = "grant-agreement"
BINDABLE = ("voted", "notified", "committed")
CHARTER = LegalSource("décret n° 2021-1947 du 31 décembre 2021")
NO_CHARTER = mark(
    "{organisation} n’a pas signé le contrat d’engagement républicain : il se signe dans son espace, "
    "avant la convention."
)
_SIGNED = mark("Une partie a déjà signé : le texte ne change plus.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What people may write of an agreement."""

    kind: str
    number: str
    years: int
    payment_terms: str
    surplus_terms: str


def make_agreement(
    *,
    funder: CallFunder,
    organisation: Organisation,
    decisions: Sequence[FunderDecision],
    terms: Terms,
    by: Actor,
) -> Agreement:
    """One act for decisions of this funder to this body; refused for another's, or one that has its act."""
    with transaction.atomic():
        held = lock_decisions([decision.pk for decision in decisions])
        wrong = [
            one
            for one in held
            if one.funder_id != funder.pk
            or one.application.organisation_id != organisation.pk
            or one.state not in BINDABLE
            or one.agreement_id is not None
        ]
        if not held or wrong:
            raise Refused(
                Verdict.no(
                    "decisions",
                    mark("Choisissez des aides votées de ce financeur à cet organisme, encore sans acte."),
                )
            )
        agreement = Agreement(funder=funder, organisation=organisation)
        agreement.year = min(one.year for one in held)
        _take(agreement, terms)
        agreement.save()
        for decision in held:
            decision.agreement = agreement
            decision.version += 1
            decision.save(update_fields=["agreement", "version"])
        note(agreement, "calls.agreement_made", by)
    return agreement


def revise_agreement(*, agreement: Agreement, terms: Terms, base_version: int, by: Actor) -> Agreement:
    """Its words, as long as nobody has signed; raises Conflict or Refused."""
    with transaction.atomic():
        found = locked(agreement, base_version)
        if found.signed_by_beneficiary_on or found.signed_by_funder_on:
            raise Refused(Verdict.no("signed", _SIGNED))
        _take(found, terms)
        found.version += 1
        found.save()
        note(found, "calls.agreement_revised", by)
    return found


def _take(agreement: Agreement, terms: Terms) -> None:
    agreement.kind, agreement.number = terms.kind, terms.number.strip()[:60]
    agreement.years = terms.years if terms.kind == Agreement.Kind.PLURIANNUAL else 1
    agreement.payment_terms = terms.payment_terms.strip()
    agreement.surplus_terms = terms.surplus_terms.strip()


def sign_agreement(*, agreement: Agreement, side: str, on: date, base_version: int, by: Actor) -> Agreement:
    """`side`: beneficiary or funder. Once both have signed, the PDF is kept and the dossiers move on."""
    with transaction.atomic():
        pks = list(agreement.decisions.values_list("pk", flat=True))
        decisions = lock_decisions(pks)
        found = locked(agreement, base_version)
        _may_sign(found, side, on)
        if side == "beneficiary":
            found.signed_by_beneficiary_on = on
        else:
            found.signed_by_funder_on = on
        found.version += 1
        found.save()
        note(found, "calls.agreement_signed", by, on=on)
        if is_signed(found):
            _keep(found, by)
            for application in {one.application.pk: one.application for one in decisions}.values():
                _agree(application, found, by)
    return found


def _may_sign(agreement: Agreement, side: str, on: date) -> None:
    reasons = []
    if on > timezone.localdate():
        reasons.append(Reason("on", False, mark("Ce jour n’est pas encore venu.")))
    done = agreement.signed_by_beneficiary_on if side == "beneficiary" else agreement.signed_by_funder_on
    if done:
        reasons.append(Reason("signed", False, mark("Cette partie a déjà signé.")))
    if side == "beneficiary" and agreement.kind == Agreement.Kind.ORDER:
        reasons.append(Reason("order", False, mark("Un arrêté est signé par le financeur seul.")))
    if charter_missing(agreement.organisation, on):
        params = {"organisation": agreement.organisation.name}
        reasons.append(Reason("charter", False, NO_CHARTER, params, source=CHARTER))
    if reasons:
        raise Refused(Verdict(tuple(reasons)))


def _keep(agreement: Agreement, by: Actor) -> None:
    content = agreement_pdf(agreement)
    name = f"acte-{agreement.pk}.pdf"
    upload = SimpleUploadedFile(name, content, content_type="application/pdf")
    agreement.document = documents.keep(upload=upload, purpose="grant-agreement", by=by)
    agreement.save(update_fields=["document"])


def _agree(application: Application, agreement: Agreement, by: Actor) -> None:
    """« Conventionné » for a dossier that was notified; an order adds nothing to its path."""
    if application.state == "notified" and agreement.kind != Agreement.Kind.ORDER:
        move(application, APPLICATION, "agree", by=by, given={"granted", "charter"})


def note(agreement: Agreement, act: str, by: Actor, on: date | None = None) -> None:
    """One entry about an agreement."""
    after = {
        "agreement_kind": str(agreement.get_kind_display()),
        "number": agreement.number,
        "funder": agreement.funder.name,
        "beneficiary": agreement.organisation.name,
    }
    if on:
        after["on"] = on.isoformat()
    journal.record(by=by, act=act, kind=KIND, ref=str(agreement.pk), after=after)

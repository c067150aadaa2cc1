"""Deciding which neighbourhood belongs to a contract, when no published file says it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.contracts.models import Contract, ContractNeighbourhood
from faubourg.contracts.queries.coverage import lies_under_bearer
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory


def confirm_link(
    *, contract: Contract, neighbourhood: Territory, by: Actor, reason: str = "", at: datetime | None = None
) -> ContractNeighbourhood:
    """Say that the deduction is right, or that a neighbourhood set aside comes back."""
    return _decide(
        contract, neighbourhood, by=by, rejected=False, reason=reason, at=at, act="contract.link.confirmed"
    )


def reject_link(
    *, contract: Contract, neighbourhood: Territory, by: Actor, reason: str, at: datetime | None = None
) -> ContractNeighbourhood:
    """Set a neighbourhood aside; the reason is asked because the next reader will wonder."""
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Dites en une phrase pourquoi ce quartier est écarté.")))
    return _decide(
        contract, neighbourhood, by=by, rejected=True, reason=reason, at=at, act="contract.link.rejected"
    )


def add_link(
    *, contract: Contract, neighbourhood: Territory, by: Actor, reason: str = "", at: datetime | None = None
) -> ContractNeighbourhood:
    """Attach a neighbourhood that nothing allowed to deduce; refused when it lies outside the bearers."""
    _refuse_elsewhere(contract, neighbourhood)
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        if ContractNeighbourhood.objects.filter(
            contract=contract, neighbourhood=neighbourhood, rejected=False
        ).exists():
            raise Refused(
                Verdict.no(
                    "already",
                    mark("{quarter} est déjà rattaché à ce contrat."),
                    quarter=neighbourhood.name,
                )
            )
        ContractNeighbourhood.objects.get_or_create(
            contract=contract,
            neighbourhood=neighbourhood,
            defaults={"basis": ContractNeighbourhood.Basis.DECIDED},
        )
        return _decide(
            contract, neighbourhood, by=by, rejected=False, reason=reason, at=at, act="contract.link.added"
        )


def _refuse_elsewhere(contract: Contract, neighbourhood: Territory) -> None:
    """Only a neighbourhood, and only one that lies where the contract is borne."""
    if neighbourhood.kind != Territory.Kind.NEIGHBOURHOOD:
        raise Refused(Verdict.no("neighbourhood", mark("Seul un quartier se rattache à un contrat.")))
    if not lies_under_bearer(contract, neighbourhood):
        raise Refused(
            Verdict.no(
                "elsewhere",
                mark(
                    "{quarter} n’est dans aucune commune ni intercommunalité qui porte {contract} : il ne "
                    "peut pas lui être rattaché."
                ),
                quarter=neighbourhood.name,
                contract=contract.name,
            )
        )


def _decide(
    contract: Contract,
    neighbourhood: Territory,
    *,
    by: Actor,
    rejected: bool,
    reason: str,
    at: datetime | None,
    act: str,
) -> ContractNeighbourhood:
    if by.ref is None:
        raise Refused(Verdict.no("nobody", mark("Un rattachement est décidé par une personne.")))
    with transaction.atomic():
        link = (
            ContractNeighbourhood.objects.select_for_update()
            .filter(contract=contract, neighbourhood=neighbourhood)
            .first()
        )
        if link is None:
            raise Refused(
                Verdict.no(
                    "no_link", mark("{quarter} n’est pas rattaché à ce contrat."), quarter=neighbourhood.name
                )
            )
        before = {"rejected": link.rejected, "decided": link.decided_by is not None}
        link.rejected = rejected
        link.decided_by, link.decided_by_name = by.ref, by.name
        link.decided_at = at or timezone.now()
        link.decision_reason = reason.strip()[:300]
        link.save()
        journal.record(
            by=by,
            act=act,
            kind="contract",
            ref=f"{contract.generation}/{contract.code}",
            before=before,
            after={"quarter": neighbourhood.code, "rejected": rejected, "basis": link.basis},
            reason=link.decision_reason,
        )
    return link

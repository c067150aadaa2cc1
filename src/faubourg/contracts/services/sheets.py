"""Writing what a fiche d'identité says beyond figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.contracts.models import Contract, ContractSheet
from faubourg.rules.verdict import Reason, Verdict, mark
from faubourg.territories.models import Territory

TEXTS = ("etp_note", "renewal", "governance", "priorities", "signatories")
NUMBERS = ("etp_pv", "etp_pru")
FIELDS = (*TEXTS, *NUMBERS, "central_commune")
# A site with more than so many full-time equivalents is a slip of the keyboard.
MOST_ETP = Decimal(99)


def update_sheet(
    *, contract: Contract, changes: Mapping[str, Any], base_version: int, by: Actor
) -> ContractSheet:
    """Change some of FIELDS; `base_version` is the version that was read, 0 when there was no sheet yet.

    Raises Conflict when somebody saved in between, Refused when a value cannot be true.
    """
    refuse_unless(_plausible(changes))
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        sheet = ContractSheet.objects.filter(contract=contract).first()
        if (sheet.version if sheet else 0) != base_version:
            raise Conflict
        sheet = sheet or ContractSheet(contract=contract, version=0)
        before = _said(sheet)
        for name in FIELDS:
            if name in changes:
                setattr(sheet, name, changes[name])
        after = _said(sheet)
        if after == before and sheet.pk:
            return sheet
        sheet.version += 1
        sheet.save()
        journal.record(
            by=by,
            act="contract.sheet.updated",
            kind="contract",
            ref=f"{contract.generation}/{contract.code}",
            before={name: value for name, value in before.items() if after[name] != value},
            after={name: value for name, value in after.items() if before[name] != value},
        )
    return sheet


def _said(sheet: ContractSheet) -> dict[str, str]:
    """The sheet in words, as the journal keeps it."""
    said = {name: str(getattr(sheet, name)) for name in TEXTS}
    for name in NUMBERS:
        value = getattr(sheet, name)
        said[name] = "" if value is None else format(Decimal(value).quantize(Decimal("0.01")), "f")
    said["central_commune"] = sheet.central_commune.code if sheet.central_commune else ""
    return said


def _plausible(changes: Mapping[str, Any]) -> Verdict:
    reasons = []
    for name in NUMBERS:
        value = changes.get(name)
        if value is not None:
            reasons.append(
                Reason(
                    code=name,
                    met=0 <= value <= MOST_ETP,
                    template=mark("Un nombre d’ETP va de 0 à {most}."),
                    params={"most": MOST_ETP},
                    threshold=MOST_ETP,
                    operand=value,
                )
            )
    commune = changes.get("central_commune")
    if commune is not None:
        reasons.append(
            Reason(
                code="central_commune",
                met=commune.kind == Territory.Kind.COMMUNE,
                template=mark("La ville centre est une commune."),
                operand=commune.kind,
            )
        )
    return Verdict(tuple(reasons))

"""The money of a draft: each amount is typed once.

What is asked of a funder of the call is a request; its line of chapter 74 is written from the requests of the
first year, which the budget covers. A co-funder outside the call is typed as a line, with its name.
"""

from collections.abc import Mapping
from typing import Any

from faubourg.rules.calls.accounts import GRANT_ACCOUNT, GRANT_LEVEL

from ..models import Application, BudgetLine, CallFunder, FundingRequest
from ..queries.writing import is_grant

# Grants come after every other line of the form's order.
_GRANTS_FROM = 1_000


def set_budget(held: Application, amounts: Mapping[str, int]) -> None:
    """The amounts of each account but those of chapter 74, in cents; labels that stand are kept."""
    labels = {line.account: line.label for line in held.budget_lines.all() if line.label}
    _forget(held, [line for line in held.budget_lines.all() if not is_grant(line.account)])
    BudgetLine.objects.bulk_create(
        BudgetLine(application=held, account=account, label=labels.get(account, ""), cents=cents, order=order)
        for order, (account, cents) in enumerate(amounts.items())
        if cents
    )


def set_funders(held: Application, changes: Mapping[str, Any]) -> None:
    """`requests`: cents by « funder-nature-year »; `standings`: by funder; `others`: co-funders outside."""
    held.requests.all().delete()
    rows = []
    for key, cents in changes["requests"].items():
        funder, nature, year = key.split("-")
        if cents:
            row = FundingRequest(application=held, funder_id=int(funder), nature=nature, year=int(year))
            row.cents = cents
            rows.append(row)
    FundingRequest.objects.bulk_create(rows)
    held.asked_cents = sum(row.cents for row in rows)
    held.save(update_fields=["asked_cents"])
    _forget(held, [line for line in held.budget_lines.all() if is_grant(line.account)])
    others = [
        BudgetLine(
            application=held, account=account, label=name, cents=cents,
            level=GRANT_LEVEL.get(account, ""), standing=standing,
        )
        for account, name, cents, standing in changes["others"]
    ]  # fmt: skip
    lines = [*_lines(held, rows, changes["standings"]), *others]
    for order, line in enumerate(lines):
        line.order = _GRANTS_FROM + order
    BudgetLine.objects.bulk_create(lines)


def _lines(held: Application, rows: list[FundingRequest], standings: Mapping[str, str]) -> list[BudgetLine]:
    """The line of chapter 74 of each funder that is asked for the year of the call."""
    asked: dict[int, int] = {}
    for row in rows:
        if row.year == held.call.year:
            asked[row.funder_id] = asked.get(row.funder_id, 0) + row.cents
    funders = CallFunder.objects.filter(call=held.call_id, pk__in=asked)
    return [
        BudgetLine(
            application=held, account=GRANT_ACCOUNT.get(funder.level, "74x"), funder=funder,
            level=funder.level, cents=asked[funder.pk],
            standing=standings.get(str(funder.pk)) or BudgetLine.Standing.ASKED,
        )
        for funder in funders
    ]  # fmt: skip


def _forget(held: Application, lines: list[BudgetLine]) -> None:
    held.budget_lines.filter(pk__in=[line.pk for line in lines]).delete()

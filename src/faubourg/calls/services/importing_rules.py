"""What the rules of a call say of a dossier that comes from a file: its window, its budget, its sums."""

from collections.abc import Iterator
from datetime import datetime

from faubourg.rules.calls import Facts, judge
from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.budget import Budget, Line
from faubourg.rules.calls.budget import judge as judge_budget
from faubourg.rules.verdict import Reason
from faubourg.territories.services.import_report import ERROR, WARNING

from .import_knowledge import Knowledge
from .import_money import Money

# What a file can be judged on; conditions, pieces and exclusions are looked at once it is in.
_MONEY = ("floor", "ceiling", "nature", "local-share", "applicant")


def judged_reasons(
    known: Knowledge, measure: str, money: Money, applicant: str, at: datetime
) -> tuple[Reason, ...]:
    """Every reason, as they are kept with the dossier. What the file does not tell stays unknown."""
    lines = [
        Line(line.account, line.cents, known.funders[line.funder].name if line.funder else line.label)
        for line in money.lines
    ]
    budget = judge_budget(lines).reasons
    if known.rule_set is None:
        return budget
    year = known.call.year
    requests: dict[str, int] = {}
    for (funder, nature, asked_for), cents in money.asked.items():
        if asked_for == year and known.funders[funder].is_authority:
            requests[nature] = requests.get(nature, 0) + cents
    told = Budget(tuple(lines))
    total = told.total(Side.CHARGES) or None
    facts = Facts(
        measure=measure,
        requests_cents=requests,
        budget_cents=total,
        eligible_cents=total,
        public_cents=told.public_cents() or None,
        local_cents=told.local_cents(),
        applicant=applicant,
    )
    return (*judge(facts, known.rule_set, at).reasons, *budget)


def to_see(known: Knowledge, reasons: tuple[Reason, ...]) -> Iterator[tuple[Reason, str]]:
    """What keeps the dossier out, and what has to be seen before it enters."""
    for reason in reasons:
        if reason.met is not False:
            continue
        if reason.code.startswith("window"):
            shut = reason.decides and not (known.reopened and reason.code != "window-early")
            yield reason, ERROR if shut else WARNING
        elif reason.code.startswith("budget"):
            yield reason, ERROR
        elif reason.decides and reason.code.startswith(_MONEY):
            yield reason, WARNING

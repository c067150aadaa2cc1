"""Whether a proposal holds to the cent: a jury may trust it because this does not trust the solver."""

from collections.abc import Iterator

from .facts import WHOLE_BP, Call, Dossier
from .proposal import Line, Proposal


def problems_of(call: Call, proposal: Proposal) -> list[str]:
    """Every breach, in English, for tests and the command line; empty when the proposal holds.

    Minimums by territory are those that `proposal.told` does not lower.
    """
    by_ref = {dossier.ref: dossier for dossier in call.dossiers}
    lines = [line for line in proposal.lines if line.retained]
    problems = [problem for line in lines for problem in _of_line(call, by_ref[line.ref], line)]
    for envelope in call.envelopes:
        spent = sum(
            cents
            for line in lines
            for request, cents in line.cents.items()
            if envelope.holds(request, by_ref[line.ref].territory)
        )
        if spent > envelope.cents:
            problems.append(f"{envelope} is exceeded by {spent - envelope.cents}")
    lowered = {str(reason.params["territory"]) for reason in proposal.told}
    for territory, cents in call.terms.minimum_cents.items():
        got = sum(line.total_cents for line in lines if by_ref[line.ref].territory == territory)
        if got < cents and territory not in lowered:
            problems.append(f"{territory} receives {got} of {cents}")
    return problems


def _of_line(call: Call, dossier: Dossier, line: Line) -> Iterator[str]:
    terms = call.terms
    for request, cents in line.cents.items():
        ceiling = terms.ceiling_cents.get((request.funder, request.nature), request.cents)
        if not 0 < cents <= min(request.cents, ceiling):
            yield f"{dossier.ref} receives {cents} of {request}"
    if line.total_cents * WHOLE_BP < dossier.asked_cents * dossier.least_bp:
        yield f"{dossier.ref} receives less than it needs"
    local = sum(c for request, c in line.cents.items() if request.funder in terms.local_funders)
    if (local + dossier.local_cents) * WHOLE_BP < dossier.budget_cents * terms.local_bp:
        yield f"{dossier.ref} lacks its local share"
    for funder, least in terms.least_cents.items():
        given = sum(c for request, c in line.cents.items() if request.funder == funder)
        asked = sum(
            min(request.cents, terms.ceiling_cents.get((request.funder, request.nature), request.cents))
            for request in dossier.requests
            if request.funder == funder
        )
        if 0 < given < min(least, asked):
            yield f"{dossier.ref} receives {given} from {funder}, under its floor"

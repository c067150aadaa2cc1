"""Calls and their rules as they are read."""

from faubourg.rules.calls import RuleSet, read

from ..models import Call, RuleSetVersion


def call_by_code(code: str) -> Call | None:
    """A call with what its rights are read from; three queries."""
    return (
        Call.objects.select_related("lead", "territory", "rule_set")
        .prefetch_related("contracts__bearers__territory", "contracts__departement")
        .filter(code=code)
        .first()
    )


def rules_in(version: RuleSetVersion) -> RuleSet:
    """The set that a version tells; ValueError when what was kept no longer reads."""
    found = read(version.told)
    if found.rule_set is None:
        raise ValueError(f"rule set {version.code} v{version.number} cannot be read")
    return found.rule_set


def rules_of(call: Call) -> RuleSet | None:
    """The rules of a call; None as long as none was chosen."""
    return rules_in(call.rule_set) if call.rule_set else None

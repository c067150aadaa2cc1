"""A refusal carries the verdict that explains it; the page shows those very reasons."""

from django.core.exceptions import PermissionDenied

from faubourg.rules.verdict import Verdict


class Refused(Exception):
    """A service refused to write: each reason can be shown beside its field."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(" ".join(reason.sentence for reason in verdict.refusals()))


class NotAllowed(PermissionDenied):
    """The person may not do this; answered by the 403 page with the reasons."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(" ".join(reason.sentence for reason in verdict.refusals()))


class Conflict(Exception):
    """Somebody else saved in between; nothing is overwritten, both texts are shown."""


def require(verdict: Verdict) -> None:
    """Let through or raise `NotAllowed`."""
    if not verdict.ok:
        raise NotAllowed(verdict)


def refuse_unless(verdict: Verdict) -> None:
    """Let through or raise `Refused`: what a service asks of a rule before it writes."""
    if not verdict.ok:
        raise Refused(verdict)

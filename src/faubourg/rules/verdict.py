"""What a rule answers: yes, no or unknown, with every reason, its threshold, its operand and its source.

Rules know neither framework nor language catalogue: a reason carries a French sentence with named
places, and whoever shows it may translate the sentence before filling the places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


def mark(sentence: str) -> str:
    """Mark a French sentence for the translation catalogue; returns it unchanged."""
    return sentence


@dataclass(frozen=True, slots=True)
class LegalSource:
    """Where a rule comes from: a text, its article, and the day from which it is read that way."""

    text: str
    article: str = ""
    since: date | None = None

    def __str__(self) -> str:
        return f"{self.text}, {self.article}" if self.article else self.text


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion. `met` is None when a fact is missing: unknown is never guessed.

    `decides` is False for what is shown for the reader's sake and does not weigh on the verdict.
    """

    code: str
    met: bool | None
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    threshold: object = None
    operand: object = None
    source: LegalSource | None = None
    decides: bool = True

    @property
    def sentence(self) -> str:
        """The French sentence, places filled."""
        return self.template.format(**self.params)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reasons in the order in which a jurist would read them."""

    reasons: tuple[Reason, ...]

    @property
    def ok(self) -> bool | None:
        """False as soon as one deciding reason fails, unknown if one is unknown, else True."""
        deciding = [reason.met for reason in self.reasons if reason.decides]
        if False in deciding:
            return False
        return None if None in deciding else True

    def refusals(self) -> tuple[Reason, ...]:
        """The deciding reasons that fail."""
        return tuple(r for r in self.reasons if r.decides and r.met is False)

    @staticmethod
    def yes() -> "Verdict":
        """A verdict without conditions."""
        return Verdict(())

    @staticmethod
    def no(code: str, template: str, **params: object) -> "Verdict":
        """A refusal for one reason."""
        return Verdict((Reason(code=code, met=False, template=template, params=params),))

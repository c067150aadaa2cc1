"""The table of the neighbourhoods of a contract, ready for the page: routes and words are asked once.

A contract holds dozens of lines: what each repeats is written here, where it costs a tenth of a template.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from faubourg.contracts.models import ContractNeighbourhood
from faubourg.contracts.queries import Identity
from faubourg.contracts.queries.sheet import QuarterLine
from faubourg.territories.models import Territory

HEAD = '<th scope="row"><a href="{}">{}</a><br><code>{}</code></th><td>{}</td>'
UNKNOWN = '<span class="muted">{}</span>'
DECISION = (
    '<td><form method="post" action="{}">{}<input type="hidden" name="quarter" value="{}">{} '
    '<input type="text" name="reason" maxlength="300" aria-label="{}" placeholder="{}"> {}</form></td>'
)
BUTTON = (
    '<button type="submit" class="button-quiet" name="decision" value="{}">{}'
    '<span class="visually-hidden"> {}</span></button>'
)


@dataclass(frozen=True, slots=True)
class ShownQuarter:
    """A line: its cells of name and commune, how its link is known, the form of whoever may decide."""

    line: QuarterLine
    head: SafeString
    basis: str
    decision: SafeString


def quarters_shown(identity: Identity, *, action: str = "", token: str = "") -> list[ShownQuarter]:
    """The neighbourhoods that nobody set aside, in the order of their names.

    `action` is where a decision is sent, with its `token`; nothing for whoever may not decide.
    """
    bases = {basis.value: str(basis.label) for basis in ContractNeighbourhood.Basis}
    before, after = reverse(Territory.Kind.NEIGHBOURHOOD.value, args=["0"]).rsplit("0", 1)
    unknown = format_html(UNKNOWN, gettext("inconnue"))
    decisions = _Decisions(action, token) if action else None
    return [
        ShownQuarter(
            line=line,
            head=format_html(
                HEAD,
                f"{before}{quote(line.place.code)}{after}",
                line.place.name,
                line.place.code,
                ", ".join(commune.name for commune in line.communes) or unknown,
            ),
            basis=bases.get(line.link.basis, line.link.basis),
            decision=decisions.form(line) if decisions else SafeString(""),
        )
        for line in identity.quarters
    ]


class _Decisions:
    """The form of each line: confirm what was deduced, set aside, each with a reason."""

    def __init__(self, action: str, token: str) -> None:
        self.action, self.token = action, token
        self.confirm, self.set_aside = gettext("Confirmer"), gettext("Écarter")
        self.reason, self.why = gettext("Motif"), gettext("Motif pour %(name)s")

    def form(self, line: QuarterLine) -> SafeString:
        """In a cell; its buttons are told apart by the name of the place."""
        name, code = line.place.name, line.place.code
        confirm = format_html(BUTTON, "confirm", self.confirm, name) if line.derived else ""
        aside = format_html(BUTTON, "reject", self.set_aside, name)
        why = self.why % {"name": name}
        return format_html(DECISION, self.action, self.token, code, confirm, why, self.reason, aside)

"""One grant as its funder publishes it: who gives, to whom, for what, how much, paid when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment, made or foreseen; integer cents."""

    cents: int
    on: date | None


@dataclass(frozen=True, slots=True)
class Grant:
    """What binds one funder and one beneficiary for one action; money in integer cents.

    `share_bp`: what this funder pays of the action’s cost, in hundredths of a per cent. `signed_on`: that of
    the agreement, or of the notification when there is none. SIRET and RNA are empty when unknown.
    """

    ref: str
    funder: str
    funder_siret: str
    beneficiary: str
    beneficiary_siret: str
    beneficiary_rna: str
    purpose: str
    cents: int
    signed_on: date | None
    decision: str = ""
    programme: str = ""
    instalments: tuple[Instalment, ...] = ()
    share_bp: int | None = None
    requested_cents: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    title: str = ""
    places: tuple[tuple[str, str], ...] = ()
    notified_to_europe: bool = False

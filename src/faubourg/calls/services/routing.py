"""Which jury of the rules takes a dossier: the territory’s, or the one for what no territory can examine."""

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark

from ..models import Application
from ..queries.calls import rules_of
from .moving import locked

ROUTED_IN = frozenset({"submitted", "to_complete", "complete", "examined", "ranked", "adjourned"})


def jury_code_for(application: Application, *, territory_examines: bool) -> str:
    """The code of that jury in the rules of the call; empty when they name none."""
    rules = rules_of(application.call)
    found = rules.jury(territory_examines=territory_examines) if rules else None
    return found.code if found else ""


def route_by_default(application: Application) -> None:
    """A dossier of one contract goes to the territory's jury, the others to the fallback; not yet saved."""
    if not application.jury_code:
        application.jury_code = jury_code_for(
            application, territory_examines=application.contract_id is not None
        )


@transaction.atomic
def route(*, application: Application, territory_examines: bool, reason: str, by: Actor) -> Application:
    """Send it to the other jury, with the reason; Refused once a jury has it before it."""
    held = locked(application)
    if held.state not in ROUTED_IN:
        raise Refused(
            Verdict.no("routed", mark("Un jury a déjà ce dossier devant lui : son jury ne change plus."))
        )
    if not reason.strip():
        raise Refused(Verdict.no("reason", mark("Écrivez pourquoi ce jury : le porteur peut le demander.")))
    code = jury_code_for(held, territory_examines=territory_examines)
    if not code:
        raise Refused(Verdict.no("no_jury", mark("Le règlement de cet appel ne nomme pas ce jury.")))
    before, held.jury_code = held.jury_code, code
    held.version += 1
    held.save(update_fields=["jury_code", "version"])
    journal.record(
        by=by,
        act="calls.routed",
        kind="application",
        ref=str(held.pk),
        before={"jury": before},
        after={"jury": code},
        reason=reason.strip(),
    )
    return held

"""« Appel d’exemple »: a call of the demonstration, open on the day it is made, labelled as such."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.rules.calls.presets import DATA

from ..models import Call
from .calls import act_on_call, create_call
from .envelopes import write_envelope, write_funder
from .rules import create_rule_set, publish_rule_set

TITLE = "Appel d’exemple"
# Saint-Étienne Métropole, and the contract of the demonstration's accounts.
CONTRACTS = ("CN04203M", "CN06302M")
# Name, level, programme, operating and investment in cents.
FUNDERS = (
    ("Région (exemple)", "region", "", 40_000_000, 60_000_000),
    ("État (exemple)", "state", "P147", 60_000_000, 0),
    ("Métropole (exemple)", "epci", "", 25_000_000, 30_000_000),
    ("Caisse d’allocations familiales (exemple)", "social", "", 12_000_000, 0),
)


@transaction.atomic
def make_example_call() -> Call:
    """The same one whenever it is asked for again."""
    found = Call.objects.filter(title=TITLE).first()
    if found:
        return found
    today = timezone.localdate()
    rules = create_rule_set(code="exemple", told=_rules(today), by=FAUBOURG)
    publish_rule_set(rule_set=rules, by=FAUBOURG)
    lead, _made = Organisation.objects.get_or_create(name="Métropole (exemple)", kind=Organisation.Kind.EPCI)
    newest = Contract.objects.filter(code__in=CONTRACTS, generation=Contract.Generation.G2024)
    fields = {
        "title": TITLE,
        "year": today.year,
        "lead": lead,
        "contracts": list(newest),
        "rule_set": rules,
        "presentation": "Un exemple pour essayer : les règles, les sommes et les financeurs sont inventés.",
        "contact": "Service d’exemple",
        "appeal_route": "Exemple : recours gracieux, puis tribunal administratif, dans les deux mois.",
    }
    call = create_call(fields=fields, by=FAUBOURG)
    for rank, (name, level, programme, operating, investment) in enumerate(FUNDERS):
        funder = write_funder(
            call=call, name=name, level=level, programme=programme, organisation=None, is_authority=not rank,
            by=FAUBOURG,
        )  # fmt: skip
        for nature, cents in (("operating", operating), ("investment", investment)):
            if cents:
                write_envelope(
                    call=call, funder=funder, nature=nature, year=call.year, territory=None,
                    amount_cents=cents, level="foreseen", by=FAUBOURG,
                )  # fmt: skip
    for act in ("review", "publish"):
        call = act_on_call(call=call, doing=act, by=FAUBOURG)
    return call


def _rules(today: Any) -> dict[str, Any]:
    """Those of 2014, with windows around this day."""

    def ends(days: int) -> str:
        return datetime.combine(today + timedelta(days=days), time(23, 59, 59)).isoformat()

    told = {key: value for key, value in DATA["npdc-2014"].items() if key not in ("id", "status", "valid_to")}
    return told | {
        "name": "Règles d’exemple",
        "instrument": "exemple",
        "authority": "Région (exemple)",
        "scope": {"kind": "contract", "codes": list(CONTRACTS)},
        "valid_from": today.isoformat(),
        "source": {
            "text": "Exemple de démonstration, d’après les seuils de 2014",
            "since": today.isoformat(),
        },
        "windows": [
            {"step": "intent", "closes": ends(45), "sanction": "late_flag"},
            {
                "step": "application",
                "opens": datetime.combine(today, time()).isoformat(),
                "closes": ends(90),
                "sanction": "block",
            },
        ],
        "pieces": [
            {"code": "statutes", "name": "Statuts de l’association"},
            {"code": "bank", "name": "Relevé d’identité bancaire"},
        ],
    }

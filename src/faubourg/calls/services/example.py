"""The example calls of the demonstration, labelled as such: one open on the day it is made, one in jury."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.people.services.organisations import create_organisation
from faubourg.rules.calls.presets import DATA

from ..models import Call
from .calls import act_on_call, create_call
from .envelopes import write_envelope, write_funder
from .rules import create_rule_set, publish_rule_set

TITLE = "Appel d’exemple"
EXAMINED = "Appel d’exemple, en jury"
INTENTS_CLOSE, CLOSES = 45, 90
LEAD = ("Métropole (exemple)", "epci")
AUTHORITY = ("Région (exemple)", "region")
# Saint-Étienne Métropole, and the contract of the demonstration's accounts.
CONTRACTS = ("CN04203M", "CN06302M")
# No real number begins so: the keys are right, the establishments do not exist.
SIRETS = {LEAD: "00000001800010", AUTHORITY: "00000002600013"}
# Name, level, programme, operating and investment in cents.
FUNDERS = (
    ("Région (exemple)", "region", "", 40_000_000, 60_000_000),
    ("État (exemple)", "state", "P147", 60_000_000, 0),
    ("Métropole (exemple)", "epci", "", 25_000_000, 30_000_000),
    ("Caisse d’allocations familiales (exemple)", "social", "", 12_000_000, 0),
)


@transaction.atomic
def make_example_call() -> Call:
    """The one that is open; the same whenever it is asked for again."""
    return _make(TITLE, "exemple", INTENTS_CLOSE, (0, CLOSES))


@transaction.atomic
def make_examined_call() -> Call:
    """The one whose dossiers are before its jury: its windows are past."""
    return _make(EXAMINED, "exemple-instruit", -30, (-60, -1))


def _make(title: str, code: str, intents: int, dossiers: tuple[int, int]) -> Call:
    """`intents`, `dossiers`: the days of the windows, counted from today."""
    found = Call.objects.filter(title=title).first()
    if found:
        return found
    now = timezone.localtime()
    published = now + timedelta(days=min(0, dossiers[0] - 30 if dossiers[0] else 0))
    rules = create_rule_set(code=code, told=_rules(now.date(), intents, dossiers), by=FAUBOURG)
    publish_rule_set(rule_set=rules, by=FAUBOURG)
    newest = Contract.objects.filter(code__in=CONTRACTS, generation=Contract.Generation.G2024)
    fields = {
        "title": title,
        "year": now.year,
        "lead": body(*LEAD),
        "contracts": list(newest),
        "rule_set": rules,
        "presentation": "Un exemple pour essayer : les règles, les sommes, les financeurs, les dossiers et "
        "les associations sont inventés.",
        "contact": "Service d’exemple",
        "appeal_route": "Exemple : recours gracieux, puis tribunal administratif, dans les deux mois.",
    }
    call = create_call(fields=fields, by=FAUBOURG)
    _fund(call)
    for act in ("review", "publish"):
        call = act_on_call(call=call, doing=act, by=FAUBOURG, at=published)
    return call


def body(name: str, kind: str) -> Organisation:
    """An invented body, marked as such by its name."""
    found = Organisation.objects.filter(name=name, kind=kind).first()
    return found or create_organisation(
        name=name, kind=kind, siret=SIRETS.get((name, kind)), rna=None, by=FAUBOURG
    )


def _fund(call: Call) -> None:
    for rank, (name, level, programme, operating, investment) in enumerate(FUNDERS):
        funder = write_funder(
            call=call, name=name, level=level, programme=programme, is_authority=not rank, by=FAUBOURG,
            organisation=body(name, level) if (name, level) in (LEAD, AUTHORITY) else None,
        )  # fmt: skip
        for nature, cents in (("operating", operating), ("investment", investment)):
            if cents:
                write_envelope(
                    call=call, funder=funder, nature=nature, year=call.year, territory=None,
                    amount_cents=cents, level="foreseen", by=FAUBOURG,
                )  # fmt: skip


def _rules(today: date, intents: int, dossiers: tuple[int, int]) -> dict[str, Any]:
    """Those of 2014, with windows around this day."""

    def ends(days: int) -> str:
        return datetime.combine(today + timedelta(days=days), time(23, 59, 59)).isoformat()

    told = {key: value for key, value in DATA["npdc-2014"].items() if key not in ("id", "status", "valid_to")}
    return told | {
        "name": "Règles d’exemple",
        "instrument": "exemple",
        "authority": "Région (exemple)",
        "scope": {"kind": "contract", "codes": list(CONTRACTS)},
        "valid_from": (today + timedelta(days=min(0, *dossiers))).isoformat(),
        "source": {
            "text": "Exemple de démonstration, d’après les seuils de 2014",
            "since": today.isoformat(),
        },
        "windows": [
            {"step": "intent", "closes": ends(intents), "sanction": "late_flag"},
            {
                "step": "application",
                "opens": datetime.combine(today + timedelta(days=dossiers[0]), time()).isoformat(),
                "closes": ends(dossiers[1]),
                "sanction": "block",
            },
        ],
        "pieces": [
            {"code": "statutes", "name": "Statuts de l’association"},
            {"code": "bank", "name": "Relevé d’identité bancaire"},
        ],
    }

"""Calls as they are exported: dossiers with a budget, requests, places, decisions that bind funders."""

from copy import deepcopy
from datetime import UTC, date, datetime

from faubourg.calls import models as m
from faubourg.people.models import Organisation
from faubourg.rules.calls.presets import DATA
from faubourg.territories.models import Territory

from .calls import JUDGED, keep

ACCOUNTS = ("60x", "64x", "74region", "74com")
TEXT = "Des ateliers ouverts aux habitants, préparés avec eux au pied des tours. " * 6
NOTIFIED = date(2015, 4, 20)
# Dossiers written at once: the filling itself holds few of them.
LOT = 3_000


def call_of(code: str, lead: Organisation, rules: m.RuleSetVersion) -> m.Call:
    """A call in its examination, with two funders that have a SIRET."""
    call = m.Call.objects.create(
        code=code, title=f"Appel {code}", year=2015, lead=lead, rule_set=rules, state="examination",
        published_at=datetime(2014, 9, 15, tzinfo=UTC),
    )  # fmt: skip
    keep(
        m.CallFunder(call=call, name=name, level=level, organisation=lead, order=n)
        for n, (name, level) in enumerate([("Région", "region"), ("Ville", "commune")])
    )
    return call


def rules_of_2015() -> m.RuleSetVersion:
    """The set that every call of the measure keeps."""
    return m.RuleSetVersion.objects.create(
        code="mesure", name="Mesure", instrument="aap_dsdt", authority="Région", valid_from=date(2014, 9, 1),
        told=deepcopy(DATA["npdc-2014"]), status="frozen", frozen_at=datetime(2014, 9, 15, tzinfo=UTC),
    )  # fmt: skip


def fill(call: m.Call, organisation: Organisation, place: Territory, dossiers: int) -> None:
    """So many dossiers, each funded twice; a lot at a time."""
    for first in range(0, dossiers, LOT):
        _lot(call, organisation, place, range(first, min(first + LOT, dossiers)))


def _lot(call: m.Call, organisation: Organisation, place: Territory, numbers: range) -> None:
    rows = keep(
        m.Application(
            call=call, organisation=organisation, number=f"{call.code}-{n:05d}", title=f"Atelier {n}",
            measure="f1", state="running", summary=TEXT, needs=TEXT, verdict=[JUDGED] * 8,
            submitted_at=datetime(2015, 1, 9, tzinfo=UTC), asked_cents=1_000_000,
            starts_on=date(2015, 3, 1), ends_on=date(2015, 12, 31),
        )
        for n in numbers
    )  # fmt: skip
    keep(
        m.BudgetLine(application=row, account=account, cents=1_000_000, standing="asked", order=n)
        for row in rows
        for n, account in enumerate(ACCOUNTS)
    )
    through = m.Application.territories.through
    keep(through(application_id=row.pk, territory_id=place.pk) for row in rows)
    funded = [(row, funder) for row in rows for funder in call.funders.all()]
    asked = {"nature": "operating", "year": 2015}
    keep(m.FundingRequest(application=row, funder=funder, cents=500_000, **asked) for row, funder in funded)
    keep(
        m.FunderDecision(
            application=row, funder=funder, state="notified", requested_cents=500_000, amount_cents=400_000,
            voted_on=NOTIFIED, notified_on=NOTIFIED, act="Délibération 1", **asked,
        )
        for row, funder in funded
    )  # fmt: skip

"""What documents say of a contract's project: aims and actions of one neighbourhood's plan, stakes.

What a person has edited since is never touched; a funding line is linked to its action, never written twice.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from faubourg.contracts import seeds
from faubourg.contracts.models import Action, ActionNote, Contract, FundingLine, Objective, Stake
from faubourg.territories.models import Territory
from faubourg.territories.services.load_bulk import Written, bring

EDITED = Q(version__gt=1)
ORIGIN = "document"
FIELDS = (
    "title", "line", "text", "lead_printed", "partners_printed", "horizon", "state", "starts_on", "ends_on",
    "printed_dates", "source_id", "objective_id",
)  # fmt: skip


def bring_actions() -> Written:
    """The actions of Clermont's plan of 2024 for « Centre », with the money that is theirs."""
    said = seeds.plan("clermont_centre")
    generation, code = said["contract"]
    contract = Contract.objects.filter(generation=generation, code=code).first()
    if contract is None:
        return Written()
    written, aims = _bring_objectives(contract, said["objectives"])
    rows = [
        _action(contract, said["source"], facts, aims.get(facts.get("objective", "")))
        for facts in said["actions"]
    ]
    mine = Action.objects.filter(contract=contract, origin_kind=ORIGIN)
    written += bring(mine, rows, key=("origin_ref",), fields=FIELDS, frozen=EDITED)
    known = dict(mine.exclude(EDITED).values_list("origin_ref", "pk"))
    kept = [
        (known[ref], facts)
        for facts in said["actions"]
        if (ref := _ref(said["source"], facts)) in known
    ]  # fmt: skip
    return written + _bring_places(kept) + _bring_notes(kept) + _link_money(kept)


def bring_stakes() -> Written:
    """The five stakes of Saint-Étienne Métropole; once the contract has stakes, they are its own."""
    said = seeds.plan("saint_etienne")
    contract = Contract.objects.filter(
        generation=said["generation"], bearers__territory__code=said["bearer"]
    ).first()
    if contract is None or contract.stakes.exists():
        return Written()
    rows = [
        Stake(contract=contract, order=rank, title=facts["title"], text=facts.get("text", ""))
        for rank, facts in enumerate(said["stakes"], start=1)
    ]
    return bring(contract.stakes.all(), rows, key=("title",))


def _bring_objectives(contract: Contract, said: list[dict[str, Any]]) -> tuple[Written, dict[str, int]]:
    """The aims that the document names; once the contract has objectives, they are its own."""
    known = dict(contract.objectives.values_list("title", "pk"))
    if known:
        return Written(), {facts["ref"]: known[facts["title"]] for facts in said if facts["title"] in known}
    codes = {code for facts in said for code in facts["places"]}
    places = list(Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code__in=codes))
    made: dict[str, Objective] = {}
    for rank, facts in enumerate(said, start=1):
        made[facts["ref"]] = contract.objectives.create(
            rank=facts["rank"],
            parent=made.get(facts.get("under", "")),
            title=facts["title"],
            text=facts.get("text", ""),
            order=rank,
        )
        made[facts["ref"]].neighbourhoods.set([p for p in places if p.code in facts["places"]])
    return Written(len(made)), {ref: objective.pk for ref, objective in made.items()}


def _action(contract: Contract, source: str, facts: dict[str, Any], objective: int | None) -> Action:
    return Action(
        contract=contract,
        objective_id=objective,
        origin_kind=ORIGIN,
        origin_ref=_ref(source, facts),
        title=facts["title"],
        line=facts["line"],
        text=facts.get("text", ""),
        lead_printed=facts["lead"],
        partners_printed=" ; ".join(facts.get("partners", ())),
        horizon=facts["horizon"],
        state=facts["state"],
        starts_on=_day(facts.get("starts_on")),
        ends_on=_day(facts.get("ends_on")),
        printed_dates=facts.get("printed_dates", ""),
        source_id=source,
    )


def _bring_places(kept: list[tuple[int, dict[str, Any]]]) -> Written:
    codes = {code for _pk, facts in kept for code in facts["places"]}
    places = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD, code__in=codes)
    known = dict(places.values_list("code", "pk"))
    through = Action.neighbourhoods.through
    links = [
        through(action_id=pk, territory_id=known[code])
        for pk, facts in kept
        for code in facts["places"]
        if code in known
    ]
    return bring(through.objects.all(), links, key=("action_id", "territory_id"))


def _bring_notes(kept: list[tuple[int, dict[str, Any]]]) -> Written:
    rows = [
        ActionNote(action_id=pk, on=date.fromisoformat(note["on"]), text=note["text"])
        for pk, facts in kept
        for note in facts.get("notes", ())
    ]
    return bring(ActionNote.objects.all(), rows, key=("action_id", "on", "text"))


def _link_money(kept: list[tuple[int, dict[str, Any]]]) -> Written:
    """The lines are already there, at their own level and place; a line that has its action keeps it."""
    linked = 0
    for pk, facts in kept:
        for money in facts.get("money", ()):
            lines = FundingLine.objects.filter(
                territory__code=money["place"], label=money["label"], year=money["year"], action=None
            ).exclude(EDITED)
            linked += lines.update(action=pk)
    return Written(updated=linked)


def _ref(source: str, facts: dict[str, Any]) -> str:
    return f"{source}/{facts['ref']}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

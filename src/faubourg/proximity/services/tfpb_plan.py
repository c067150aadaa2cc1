"""A landlord's convention: opened with its years and its four parties; its plan, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.base.text import printable
from faubourg.contracts.models import Action, Contract, Convention
from faubourg.contracts.services import conventions, signing
from faubourg.people.models import Organisation
from faubourg.rules.proximity.circuits import TFPB
from faubourg.rules.proximity.tfpb import PLAN_YEARS
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import Area, TfpbAction, TfpbAgreement, TfpbLine, TfpbYear
from .moving import keep, locked

MOST_YEARS = 6
KIND = "tfpbagreement"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a landlord's convention is made of; `neighbourhoods` are where its dwellings stand."""

    landlord: Organisation
    title: str
    first_year: int
    last_year: int
    duration_reason: str
    contract: Contract | None = None
    neighbourhoods: Sequence[Territory] = field(default=())


def open_tfpb(*, area: Area, opening: Opening, by: Actor) -> TfpbAgreement:
    """In project, with its years and its four parties awaited; Refused when the landlord already has one."""
    with transaction.atomic():
        locked(area)
        refuse_unless(_judge(area, opening))
        convention = conventions.draft_convention(contract=opening.contract, terms=_terms(opening), by=by)
        made = TfpbAgreement.objects.create(
            convention=convention,
            area=area,
            landlord=opening.landlord,
            state="",
            first_year=opening.first_year,
            last_year=opening.last_year,
            parties=_parties(area, convention, opening.landlord, by),
        )
        years = range(opening.first_year, opening.last_year + 1)
        TfpbYear.objects.bulk_create(TfpbYear(agreement=made, year=year) for year in years)
        keep(made, TFPB, "prepare", by=by, on=timezone.localdate(), told={"landlord": opening.landlord.name})
        after = {"landlord": opening.landlord.name, "year": opening.first_year}
        journal.record(by=by, act="tfpb.opened", kind=KIND, ref=str(made.pk), after=after)
    return made


def _judge(area: Area, opening: Opening) -> Verdict:
    if opening.landlord.kind != Organisation.Kind.LANDLORD:
        return Verdict.no("landlord", _NO_LANDLORD, name=opening.landlord.name)
    if not PLAN_YEARS <= opening.last_year - opening.first_year + 1 <= MOST_YEARS:
        return Verdict.no("last_year", _YEARS, least=PLAN_YEARS, most=MOST_YEARS)
    others = TfpbAgreement.objects.filter(area=area, landlord=opening.landlord).exclude(state="ended")
    if others.filter(first_year__lte=opening.last_year, last_year__gte=opening.first_year).exists():
        return Verdict.no("landlord", _TWICE, name=opening.landlord.name)
    return Verdict.yes()


_NO_LANDLORD = mark(
    "« {name} » n’est pas un bailleur social : corrigez sa nature, ou choisissez-en un autre."
)
_YEARS = mark("Une convention couvre de {least} à {most} années d’imposition.")
_TWICE = mark("{name} a déjà une convention pour ces années sur ce territoire.")


def _terms(opening: Opening) -> conventions.Terms:
    return conventions.Terms(
        kind=Convention.Kind.TFPB,
        title=opening.title,
        territories=opening.neighbourhoods,
        starts_on=date(opening.first_year, 1, 1),
        ends_on=date(opening.last_year, 12, 31),
        duration_reason=opening.duration_reason,
    )


def _parties(area: Area, convention: Convention, landlord: Organisation, by: Actor) -> dict[str, int]:
    """The landlord, the commune or intercommunalité of the area and the one over it, the State."""
    place = area.territory
    named: dict[str, tuple[str, Organisation | None]] = {"landlord": (landlord.name, landlord)}
    kind = "commune" if place.kind == Territory.Kind.COMMUNE else "epci"
    named[kind] = (place.name, None)
    if kind == "commune" and place.epci is not None:
        named["epci"] = (place.epci.name, None)
    named["state"] = ("État", None)
    return {
        kind: signing.add_party(agreement=convention, name=name, organisation=organisation, by=by).pk
        for kind, (name, organisation) in named.items()
    }


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action of the plan; `planned`: cents by year; `action`: the same one in the contract's plan."""

    axis: int
    title: str
    text: str = ""
    indicator_words: str = ""
    neighbourhoods: Sequence[Territory] = field(default=())
    action: Action | None = None
    planned: Mapping[int, int] = field(default_factory=dict)


def write_action(
    *,
    agreement: TfpbAgreement,
    words: ActionWords,
    by: Actor,
    action: TfpbAction | None = None,
    base_version: int | None = None,
) -> TfpbAction:
    """Write a line of the plan. Once signed, what is planned stays: only years not yet planned are added."""
    with transaction.atomic():
        held = locked(agreement)
        refuse_unless(_may_plan(held, words))
        row = locked(action, base_version) if action else TfpbAction(agreement=held)
        row.axis, row.title = words.axis, printable(words.title).strip()[:200]
        row.text, row.indicator_words = printable(words.text).strip(), words.indicator_words.strip()[:200]
        row.action = words.action
        row.version += 1 if action else 0
        row.save()
        row.neighbourhoods.set(words.neighbourhoods)
        _plan(held, row, words.planned)
        after = {"action": row.title, "axis": row.axis}
        journal.record(by=by, act="tfpb.action_written", kind=KIND, ref=str(held.pk), after=after)
    return row


def _may_plan(held: TfpbAgreement, words: ActionWords) -> Verdict:
    if held.state not in ("draft", "running"):
        return Verdict.no("title", _FROZEN, state=TFPB.states[held.state])
    if any(cents < 0 for cents in words.planned.values()):
        return Verdict.no("planned", mark("Un montant n’est jamais négatif."))
    if words.action is not None and words.action.contract_id != held.convention.contract_id:
        return Verdict.no("action", mark("Cette action est celle d’un autre contrat."))
    return Verdict.yes()


_FROZEN = mark("Le plan s’écrit en projet, ou se complète en exécution ; cette convention est {state}.")


def _plan(held: TfpbAgreement, row: TfpbAction, planned: Mapping[int, int]) -> None:
    lines = {line.year_id: line for line in row.lines.all()}
    for year in held.years.filter(year__in=planned):
        line = lines.get(year.pk)
        if line is None and year.reported_on is None and (planned[year.year] or held.state == "running"):
            TfpbLine.objects.create(action=row, year=year, planned_cents=planned[year.year])
        elif line is not None and held.state == "draft":
            _replan(line, planned[year.year])


def _replan(line: TfpbLine, cents: int) -> None:
    if not cents and line.cost_cents is None:
        line.delete()
        return
    line.planned_cents = cents
    line.version += 1
    line.save()


def remove_action(*, action: TfpbAction, by: Actor) -> None:
    """Take it out of a plan that is still a project."""
    with transaction.atomic():
        held = locked(action.agreement)
        if held.state != "draft":
            raise Refused(Verdict.no("title", _FROZEN, state=TFPB.states[held.state]))
        if held.actions.filter(pk=action.pk).delete()[0]:
            before = {"action": action.title}
            journal.record(by=by, act="tfpb.action_removed", kind=KIND, ref=str(held.pk), before=before)

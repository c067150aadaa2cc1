"""What a template brings to a contract that begins: rows that people then edit, none of them required."""

from dataclasses import dataclass
from datetime import date

from faubourg.contracts.models import Article, Body, Contract, Deliverable, Objective, Phase, Signatory
from faubourg.rules.contract_templates import TEMPLATES, ContractTemplate, DeliverableModel, Owner
from faubourg.territories.models import Territory

from .deliverables import OwedBy


@dataclass(frozen=True, slots=True)
class Ground:
    """Who is concerned: the bearer, the communes of the neighbourhoods, the neighbourhoods."""

    bearer: Territory | None
    communes: tuple[Territory, ...]
    neighbourhoods: tuple[Territory, ...]


def fill(contract: Contract, *, begins_on: date | None) -> None:
    """Axes, bodies, signatories, articles; phases and deliverables too when `begins_on` is given."""
    template = TEMPLATES[contract.template]
    ground = ground_of(contract)
    for rank, title in enumerate(template.axes, start=1):
        Objective.objects.create(
            contract=contract, rank=Objective.Rank.AXIS, number=str(rank), title=title, order=rank
        )
    bodies = _bodies(contract, template, ground)
    _parties(contract, template, ground)
    Article.objects.bulk_create(
        Article(contract=contract, number=one.number, title=one.title, annex=one.annex, order=rank)
        for rank, one in enumerate(template.articles, start=1)
    )
    if begins_on and contract.planned_signature_on:
        _calendar(contract, template, ground, bodies, begins_on, contract.planned_signature_on)


def ground_of(contract: Contract) -> Ground:
    """The communes are those of the neighbourhoods that lie under a bearer; a bearing commune is one."""
    bearers = [row.territory for row in contract.bearers.select_related("territory") if row.territory]
    links = contract.neighbourhood_links.filter(rejected=False).select_related("neighbourhood")
    links = links.prefetch_related("neighbourhood__communes").order_by("neighbourhood__sort_key")
    quarters = [link.neighbourhood for link in links]
    ids = {place.pk for place in bearers}
    communes = {
        commune.pk: commune
        for commune in (*bearers, *(town for place in quarters for town in place.communes.all()))
        if commune.kind == Territory.Kind.COMMUNE and (commune.pk in ids or commune.epci_id in ids)
    }
    return Ground(
        next(iter(bearers), None),
        tuple(sorted(communes.values(), key=lambda place: place.sort_key)),
        tuple(quarters),
    )


def _bodies(contract: Contract, template: ContractTemplate, ground: Ground) -> list[Body]:
    wanted = [
        (model, place)
        for model in template.bodies
        for place in (ground.communes if model.each is Owner.COMMUNE else (None,))
    ]
    steering: Body | None = None
    made = []
    for rank, (model, place) in enumerate(wanted, start=1):
        body = Body.objects.create(
            contract=contract, kind=model.kind, name=model.name, theme=model.theme, territory=place,
            parent=steering, order=rank,
        )  # fmt: skip
        steering = steering or body
        made.append(body)
    return made


def _parties(contract: Contract, template: ContractTemplate, ground: Ground) -> None:
    named = [
        (model, name)
        for model in template.parties
        for name in (
            [place.name for place in ground.communes]
            if model.each is Owner.COMMUNE
            else [model.name or (ground.bearer.name if ground.bearer else contract.name)]
        )
    ]
    names = list(dict.fromkeys(name for _, name in named))
    of = {name: model for model, name in reversed(named)}
    Signatory.objects.bulk_create(
        Signatory(
            contract=contract,
            name=name[:200],
            quality=of[name].quality,
            mandatory=of[name].mandatory,
            order=rank,
        )
        for rank, name in enumerate(names, start=1)
    )


def _calendar(  # noqa: PLR0917 (one private step of `fill`)
    contract: Contract,
    template: ContractTemplate,
    ground: Ground,
    bodies: list[Body],
    begins: date,
    signature: date,
) -> None:
    phases = [
        Phase.objects.create(
            contract=contract, order=rank, name=model.name, purpose=model.purpose,
            planned_start=start, planned_end=end,
        )
        for rank, (model, start, end) in enumerate(template.schedule(begins, signature), start=1)
    ]  # fmt: skip
    Deliverable.objects.bulk_create(
        Deliverable(
            contract=contract, name=model.name, phase=phases[model.phase],
            due_on=phases[model.phase].planned_end, **owner.columns,
        )
        for model in template.deliverables
        for owner in _owners(model, ground, bodies)
    )  # fmt: skip


def _owners(model: DeliverableModel, ground: Ground, bodies: list[Body]) -> list[OwedBy]:
    match model.owner:
        case Owner.COMMUNE:
            return [OwedBy(territory=place) for place in ground.communes]
        case Owner.NEIGHBOURHOOD:
            return [OwedBy(territory=place) for place in ground.neighbourhoods]
        case Owner.GROUP:
            return [OwedBy(body=body) for body in bodies if body.kind == Body.Kind.THEMATIC]
    return [OwedBy(territory=ground.bearer)]

"""Composing an analysis of one's own: several contracts side by side, kept under an address."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import refuse_unless
from faubourg.base.versions import held_at
from faubourg.contracts.models import Analysis, AnalysisRow, Contract
from faubourg.rules.verdict import Reason, Verdict, mark
from faubourg.territories.models import Territory

FEWEST, MOST = 2, 30
# Addresses that mean something else.
RESERVED = frozenset({"composer"})


def compose_analysis(*, title: str, intro: str, contracts: Sequence[Contract], by: Actor) -> Analysis:
    """A new analysis of between two and thirty contracts; its address is made from its title."""
    chosen = _judged(contracts)
    with transaction.atomic():
        analysis = Analysis.objects.create(
            slug=_free_slug(title), title=title, intro=intro, created_by=by.ref, created_by_name=by.name
        )
        _write_rows(analysis, chosen)
        journal.record(
            by=by,
            act="analysis.composed",
            kind="analysis",
            ref=analysis.slug,
            after={"title": title, "contracts": [_named(contract) for contract, _ in chosen]},
        )
    return analysis


def revise_analysis(
    *,
    analysis: Analysis,
    title: str,
    intro: str,
    contracts: Sequence[Contract],
    base_version: int,
    by: Actor,
) -> Analysis:
    """Another title, another choice of contracts; the address stays. Raises Conflict on another's save."""
    chosen = _judged(contracts)
    with transaction.atomic():
        kept = held_at(analysis, base_version)
        before = {"title": kept.title, "contracts": _rows_named(kept)}
        kept.title, kept.intro, kept.version = title, intro, kept.version + 1
        kept.save()
        kept.rows.all().delete()
        _write_rows(kept, chosen)
        journal.record(
            by=by,
            act="analysis.revised",
            kind="analysis",
            ref=kept.slug,
            before=before,
            after={"title": title, "contracts": [_named(contract) for contract, _ in chosen]},
        )
    return kept


def delete_analysis(*, analysis: Analysis, by: Actor) -> None:
    """Take an analysis away; the journal keeps what it compared."""
    with transaction.atomic():
        journal.record(
            by=by,
            act="analysis.deleted",
            kind="analysis",
            ref=analysis.slug,
            before={"title": analysis.title, "contracts": _rows_named(analysis)},
        )
        analysis.delete()


def _judged(contracts: Sequence[Contract]) -> list[tuple[Contract, Territory]]:
    """Each contract with the territory that stands for it; Refused when one has none."""
    chosen = [(contract, _territory(contract)) for contract in contracts]
    reasons = [
        Reason(
            "contracts",
            FEWEST <= len(chosen) <= MOST,
            mark("Une analyse met côte à côte de {fewest} à {most} contrats."),
            {"fewest": FEWEST, "most": MOST},
            threshold=(FEWEST, MOST),
            operand=len(chosen),
        )
    ]
    reasons += [
        Reason(
            "contracts",
            False,
            mark("{contract} : le territoire porteur n’est pas retrouvé, rien ne peut être comparé."),
            {"contract": contract.name},
        )
        for contract, territory in chosen
        if territory is None
    ]
    refuse_unless(Verdict(tuple(reasons)))
    return [(contract, territory) for contract, territory in chosen if territory is not None]


def _territory(contract: Contract) -> Territory | None:
    places = [bearer.territory for bearer in contract.bearers.all() if bearer.territory]
    wide = [place for place in places if place.kind != Territory.Kind.COMMUNE]
    return next(iter(wide or places), None)


def _write_rows(analysis: Analysis, chosen: list[tuple[Contract, Territory]]) -> None:
    for order, (contract, territory) in enumerate(chosen):
        sheet = getattr(contract, "sheet", None)
        row = AnalysisRow.objects.create(
            analysis=analysis,
            contract=contract,
            territory=territory,
            central_commune=sheet.central_commune if sheet else _own_commune(territory),
            order=order,
        )
        links = contract.neighbourhood_links.filter(rejected=False)
        row.neighbourhoods.set(links.values_list("neighbourhood", flat=True))


def _own_commune(territory: Territory) -> Territory | None:
    return territory if territory.kind == Territory.Kind.COMMUNE else None


def _free_slug(title: str) -> str:
    base = slugify(title)[:50] or "analyse"
    slug, rank = base, 2
    while slug in RESERVED or Analysis.objects.filter(slug=slug).exists():
        slug, rank = f"{base}-{rank}", rank + 1
    return slug


def _named(contract: Contract) -> str:
    return f"{contract.generation}/{contract.code}"


def _rows_named(analysis: Analysis) -> list[str]:
    return [_named(row.contract) for row in analysis.rows.select_related("contract")]

"""Opening an area for a commune or an intercommunalité: usable at once, with what `presets` gives."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import Area, Category, Translation
from ..presets import CATEGORIES, EMERGENCY
from ..queries.areas import contracts_over
from .keeping import note, written

KINDS = (Territory.Kind.COMMUNE, Territory.Kind.EPCI)
# Addresses that name a page, not an area.
TAKEN = frozenset({"nouveau"})
# Where Good Friday and 26 December are holidays.
ALSACE_MOSELLE = frozenset({"57", "67", "68"})


def judge_opening(territory: Territory) -> Verdict:
    """An area is one commune or intercommunalité of today, once."""
    if territory.kind not in KINDS or territory.valid_to is not None:
        return Verdict.no(
            "area_place",
            mark("Un territoire de proximité est une commune ou une intercommunalité d’aujourd’hui."),
        )
    if Area.objects.filter(territory=territory).exists():
        return Verdict.no(
            "area_twice", mark("{place} a déjà son territoire de proximité."), place=territory.name
        )
    return Verdict.yes()


def open_area(*, territory: Territory, name: str = "", hotline: str = "", by: Actor) -> Area:
    """The area with its categories, its words in three languages and the contracts that cover it.

    Raises Refused for a place that cannot be one. Twice at once makes one: the second is refused.
    """
    with transaction.atomic():
        held = Territory.objects.select_for_update().get(pk=territory.pk)
        verdict = judge_opening(held)
        if not verdict.ok:
            raise Refused(verdict)
        code = _code(held)
        area = Area.objects.create(
            code=code,
            name=name.strip() or held.name,
            territory=held,
            jurisdiction_id=code,
            hotline=hotline,
            emergency_words=EMERGENCY,
            alsace_moselle=bool(held.departement and held.departement.code in ALSACE_MOSELLE),
        )
        area.contracts.set(contracts_over(held))
        _furnish(area)
        note(area, "area.opened", by, {"name": area.name, "place": held.code})
    return area


def _furnish(area: Area) -> None:
    Category.objects.bulk_create(
        Category(area=area, **preset.columns(order)) for order, preset in enumerate(CATEGORIES)
    )
    Translation.objects.bulk_create(
        Translation(area=area, language=language, key=f"category.{preset.code}", text=text)
        for preset in CATEGORIES
        for language, text in preset.words().items()
    )


def _code(territory: Territory) -> str:
    """In addresses: the name, with the official code when the name is taken."""
    base = slugify(territory.name)[:40] or territory.kind
    if base not in TAKEN and not Area.objects.filter(code=base).exists():
        return base
    return f"{base}-{territory.code.lower()}"[:60]


def edit_area(*, area: Area, values: Mapping[str, Any], base_version: int, by: Actor) -> Area:
    """Change what an area is set with; Conflict when somebody did in between."""
    with transaction.atomic():
        held = written(area, {k: v for k, v in values.items() if k != "contracts"}, base_version=base_version)
        if "contracts" in values:
            held.contracts.set(values["contracts"])
        note(held, "area.edited", by, {"name": held.name})
    return held

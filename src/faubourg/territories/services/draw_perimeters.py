"""The local geography drawn by hand: each act ends versions and makes others, under one decision.

An outline is never overwritten: the version that was seen is named, and `Conflict` is raised when somebody
replaced it since.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from shapely.geometry.base import BaseGeometry

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, refuse_unless
from faubourg.rules.drawing import cut, joined, same
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.geo.shapes import shape_of
from faubourg.territories.models import Lineage, Perimeter, PerimeterChange, Territory
from faubourg.territories.reading.contour import Contour, contour_of, hectares

from .drawing_decisions import (
    Act,
    Decision,
    bare_version,
    end_versions,
    given_by,
    refuse_heavy,
    refuse_second,
    standing_versions,
    write_decision,
)
from .edit_history import link_places
from .edit_noting import announce, held, note
from .edit_perimeters import create_neighbourhood, facts_of, write_version


@transaction.atomic
def draw_perimeter(
    *,
    area: Territory,
    place: Territory | None,
    name: str = "",
    communes: Sequence[Territory] = (),
    kind: str,
    contour: Contour,
    decision: Decision,
    adopted: bool = False,
    by: Actor,
) -> Perimeter:
    """The first outline of a kind for `place`, or for a new neighbourhood of that name in `communes`."""
    refuse_heavy(contour)
    if place is None and not (name.strip() and communes):
        raise Refused(
            Verdict.no("place_missing", mark("Choisissez un quartier, ou nommez le nouveau et sa commune."))
        )
    given = given_by(area, kind, decision, by)
    home = held(place) if place else None
    bare = None
    if home is not None:
        refuse_second(home, kind)
        bare = bare_version(home, kind)
    change = write_decision(area=area, nature=Act.ADOPTED if adopted else Act.DRAWN, decision=decision, by=by)
    if home is None:
        # Its first version is the drawn one: no row without a contour stands beside it.
        home = create_neighbourhood(
            name=name, communes=communes, description="", given=given, bare=False, by=by
        )
    if bare is not None:
        end_versions([bare], change)
    return _made(home, kind, contour, change, by=by, before=bare)


@transaction.atomic
def redraw_perimeter(
    *, perimeter: Perimeter, contour: Contour, decision: Decision, nature: str = Act.REDRAWN, by: Actor
) -> Perimeter:
    """A new version in place of the one that was seen. Raises `Conflict` when that one stands no more."""
    refuse_heavy(contour)
    held(perimeter.territory)
    (seen,) = standing_versions(perimeter)
    if same(shape_of(seen), contour.shape):
        raise Refused(Verdict.no("same_outline", mark("Le contour n’a pas changé : rien à enregistrer.")))
    change = write_decision(area=area_of(seen), nature=nature, decision=decision, by=by)
    end_versions([seen], change)
    return _made(seen.territory, seen.kind, contour, change, by=by, before=seen)


@transaction.atomic
def split_perimeter(
    *, perimeter: Perimeter, line: BaseGeometry, name: str, decision: Decision, by: Actor
) -> tuple[Perimeter, Perimeter]:
    """The larger half stays with its neighbourhood, the other goes to a new one that comes from it."""
    place = held(perimeter.territory)
    (seen,) = standing_versions(perimeter)
    halves = cut(shape_of(seen), line)
    refuse_unless(halves.verdict)
    larger, smaller = (contour_of([half]) for half in halves.parts)
    area = area_of(seen)
    change = write_decision(area=area, nature=Act.SPLIT, decision=decision, by=by)
    end_versions([seen], change)
    kept = _made(place, seen.kind, larger, change, by=by, before=seen)
    other = create_neighbourhood(
        name=name,
        communes=list(place.communes.order_by("pk")),
        description="",
        given=given_by(area, seen.kind, decision, by),
        bare=False,
        by=by,
    )
    made = _made(other, seen.kind, smaller, change, by=by)
    link_places(
        predecessor=place, successor=other, since=decision.decided_on, source=None, note_text="", by=by
    )
    return kept, made


@transaction.atomic
def merge_perimeters(
    *, kept: Perimeter, absorbed: Perimeter, decision: Decision, apart: bool = False, by: Actor
) -> Perimeter:
    """One outline for the neighbourhood of `kept`; that of `absorbed` keeps its sheet and its history.

    `apart`: the person has confirmed an outline in several pieces.
    """
    if kept.pk == absorbed.pk:
        raise Refused(
            Verdict.no("merge_itself", mark("Choisissez un autre périmètre à réunir avec celui-ci."))
        )
    for territory in sorted({kept.territory_id, absorbed.territory_id}):
        held(Territory(pk=territory))
    seen, other = standing_versions(kept, absorbed)
    whole = joined(shape_of(seen), shape_of(other))
    if not whole.verdict.ok and not (apart and whole.verdict.refusals()[0].code == "apart"):
        raise Refused(whole.verdict)
    change = write_decision(area=area_of(seen), nature=Act.MERGED, decision=decision, by=by)
    end_versions([seen, other], change)
    _noted_end(other, change, by)
    _follow(other.territory, seen.territory, decision, by)
    return _made(seen.territory, seen.kind, contour_of([whole.shape]), change, by=by, before=seen)


@transaction.atomic
def end_perimeter(*, perimeter: Perimeter, decision: Decision, by: Actor) -> PerimeterChange:
    """The outline stands no more, under a decision; it stays among the versions and may be taken up again."""
    held(perimeter.territory)
    (seen,) = standing_versions(perimeter)
    change = write_decision(area=area_of(seen), nature=Act.WITHDRAWN, decision=decision, by=by)
    end_versions([seen], change)
    _noted_end(seen, change, by)
    announce(seen.territory)
    return change


def area_of(perimeter: Perimeter) -> Territory:
    """The intercommunalité whose geography this is: that of the decision before, else of the place."""
    if perimeter.made_in is not None:
        return perimeter.made_in.area
    place = perimeter.territory
    area = place.epci or next((c.epci for c in place.communes.select_related("epci") if c.epci), None)
    if area is None:
        raise Refused(
            Verdict.no("no_area", mark("Ce quartier n’est rattaché à aucune intercommunalité connue."))
        )
    return area


def _made(
    place: Territory,
    kind: str,
    contour: Contour,
    change: PerimeterChange,
    *,
    by: Actor,
    before: Perimeter | None = None,
) -> Perimeter:
    decision = Decision(change.decided_on, change.authority, change.reference, change.reason)
    version = write_version(place, given_by(change.area, kind, decision, by, before), contour, by, change)
    note(
        place,
        "perimeter_drawn",
        by=by,
        before=_told(before, None) if before else None,
        after=_told(version, contour.area),
        reason=change.reason,
    )
    announce(place)
    return version


def _noted_end(perimeter: Perimeter, change: PerimeterChange, by: Actor) -> None:
    note(perimeter.territory, "perimeter_ended", by=by, before=_told(perimeter, None), reason=change.reason)


def _told(perimeter: Perimeter, area: float | None) -> Mapping[str, object]:
    shape = shape_of(perimeter)
    return facts_of(perimeter, area if area is not None or shape.is_empty else hectares(shape))


def _follow(absorbed: Territory, kept: Territory, decision: Decision, by: Actor) -> None:
    """`kept` takes over from `absorbed`, unless one of them already comes from the other."""
    pair = [absorbed.pk, kept.pk]
    if absorbed.pk == kept.pk or Lineage.objects.filter(predecessor__in=pair, successor__in=pair).exists():
        return
    try:
        link_places(
            predecessor=absorbed,
            successor=kept,
            since=decision.decided_on,
            source=None,
            note_text="",
            by=by,
        )
    except Refused:
        # At some remove it already comes from it (cut, then joined again): nothing more to say.
        return

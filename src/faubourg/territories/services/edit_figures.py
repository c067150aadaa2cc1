"""Figures that a person brings or withdraws; none is erased, none is naked."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Figure, Indicator, Perimeter, Source, Territory

from .edit_loaded import refuse_loaded, refuse_loaded_source
from .edit_noting import held, note, refuse_deceiving


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure as somebody gives it; `value` is None when `secrecy` says secret or not published."""

    indicator: Indicator
    value: Decimal | None
    secrecy: str
    vintage: str
    year: int | None
    source: Source
    perimeter: Perimeter | None = None
    note: str = ""


def add_figure(*, territory: Territory, given: GivenFigure, by: Actor) -> Figure:
    """One figure; refused when the same indicator, vintage, source and perimeter already have one.

    Refused too under a source of the loader: the reader would take it for an official figure.
    """
    refuse_loaded_source(given.source)
    refuse_deceiving(given.vintage)
    try:
        with transaction.atomic():
            place = held(territory)
            if given.perimeter and given.perimeter.territory_id != place.pk:
                raise Refused(
                    Verdict.no("perimeter_elsewhere", mark("Ce périmètre est celui d’un autre lieu."))
                )
            _refuse_known(place, given)
            figure = Figure.objects.create(
                territory=place,
                perimeter=given.perimeter,
                indicator=given.indicator,
                value=given.value,
                secrecy=given.secrecy,
                vintage=given.vintage,
                vintage_year=given.year,
                source=given.source,
                note=given.note,
                added_by=by.ref,
                added_at=timezone.now(),
            )
            note(place, "figure_added", by=by, after=facts(figure))
    except IntegrityError:
        # The same figure came in between: say so as if it had been there before.
        _refuse_known(territory, given)
        raise
    return figure


def _refuse_known(place: Territory, given: GivenFigure) -> None:
    known = Figure.objects.filter(
        territory=place,
        indicator=given.indicator,
        vintage=given.vintage,
        source=given.source,
        perimeter=given.perimeter,
        withdrawn_at__isnull=True,
    ).first()
    if known:
        raise Refused(
            Verdict.no(
                "figure_known",
                mark(
                    "Ce chiffre existe déjà pour {vintage} et cette source, avec la valeur {value}. "
                    "Donnez un "
                    "autre millésime, ou retirez d’abord l’ancien chiffre en disant pourquoi ; si "
                    "c’est la source "
                    "qui se trompe, enregistrez une correction."
                ),
                vintage=given.vintage,
                value=_told(known),
            )
        )


@transaction.atomic
def withdraw_figure(*, figure: Figure, reason: str, by: Actor) -> Figure:
    """The figure no longer stands; its row and the reason stay. Withdrawing twice changes nothing.

    Refused for a figure of the loader: a correction keeps what was printed in view.
    """
    refuse_loaded(figure)
    place = held(figure.territory)
    stands = Figure.objects.select_for_update().get(pk=figure.pk)
    if stands.withdrawn_at is None:
        stands.withdrawn_at = timezone.now()
        stands.save(update_fields=["withdrawn_at"])
        note(place, "figure_withdrawn", by=by, before=facts(stands), reason=reason)
    return stands


def facts(figure: Figure) -> dict[str, object]:
    """A figure as the journal tells it."""
    return {
        "figure": figure.pk,
        "indicator": figure.indicator_id,
        "value": str(figure.value.normalize()) if figure.value is not None else None,
        "secrecy": figure.secrecy,
        "vintage": figure.vintage,
        "source": figure.source_id,
        "perimeter": figure.perimeter_id,
    }


def _told(figure: Figure) -> str:
    if figure.value is None:
        return str(Figure.Secrecy(figure.secrecy).label)
    return f"{figure.value.normalize():f}".replace(".", ",")

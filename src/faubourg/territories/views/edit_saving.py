"""From a valid form to the service that writes: one function a nature of what is added."""

from typing import Any

from django.utils import timezone

from faubourg.base.actor import Actor

from ..forms.parts import FigureForm, PlacedForm
from ..forms.sourced import SourcedForm
from ..models import Source, Territory
from ..services import edit_figures, edit_history, edit_names, edit_resources
from ..services.edit_sources import create_source


def chosen_source(form: SourcedForm, by: Actor) -> Source | None:
    """The source of the list, or the new one that was described, created at once."""
    given: dict[str, Any] = form.cleaned_data
    if not given.get("new_title"):
        return given.get("source")
    return create_source(
        title=given["new_title"],
        publisher=given["new_publisher"],
        licence=given["new_licence"],
        vintage=given["new_vintage"],
        origin=given["new_origin"],
        by=by,
    )


def required_source(form: SourcedForm, by: Actor) -> Source:
    """The same where the form has already refused none."""
    source = chosen_source(form, by)
    if source is None:
        raise ValueError("The form lets no figure through without a source.")
    return source


def save_alias(form: PlacedForm, place: Territory, by: Actor) -> object:
    return edit_names.add_alias(
        territory=place, name=form.cleaned_data["name"], source=chosen_source(form, by), by=by
    )


def save_correction(form: PlacedForm, place: Territory, by: Actor) -> object:
    given = form.cleaned_data
    return edit_history.record_correction(
        territory=place,
        subject=given["subject"],
        printed=given["printed"],
        corrected=given["corrected"],
        printed_in=required_source(form, by),
        evidence=given["evidence"],
        on=timezone.localdate(),
        by=by,
    )


def save_lineage(form: PlacedForm, place: Territory, by: Actor) -> object:
    given = form.cleaned_data
    comes = given["direction"] == "from"
    return edit_history.link_places(
        predecessor=given["other"] if comes else place,
        successor=place if comes else given["other"],
        since=given["since"],
        source=chosen_source(form, by),
        note_text=given["note"],
        by=by,
    )


def save_resource(form: PlacedForm, place: Territory, by: Actor) -> object:
    given = form.cleaned_data
    return edit_resources.add_resource(
        territory=place,
        kind=given["kind"],
        name=given["name"],
        partner=given["partner"],
        situation=given["place"],
        note_text=given["note"],
        source=required_source(form, by),
        by=by,
    )


def save_figure(form: PlacedForm, place: Territory, by: Actor) -> object:
    assert isinstance(form, FigureForm)
    given = form.cleaned_data
    value, secrecy = form.amount()
    return edit_figures.add_figure(
        territory=place,
        given=edit_figures.GivenFigure(
            indicator=given["indicator"],
            value=value,
            secrecy=secrecy,
            vintage=given["vintage"],
            year=given["year"],
            source=required_source(form, by),
            perimeter=given["perimeter"],
            note=given["note"],
        ),
        by=by,
    )

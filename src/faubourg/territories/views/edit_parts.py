"""What hangs on a place: one table says, for each nature, its form, its service and how its rows read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.base.actor import Actor
from faubourg.base.cells import shown
from faubourg.base.numbers import number

from .. import queries
from ..forms import AliasForm, CorrectionForm, FigureForm, LineageForm, ResourceForm
from ..forms.parts import PlacedForm
from ..models import Alias, Correction, Figure, Lineage, LocalResource, Perimeter, Territory
from ..services import edit_figures, edit_history, edit_names, edit_perimeters, edit_resources
from .edit_saving import save_alias, save_correction, save_figure, save_lineage, save_resource

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Part:
    """One nature. `form` is None when it is added on a page of its own (perimeters)."""

    slug: str
    title: Words
    add_label: Words
    lead: Words
    symbol: str
    rows: Callable[[Territory], Iterable[Any]]
    reads: Callable[[Any], tuple[str, str]]
    withdraw: Callable[[Any, Territory, str, Actor], object]
    form: type[PlacedForm] | None = None
    save: Callable[[PlacedForm, Territory, Actor], object] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the desk."""

    text: str
    detail: str
    # Empty for what the loader brought: it is corrected, never withdrawn.
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One nature as the desk shows it."""

    part: Part
    rows: list[Row]
    add_url: str


def sections(place: Territory) -> list[Section]:
    """Everything that hangs on a place, one query a nature."""
    return [
        Section(part, [_row(part, place, item) for item in part.rows(place)], _add_url(part, place))
        for part in PARTS.values()
    ]


def _row(part: Part, place: Territory, item: Model) -> Row:
    text, detail = part.reads(item)
    if getattr(item, "loaded", False):
        return Row(text, detail, "")
    return Row(
        text, detail, reverse("territory_part_withdraw", args=[place.kind, place.code, part.slug, item.pk])
    )


def _add_url(part: Part, place: Territory) -> str:
    if part.form is None:
        return reverse("perimeter_add", args=[place.kind, place.code])
    return reverse("territory_part_add", args=[place.kind, place.code, part.slug])


def _figure(figure: Figure) -> tuple[str, str]:
    value = str(figure.get_secrecy_display()) if figure.value is None else number(figure.value)
    return f"{figure.indicator.name_fr} : {value}", f"{figure.vintage} · {figure.source.title}"


def _perimeter(perimeter: Perimeter) -> tuple[str, str]:
    contour = _("contour enregistré") if perimeter.outline else _("sans contour")
    days = " – ".join(str(shown(day)) for day in (perimeter.valid_from, perimeter.valid_to) if day)
    return str(perimeter.get_kind_display()), " · ".join(filter(None, (days, str(contour))))


def _lineages(place: Territory) -> list[Lineage]:
    ancestry = queries.history_of(place)
    return [*ancestry.origins, *ancestry.successions]


def _lineage(link: Lineage) -> tuple[str, str]:
    ends = [f"{place.name} ({place.code})" for place in (link.predecessor, link.successor)]
    return " → ".join(ends), link.note


def _resources(place: Territory) -> QuerySet[LocalResource]:
    return queries.resources_of(place)


def _alias(alias: Alias) -> tuple[str, str]:
    return alias.name, alias.source.title if alias.source else ""


def _correction(correction: Correction) -> tuple[str, str]:
    return f"{correction.subject} : {correction.printed} → {correction.corrected}", correction.evidence


PARTS = {
    part.slug: part
    for part in (
        Part(
            "noms",
            _("Autres noms"),
            _("Ajouter un nom"),
            _("Sous quels noms cherche-t-on ce lieu ? La recherche le trouvera aussitôt ainsi."),
            "tag",
            queries.aliases_of,
            _alias,
            lambda item, at, reason, by: edit_names.withdraw_alias(alias=item, reason=reason, by=by),
            AliasForm,
            save_alias,
            {"alias_known": "name", "alias_empty": "name", "not_plain": "name"},
        ),
        Part(
            "perimetres",
            _("Périmètres"),
            _("Ajouter un périmètre"),
            "",
            "map",
            queries.perimeters_of,
            _perimeter,
            lambda item, at, reason, by: edit_perimeters.withdraw_perimeter(
                perimeter=item, reason=reason, by=by
            ),
        ),
        Part(
            "ressources",
            _("Équipements, services, associations"),
            _("Ajouter une ressource"),
            _("Ce qui est déjà là, le droit commun d’abord."),
            "building-2",
            _resources,
            lambda item: (item.name, str(item.get_kind_display())),
            lambda item, at, reason, by: edit_resources.withdraw_resource(
                resource=item, reason=reason, by=by
            ),
            ResourceForm,
            save_resource,
            {"resource_known": "name"},
        ),
        Part(
            "filiation",
            _("Filiation"),
            _("Ajouter un lien"),
            _("De quel lieu celui-ci vient-il, ou lequel lui succède ?"),
            "git-branch",
            _lineages,
            _lineage,
            lambda item, at, reason, by: edit_history.withdraw_lineage(link=item, reason=reason, by=by),
            LineageForm,
            save_lineage,
            {"lineage_itself": "other", "lineage_circle": "other", "lineage_known": "other"},
        ),
        Part(
            "corrections",
            _("Corrections"),
            _("Corriger une source"),
            _("La valeur imprimée reste visible à côté de la valeur retenue, avec sa preuve et votre nom."),
            "pencil",
            queries.corrections_of,
            _correction,
            lambda item, at, reason, by: edit_history.withdraw_correction(
                correction=item, reason=reason, by=by
            ),
            CorrectionForm,
            save_correction,
            {"correction_same": "corrected", "correction_known": "subject"},
        ),
        Part(
            "chiffres",
            _("Chiffres"),
            _("Ajouter un chiffre"),
            _("Un chiffre ne va jamais sans sa source, son millésime et son périmètre."),
            "chart-column",
            queries.figures_of,
            _figure,
            lambda item, at, reason, by: edit_figures.withdraw_figure(figure=item, reason=reason, by=by),
            FigureForm,
            save_figure,
            {
                "figure_known": "value",
                "source_loaded": "source",
                "not_plain": "vintage",
                "perimeter_elsewhere": "perimeter",
            },
        ),
    )
}

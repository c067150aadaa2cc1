"""`/proximite/<code>/chiffres/`: how long it takes and what comes back, as a page and as files."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.base import tables
from faubourg.base.charts import Bar, bars
from faubourg.rules.proximity.statistics import Line
from faubourg.rules.verdict import mark

from ..forms.boards import PlaceFilter
from ..models import Area, Category
from ..queries.area_map import categories_of
from ..queries.figures import Figures, figures_of, years_of
from .finding import asked_area

MOST_BARS = 12
FORMATS = ("csv", "xlsx", "ods")
WHAT_IS_COUNTED = mark(
    "Délai : du signalement au travail déclaré fait. Sans doublons, refus ni transmissions."
)


class FiguresFilter(PlaceFilter):
    """A year, a neighbourhood, a category."""

    annee = forms.TypedChoiceField(label=gettext_lazy("Année"), required=False, coerce=int, empty_value=None)
    field_order = ("annee", "quartier", "quoi")

    def __init__(self, area: Area, categories: list[Category], *args: Any, **kwargs: Any) -> None:
        super().__init__(area, categories, *args, **kwargs)
        self.years = years_of(area)
        self.fields["annee"].choices = [(year, str(year)) for year in self.years]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


@never_cache
@require_safe
def area_figures(request: HttpRequest, code: str) -> HttpResponse:
    """With `?format=csv`, the lines by partner and theme; an unknown filter shows the newest year."""
    area = asked_area(code)
    categories = categories_of([area])
    form = FiguresFilter(area, categories, request.GET)
    told = form.cleaned_data if form.is_valid() else {}
    year = told.get("annee") or form.years[0]
    figures = figures_of(area, year, told.get("quartier", ""), told.get("quoi", ""))
    asked = request.GET.get("format", "")
    if asked in FORMATS:
        return _file(area, year, figures, asked)
    context = {
        "area": area,
        "form": form,
        "year": year,
        "all": figures.all,
        "tables": _tables(figures),
        "spots": [(spot, _theme(spot.theme)) for spot in figures.spots],
        "files": [(name, _address(request, name)) for name in FORMATS],
    }
    return render(request, "proximity/boards/figures.html", context)


def _tables(figures: Figures) -> list[dict[str, Any]]:
    """Each with its drawing, what it draws first in words."""
    partners = [(_partner(line.group[0]), line) for line in figures.partners]
    partners.sort(key=lambda row: -row[1].count)
    themes = [(_theme(line.group[0]), line) for line in figures.themes]
    months = [(date_format(month, "F"), line) for month, line in figures.months]
    nights = [(_("De jour"), figures.day), (_("De nuit"), figures.night)]
    return [
        _table("mois", _("Par mois"), months, _("Signalements reçus par mois"), counted=True),
        _table("themes", _("Par thème"), themes, _("Délai médian par thème, en jours")),
        _table("partenaires", _("Par partenaire"), partners, _("Délai médian par partenaire, en jours")),
        _table(
            "jour-nuit", _("De jour et de nuit"), nights, _("Signalements de jour et de nuit"), counted=True
        ),
    ]


def _table(
    key: str, title: str, rows: list[tuple[str, Line]], drawn: str, *, counted: bool = False
) -> dict[str, Any]:
    told = [Bar(label, line.count if counted else line.median) for label, line in rows[:MOST_BARS]]
    return {
        "key": key,
        "title": title,
        "rows": rows,
        "svg": bars(drawn, told) if told else "",
        "drawn": drawn,
    }


def _theme(code: str) -> str:
    return str(dict(Category.Theme.choices).get(code, code))


def _partner(name: str) -> str:
    return name or _("pas encore attribué")


def _address(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query["format"] = name
    return f"?{query.urlencode()}"


def _file(area: Area, year: int, figures: Figures, asked: str) -> HttpResponse:
    headers = [
        _("Partenaire"), _("Thème"), _("Reçus"), _("Déclarés faits"), _("En attente"), _("Rouverts"),
        _("Délai médian (jours)"), _("Neuf sur dix en moins de (jours)"),
    ]  # fmt: skip
    title = _("Chiffres {year} : {name}").format(year=year, name=area.name)
    content = tables.write(
        cast(tables.Format, asked), title=title, headers=headers, rows=_lines(figures.both),
        caption_lines=[_(WHAT_IS_COUNTED)],
    )  # fmt: skip
    response = HttpResponse(content, content_type=tables.MEDIA_TYPES[asked])
    response["Content-Disposition"] = f'attachment; filename="chiffres-{area.code}-{year}.{asked}"'
    return response


def _lines(lines: Iterable[Line]) -> Iterable[list[object]]:
    for line in lines:
        partner, theme = line.group
        yield [
            _partner(partner), _theme(theme), line.count, line.done, line.waiting, line.reopened, line.median,
            line.p90,
        ]  # fmt: skip

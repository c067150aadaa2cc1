"""What the page /style/ shows: one of each, so that the eye and axe can go through all of them at once."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from faubourg.base import charts
from faubourg.rules.verdict import LegalSource, Reason, Verdict, mark

TONES = ("neutral", "info", "good", "warn", "bad", "brick")
COLOURS = ("paper", "surface", "sunken", "line", "ink", "brick", "green", "ochre", "water", "bad")


class SpecimenForm(forms.Form):
    """Every kind of field, some of them wrong."""

    name = forms.CharField(
        label=_("Nom du lieu"), help_text=_("Tel que les habitants le disent."), initial="La Gauthière"
    )
    code = forms.CharField(label=_("Code officiel"), help_text=_("QN ou QP, puis le département."))
    since = forms.DateField(
        label=_("Depuis le"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label=_("Nature"), choices=(("qpv", _("QPV 2024")), ("qva", _("Veille active"))))
    basis = forms.ChoiceField(
        label=_("Fondement"),
        choices=(("decree", _("Décret")), ("local", _("Décision locale"))),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Remarque"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(
        label=_("J’ai vérifié la source"), help_text=_("Le journal retient qui l’a dit.")
    )
    document = forms.FileField(label=_("Document"), required=False)


class SpecimenFilter(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label=_("Nom ou code"), required=False)
    region = forms.ChoiceField(
        label=_("Région"), choices=(("", _("Toutes")), ("84", "Auvergne-Rhône-Alpes")), required=False
    )
    only = forms.BooleanField(label=_("Avec un contour"), required=False)


def _figure(
    value: str | None, unit: str, decimals: int = 0, secrecy: str = "open", note: Any = ""
) -> SimpleNamespace:
    source = SimpleNamespace(title=_("Source d’exemple"), publisher=_("Producteur d’exemple"), pk="")
    return SimpleNamespace(
        value=None if value is None else Decimal(value),
        unit=unit,
        decimals=decimals,
        secrecy=secrecy,
        source=source,
        vintage=_("millésime d’exemple"),
        perimeter=None,
        note=note,
    )


def figures() -> list[tuple[Any, SimpleNamespace]]:
    """A published one of each unit, a secret one, a missing one."""
    return [
        (_("Population municipale"), _figure("12345", "people")),
        (_("Taux de pauvreté"), _figure("43.2", "percent", 1)),
        (_("Revenu médian"), _figure("13870", "euro", 0, note=_("Par unité de consommation et par an."))),
        (_("Équipe dédiée"), _figure("3.5", "fte", 1)),
        (_("Allocataires"), _figure(None, "count", secrecy="secret")),
        (_("Logements sociaux"), _figure(None, "count", secrecy="missing")),
    ]


def a_verdict() -> Verdict:
    """One reason met, one not, one unknown."""
    text = LegalSource("Texte d’exemple", "article 1", date(2024, 1, 1))
    return Verdict(
        (
            Reason(
                "met",
                True,
                mark("La commune compte au moins {least} habitants."),
                {"least": 1000},
                source=text,
            ),
            Reason("unmet", False, mark("Il faut un rôle de chargé·e de mission sur ce contrat.")),
            Reason("unknown", None, mark("La date d’entrée en vigueur n’est pas connue.")),
        )
    )


def drawings() -> dict[str, Any]:
    """One chart of each kind, on figures of example."""
    return {
        "bars": charts.bars(
            str(_("Logements par époque, chiffres d’exemple")),
            [
                charts.Bar(str(_("Avant 1946")), 420),
                charts.Bar("1946-1970", 1630),
                charts.Bar("1971-1990", 1210, other=True),
                charts.Bar(str(_("Après 1990")), None, str(_("non publié"))),
            ],
        ),
        "comparison": charts.comparison(
            str(_("Face à la médiane, chiffres d’exemple")),
            [
                charts.Compared(
                    str(_("Taux de pauvreté")), 21.4, 14.6, "21,4 %", str(_("médiane 14,6 %")), 5, 40
                ),
                charts.Compared(str(_("Logements sociaux")), 12, 15, "12 %", str(_("médiane 15 %")), 0, 50),
            ],
        ),
        "timeline": charts.timeline(
            str(_("Périmètres dans le temps, dates d’exemple")),
            [charts.Span("QPV 2015", 2015, 2024, other=True), charts.Span("QPV 2024", 2024, None)],
            until=2031,
        ),
    }


def listing(request: HttpRequest) -> SimpleNamespace:
    """A bound listing of three rows on page two of nine."""
    labels = [str(_("Nom")), str(_("Code")), str(_("Habitants"))]
    rows = [
        ("Les Tilleuls", "QN99901N", "4 210"),
        ("Le Vieux Pont", "QN99902N", "1 980"),
        ("La Butte", "QN99903N", "–"),
    ]
    sorts = [("?tri=-nom", "ascending"), ("?tri=code", "none"), ("?tri=habitants", "none")]
    return SimpleNamespace(
        headers=[
            SimpleNamespace(label=label, sort_url=url, url=url, aria_sort=order, numeric=index == 2)
            for index, (label, (url, order)) in enumerate(zip(labels, sorts, strict=True))
        ],
        rows=[
            [
                SimpleNamespace(
                    label=labels[i], text=text, value=text, url="#tables" if i == 0 else "", numeric=i == 2
                )
                for i, text in enumerate(row)
            ]
            for row in rows
        ],
        page=Paginator(range(27), 3).get_page(2),
        filter_form=SpecimenFilter(),
        export_links=[
            SimpleNamespace(label=name, url=f"?format={name.lower()}")
            for name in ("CSV", "XLSX", "ODS", "PDF")
        ],
        total=27,
    )


def specimens(request: HttpRequest) -> dict[str, Any]:
    """The context of /style/."""
    wrong = SpecimenForm({"name": "La Gauthière", "code": "", "kind": "qpv", "since": "2024-02-29"})
    return {
        "tones": TONES,
        "colours": COLOURS,
        "figures": figures(),
        "verdict_shown": a_verdict(),
        "form": wrong,
        "listing": listing(request),
        "steps": [
            {"label": _("Choisir le fichier"), "url": "#formulaires", "state": "done"},
            {"label": _("Vérifier"), "state": "current"},
            {"label": _("Confirmer"), "state": "next"},
        ],
        **drawings(),
    }

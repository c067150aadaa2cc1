"""Landlords side by side for the town and the State: year by year, then action by action, as files too."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents, percent
from faubourg.rules.proximity.circuits import TFPB
from faubourg.rules.proximity.tfpb import AXIS_NAMES, Action, Axis, Use, judge_evidence, use_of

from .models import TfpbLine, TfpbYear
from .queries.tfpb import told


def year_url(year: TfpbYear) -> str:
    """Its review."""
    return reverse("tfpb_year", args=[year.agreement_id, year.year])


def _use(year: TfpbYear) -> Use:
    """Computed once a row, from lines that were read with it."""
    found: Use | None = getattr(year, "_use", None)
    if found is None:
        found = use_of(year.year, year.rebate_cents or 0, [told(line) for line in year.lines.all()])
        year._use = found  # type: ignore[attr-defined]
    return found


def _share(year: TfpbYear) -> float | None:
    share = _use(year).share
    return None if share is None else round(float(share) * 100, 1)


def _percent(year: TfpbYear) -> str:
    share = _share(year)
    return "" if share is None else percent(share)


class YearFilter(forms.Form):
    """A landlord by its words, a year, only what is flagged."""

    q = forms.CharField(label=_("Bailleur"), required=False, max_length=80)
    annee = forms.IntegerField(label=_("Année"), required=False, min_value=2000, max_value=2100)
    signale = forms.BooleanField(label=_("Signalées au préfet"), required=False)

    def apply(self, queryset: "QuerySet[TfpbYear]") -> "QuerySet[TfpbYear]":
        """The years that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            queryset = queryset.filter(agreement__landlord__name__icontains=word)
        if self.cleaned_data["annee"]:
            queryset = queryset.filter(year=self.cleaned_data["annee"])
        return queryset.filter(flagged_on__isnull=False) if self.cleaned_data["signale"] else queryset


def _sum(year: TfpbYear, of: str) -> int | None:
    """Cents; None as long as nothing was told: nobody reads a zero that is not one."""
    if of == "rebate_cents":
        return year.rebate_cents
    told_some = any(line.cost_cents is not None for line in year.lines.all())
    return int(getattr(_use(year), of)) if told_some else None


def _in_euros(amount: int | None) -> float | None:
    return None if amount is None else amount / 100


def _money(name: str, label: object, of: str) -> Column:
    """A sum of the year in euros, its cents kept."""
    return Column(
        name=name,
        label=label,
        value=lambda year: _in_euros(_sum(year, of)),
        show=lambda year: "—" if _sum(year, of) is None else cents(_sum(year, of) or 0),
        numeric=True,
    )


YEARS = Listing(
    title=_("Abattement de TFPB : les bailleurs"),
    columns=[
        Column(
            name="bailleur",
            label=_("Bailleur"),
            value="agreement.landlord.name",
            sort=("agreement__landlord__sort_key", "year"),
            url=year_url,
        ),
        Column(name="annee", label=_("Année"), value=lambda year: str(year.year), sort=("year", "pk")),
        Column(
            name="etat",
            label=_("Convention"),
            value=lambda year: gettext(TFPB.states[year.agreement.state]),
            sort=("agreement__state", "year"),
        ),
        Column(name="signee", label=_("Signée le"), value="agreement.convention.signed_on"),
        Column(
            name="logements", label=_("Logements"), value="dwellings", sort=("dwellings", "pk"), numeric=True
        ),
        _money("abattement", _("Abattement"), "rebate_cents"),
        _money("cout", _("Coût"), "cost_cents"),
        _money("valorise", _("Valorisé"), "valued_cents"),
        _money("justifie", _("Justifié"), "justified_cents"),
        Column(name="part", label=_("Part justifiée"), value=_share, show=_percent, numeric=True),
        Column(name="bilan", label=_("Bilan remis le"), value="reported_on", sort=("reported_on", "pk")),
        Column(name="visite", label=_("Visite le"), value="visited_on", sort=("visited_on", "pk")),
        Column(name="collectivite", label=_("Signé par la collectivité le"), value="town_signed_on"),
        Column(name="Etat", label=_("Signé par l’État le"), value="state_signed_on"),
        Column(name="reserves", label=_("Réserves"), value="reserves"),
        Column(name="signalee", label=_("Signalée au préfet le"), value="flagged_on"),
    ],
    default_sort="bailleur",
    filter_form=YearFilter,
    page_size=30,
)


class LineFilter(forms.Form):
    """A landlord or an action by its words, a year, an axis."""

    q = forms.CharField(label=_("Bailleur ou action"), required=False, max_length=80)
    annee = forms.IntegerField(label=_("Année"), required=False, min_value=2000, max_value=2100)
    axe = forms.TypedChoiceField(
        label=_("Axe"), required=False, coerce=int, empty_value=None,
        choices=[("", _("Tous")), *((int(axis), int(axis)) for axis in Axis)],
    )  # fmt: skip

    def apply(self, queryset: "QuerySet[TfpbLine]") -> "QuerySet[TfpbLine]":
        """The lines that answer each filter that was given."""
        for word in self.cleaned_data["q"].split()[:5]:
            landlord = queryset.filter(year__agreement__landlord__name__icontains=word)
            queryset = landlord | queryset.filter(action__title__icontains=word)
        if self.cleaned_data["annee"]:
            queryset = queryset.filter(year__year=self.cleaned_data["annee"])
        return (
            queryset.filter(action__axis=self.cleaned_data["axe"]) if self.cleaned_data["axe"] else queryset
        )


def _read(line: TfpbLine) -> Action:
    return told(line)


def _euros(name: str, label: object, of: str) -> Column:
    return Column(
        name=name,
        label=label,
        value=lambda line: getattr(_read(line), of) / 100,
        show=lambda line: cents(getattr(_read(line), of)),
        numeric=True,
    )


LINES = Listing(
    title=_("Abattement de TFPB : les actions"),
    columns=[
        Column(
            name="bailleur",
            label=_("Bailleur"),
            value="year.agreement.landlord.name",
            sort=("year__agreement__landlord__sort_key", "year__year", "action__axis", "pk"),
        ),
        Column(
            name="quartier",
            label=_("Quartier"),
            value=lambda line: ", ".join(place.name for place in line.action.neighbourhoods.all()),
        ),
        Column(
            name="annee", label=_("Année"), value=lambda line: str(line.year.year), sort=("year__year", "pk")
        ),
        Column(
            name="axe", label=_("Axe"), value=lambda line: str(line.action.axis), sort=("action__axis", "pk")
        ),
        Column(
            name="intitule",
            label=_("Intitulé de l’axe"),
            value=lambda line: gettext(AXIS_NAMES[Axis(line.action.axis)]),
        ),
        Column(
            name="action",
            label=_("Action"),
            value="action.title",
            sort=("action__title", "pk"),
            url=lambda line: reverse("tfpb_line", args=[line.pk]),
        ),
        Column(
            name="prevu",
            label=_("Prévu"),
            value=lambda line: line.planned_cents / 100,
            show=lambda line: cents(line.planned_cents),
            sort=("planned_cents", "pk"),
            numeric=True,
        ),
        _euros("cout", _("Coût"), "cost_cents"),
        _euros("ordinaire", _("Gestion ordinaire"), "ordinary_cents"),
        _euros("recupere", _("Charges récupérées"), "recovered_cents"),
        _euros("autres", _("Autres financements"), "funded_cents"),
        _euros("valorise", _("Valorisé"), "valued_cents"),
        _euros("plafond", _("Plafond valorisable"), "ceiling_cents"),
        Column(
            name="preuves",
            label=_("Preuves réunies"),
            value=lambda line: gettext("oui") if judge_evidence(_read(line)).ok else gettext("non"),
        ),
    ],
    default_sort="bailleur",
    filter_form=LineFilter,
)

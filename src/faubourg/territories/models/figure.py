"""A figure is never naked: value, unit, source, vintage, perimeter version, secrecy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .perimeter import Perimeter
from .source import Source
from .territory import Territory


class Indicator(models.Model):
    """What is measured. Whether it may be summed or compared is decided by `rules.figures`."""

    class Unit(models.TextChoices):
        PEOPLE = "people", _("habitants")
        COUNT = "count", _("nombre")
        PERCENT = "percent", _("%")
        EURO = "euro", _("€")
        RATIO = "ratio", _("rapport")
        FTE = "fte", _("ETP")

    code = models.SlugField(primary_key=True, max_length=60)
    name_fr = models.CharField(_("nom"), max_length=200)
    name_en = models.CharField(max_length=200)
    unit = models.CharField(_("unité"), max_length=10, choices=Unit)
    decimals = models.PositiveSmallIntegerField(default=0)
    additive = models.BooleanField(_("peut s’additionner"), default=False)
    theme = models.CharField(_("thème"), max_length=40, blank=True)
    definition_fr = models.TextField(_("définition"), blank=True)
    definition_en = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_fr


class Figure(models.Model):
    """One value of one indicator for one place in one perimeter version and one vintage.

    `value` is null when the source publishes none; `secrecy` says whether that is statistical secrecy.
    """

    class Secrecy(models.TextChoices):
        OPEN = "open", _("publié")
        SECRET = "secret", _("secret statistique")
        MISSING = "missing", _("non publié")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="figures")
    perimeter = models.ForeignKey(
        Perimeter, on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    value = models.DecimalField(_("valeur"), max_digits=16, decimal_places=4, null=True, blank=True)
    secrecy = models.CharField(max_length=10, choices=Secrecy, default=Secrecy.OPEN)
    # As the source words it (« RP 2021 », « imprimé en mars 2016 »); the year orders and compares.
    vintage = models.CharField(_("millésime"), max_length=120)
    vintage_year = models.PositiveSmallIntegerField(_("année du millésime"), null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    added_by = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField(_("saisi le"), null=True, blank=True)
    batch = models.ForeignKey(
        "territories.FigureImport", on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("chiffre")
        verbose_name_plural = _("chiffres")
        ordering = ["territory", "indicator", "-vintage_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(secrecy="open") & Q(value__isnull=False))
                | (~Q(secrecy="open") & Q(value__isnull=True)),
                name="figure_value_or_reason",
            ),
            # Two constraints rather than `nulls_distinct=False`, which SQLite does not know.
            models.UniqueConstraint(
                fields=["territory", "perimeter", "indicator", "vintage", "source"],
                condition=Q(withdrawn_at__isnull=True, perimeter__isnull=False),
                name="figure_once_in_perimeter",
            ),
            models.UniqueConstraint(
                fields=["territory", "indicator", "vintage", "source"],
                condition=Q(withdrawn_at__isnull=True, perimeter__isnull=True),
                name="figure_once",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "territory"], name="figure_by_indicator")]

    def __str__(self) -> str:
        return f"{self.territory} {self.indicator_id} {self.value} ({self.vintage})"

    @property
    def loaded(self) -> bool:
        """Brought with its source by the loader, by nobody's hand."""
        return self.added_by is None and self.batch_id is None

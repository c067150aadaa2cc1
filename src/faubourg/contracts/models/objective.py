"""What a contract wants: axes, strategic and operational objectives, and how each will be measured."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.territories.models import Indicator, Territory

from .contract import Contract
from .diagnosis import Stake


class Objective(models.Model):
    """An axis (no parent), a strategic objective of an axis, or an operational one of a strategic one."""

    class Rank(models.TextChoices):
        AXIS = "axis", _("axe")
        STRATEGIC = "strategic", _("objectif stratégique")
        OPERATIONAL = "operational", _("objectif opérationnel")

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="objectives")
    rank = models.CharField(_("rang"), max_length=12, choices=Rank)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    number = models.CharField(_("numéro"), max_length=20, blank=True)
    title = models.CharField(_("intitulé"), max_length=300)
    text = models.TextField(_("précision"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    stakes = models.ManyToManyField(Stake, related_name="objectives", blank=True)
    neighbourhoods = models.ManyToManyField(Territory, related_name="objectives", blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")
        ordering = ["contract", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rank="axis", parent__isnull=True) | (~Q(rank="axis") & Q(parent__isnull=False)),
                name="only_an_axis_has_no_parent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ObjectiveIndicator(models.Model):
    """How an objective is measured: indicator, place, start (a whole figure, never naked), aim."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="objectives")
    # A local indicator that no catalogue names.
    label = models.CharField(_("indicateur local"), max_length=200, blank=True)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="objective_indicators"
    )
    baseline = models.ForeignKey(
        "territories.Figure", models.PROTECT, null=True, blank=True, related_name="+"
    )
    target = models.DecimalField(_("cible"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("année cible"), null=True, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicateur d’objectif")
        verbose_name_plural = _("indicateurs d’objectif")
        ordering = ["objective", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, label="") | (Q(indicator__isnull=True) & ~Q(label="")),
                name="indicator_of_a_catalogue_or_local",
            )
        ]

    def __str__(self) -> str:
        return self.label or str(self.indicator)

"""Money has a level, a nature, an origin, a funder and a year; totals never mix levels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.territories.models import Source, Territory

from .contract import Contract


class FundingLine(models.Model):
    """An amount in cents, hung on a neighbourhood (even a *pressenti* one) or on a wider territory."""

    class Level(models.TextChoices):
        FORESEEN = "foreseen", _("envisagé")
        RESERVED = "reserved", _("réservé")
        REQUESTED = "requested", _("demandé")
        FAVOURABLE = "favourable", _("avis favorable")
        VOTED = "voted", _("voté")
        NOTIFIED = "notified", _("notifié")
        COMMITTED = "committed", _("engagé")
        PAID = "paid", _("versé")
        JUSTIFIED = "justified", _("justifié")
        FROZEN = "frozen", _("gelé")
        CANCELLED = "cancelled", _("annulé")
        UNSTATED = "unstated", _("niveau non précisé par la source")

    class Nature(models.TextChoices):
        OPERATING = "operating", _("fonctionnement")
        INVESTMENT = "investment", _("investissement")
        UNSTATED = "unstated", _("non précisée")

    class Origin(models.TextChoices):
        ORDINARY = "ordinary", _("droit commun")
        SPECIFIC = "specific", _("crédits spécifiques")
        UNSTATED = "unstated", _("non précisée")

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="funding_lines")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="funding_lines"
    )
    label = models.CharField(_("objet"), max_length=200)
    funder = models.CharField(_("financeur"), max_length=200)
    year = models.PositiveSmallIntegerField(_("année"))
    amount_cents = models.BigIntegerField(_("montant en centimes"))
    nature = models.CharField(_("nature"), max_length=12, choices=Nature)
    origin = models.CharField(_("origine"), max_length=12, choices=Origin)
    level = models.CharField(_("niveau"), max_length=12, choices=Level)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="funding_lines")

    class Meta:
        verbose_name = _("ligne de financement")
        verbose_name_plural = _("lignes de financement")
        ordering = ["territory", "year", "funder"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_not_negative"),
            models.UniqueConstraint(
                fields=["territory", "label", "funder", "year"], name="funding_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"

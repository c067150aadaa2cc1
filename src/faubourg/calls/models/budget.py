"""The money of a dossier: its balanced budget on the accounts of the form CERFA, what is asked of whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application
from .call import CallFunder

NATURES = [("operating", _("fonctionnement")), ("investment", _("investissement"))]


class BudgetLine(models.Model):
    """One amount in cents on one account of `rules.calls.accounts`. A grant names its payer and its level."""

    class Standing(models.TextChoices):
        ASKED = "asked", _("sollicité")
        OBTAINED = "obtained", _("obtenu")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget_lines")
    account = models.CharField(_("compte"), max_length=20)
    label = models.CharField(_("précision"), max_length=200, blank=True)
    cents = models.BigIntegerField(_("montant en centimes"))
    # For the accounts of chapter 74; a funder of the call when it is one.
    funder = models.ForeignKey(CallFunder, models.PROTECT, null=True, blank=True, related_name="budget_lines")
    level = models.CharField(_("niveau"), max_length=12, choices=CallFunder.Level, blank=True)
    # Firm money is not hoped-for money: the jury sees which is which.
    standing = models.CharField(_("assurance"), max_length=10, choices=Standing, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ligne de budget")
        verbose_name_plural = _("lignes de budget")
        ordering = ["application", "order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(cents__gte=0), name="budget_line_not_negative")]

    def __str__(self) -> str:
        return f"{self.account} {self.cents}"


class FundingRequest(models.Model):
    """What a dossier asks of one funder of the call, of one nature, for one year. Money in cents."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="requests")
    funder = models.ForeignKey(CallFunder, models.PROTECT, related_name="requests")
    nature = models.CharField(_("nature"), max_length=12, choices=NATURES)
    year = models.PositiveSmallIntegerField(_("année"))
    cents = models.BigIntegerField(_("montant demandé en centimes"))

    class Meta:
        verbose_name = _("demande de financement")
        verbose_name_plural = _("demandes de financement")
        ordering = ["application", "funder", "year", "nature"]
        # What is asked of each funder is added up from this index alone (`queries.envelopes`).
        indexes = [
            models.Index(fields=["funder", "nature", "year", "application", "cents"], name="request_drawn")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="request_of_something"),
            models.UniqueConstraint(
                fields=["application", "funder", "nature", "year"], name="request_once_a_funder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.cents}"

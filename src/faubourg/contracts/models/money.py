"""Money has a level, a nature, an origin, a funder and a year; totals never mix levels.

The maquette financière of a contract is the grid of its lines: years across, the rest down.
"""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation
from faubourg.territories.models import Source, Territory

from .action import Action
from .contract import Contract
from .objective import Objective


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
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="funding_lines"
    )
    # An axis or an objective of the contract; an action of its plan.
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="funding_lines"
    )
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="funding_lines")
    # Null when somebody typed it here: then `added_by_name` says who.
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="funding_lines")
    added_by = models.UUIDField(null=True, blank=True)
    added_by_name = models.CharField(_("saisie par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("ligne de financement")
        verbose_name_plural = _("lignes de financement")
        ordering = ["territory", "year", "funder"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_not_negative"),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(added_by_name=""), name="funding_from_somewhere"
            ),
            models.UniqueConstraint(
                "territory",
                "label",
                "funder",
                "year",
                "nature",
                "origin",
                "level",
                Coalesce("contract", Value(0)),
                Coalesce("objective", Value(0)),
                Coalesce("action", Value(0)),
                name="funding_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.year}"


class FundingEvent(models.Model):
    """A freeze, a cut or their end on one line; the line keeps its amount, the event says what is left."""

    class Kind(models.TextChoices):
        FREEZE = "freeze", _("gel")
        RELEASE = "release", _("dégel")
        CUT = "cut", _("annulation")

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    amount_cents = models.BigIntegerField(_("montant en centimes"))
    on = models.DateField(_("le"))
    act = models.CharField(_("acte"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=300)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("enregistré par"), max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("évènement sur un crédit")
        verbose_name_plural = _("évènements sur un crédit")
        ordering = ["line", "on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="funding_event_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

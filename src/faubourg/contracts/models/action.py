"""The action: who does what, where, until when, for which objective, with which money and indicator.

Funded projects, repaired places and residents' choices hang on it without knowing each other.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation
from faubourg.territories.models import Source, Territory

from .contract import Contract
from .objective import Objective


class Action(models.Model):
    """One line of a plan of actions."""

    class Horizon(models.TextChoices):
        SHORT = "short", _("court terme")
        MEDIUM = "medium", _("moyen terme")
        LONG = "long", _("long terme")
        UNSTATED = "unstated", _("non précisé")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposée")
        PLANNED = "planned", _("programmée")
        RUNNING = "running", _("en cours")
        DONE = "done", _("réalisée")
        DROPPED = "dropped", _("abandonnée")

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="actions")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="actions")
    # A line of the plan: jeunesse, accès aux droits, sécurité, commerce, habitat…
    line = models.CharField(_("volet du plan"), max_length=120, blank=True)
    title = models.CharField(_("action"), max_length=300)
    text = models.TextField(_("précision"), blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="led_actions")
    lead_printed = models.CharField(_("porteur imprimé"), max_length=200, blank=True)
    partners = models.ManyToManyField(Organisation, related_name="partnered_actions", blank=True)
    partners_printed = models.CharField(_("partenaires imprimés"), max_length=400, blank=True)
    neighbourhoods = models.ManyToManyField(Territory, related_name="actions", blank=True)
    horizon = models.CharField(_("horizon"), max_length=10, choices=Horizon, default=Horizon.UNSTATED)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PROPOSED)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    printed_dates = models.CharField(_("dates imprimées"), max_length=150, blank=True)
    indicator = models.CharField(_("indicateur"), max_length=200, blank=True)
    dropped_reason = models.CharField(_("motif d’abandon"), max_length=300, blank=True)
    # Where it comes from, by value: a walk, a decision, a dossier. Rooms above point here, never the reverse.
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_ref = models.CharField(max_length=80, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="actions")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["contract", "line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="action_ends_after",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_reason=""), name="dropped_action_says_why"
            ),
        ]
        indexes = [models.Index(fields=["origin_kind", "origin_ref"], name="action_by_origin")]

    def __str__(self) -> str:
        return self.title


class ActionNote(models.Model):
    """The diary of an action: what happened, when, told by whom."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField(_("le"))
    text = models.TextField(_("ce qui s’est passé"))
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("note d’action")
        verbose_name_plural = _("notes d’action")
        ordering = ["action", "on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

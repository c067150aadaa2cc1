"""The right to question (loi 2017-86): a difficulty that residents submit, its path and its public answer.

What a resident types is read by the contract's team before it is public: no person may be named in it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.territories.models import Territory

from .contract import Contract
from .meeting import Meeting
from .steps import DatedStep


class Interpellation(models.Model):
    """Submitted, sent to the mayor, the EPCI and the signatories, diagnosed, discussed, answered."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("déposée")
        TRANSMITTED = "transmitted", _("transmise")
        DIAGNOSED = "diagnosed", _("diagnostic rendu")
        STEERED = "steered", _("examinée en comité de pilotage")
        ON_AGENDA = "on_agenda", _("inscrite aux assemblées")
        ANSWERED = "answered", _("répondue")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="interpellations")
    neighbourhood = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="interpellations"
    )
    title = models.CharField(_("difficulté"), max_length=200)
    text = models.TextField(_("exposé"))
    # The council or the group, never a person's name: the tracker is public.
    submitted_by = models.CharField(_("déposée par"), max_length=200)
    state = models.CharField(_("état"), max_length=12, choices=State, default=State.SUBMITTED)
    # The account that typed it for the group; nobody else's page shows it.
    entered_by = models.UUIDField(null=True, blank=True, db_index=True)
    # The day it was read and made public; or sent back to be corrected, with the reason.
    published_on = models.DateField(_("rendue publique le"), null=True, blank=True)
    sent_back_on = models.DateField(_("renvoyée le"), null=True, blank=True)
    sent_back_reason = models.CharField(_("motif du renvoi"), max_length=300, blank=True)
    diagnosis = models.TextField(_("diagnostic"), blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="interpellations"
    )
    answer = models.TextField(_("réponse"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("interpellation")
        verbose_name_plural = _("interpellations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""), name="answered_with_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(state="submitted") | Q(published_on__isnull=False), name="followed_once_public"
            ),
            models.CheckConstraint(
                condition=Q(sent_back_on__isnull=True)
                | (Q(published_on__isnull=True) & ~Q(sent_back_reason="")),
                name="sent_back_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InterpellationStep(DatedStep):
    """One step of an interpellation; its note says whom it was sent to, or which assembly."""

    interpellation = models.ForeignKey(Interpellation, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("étape"), max_length=12, choices=Interpellation.State)

    class Meta:
        verbose_name = _("étape d’interpellation")
        verbose_name_plural = _("étapes d’interpellation")
        ordering = ["interpellation", "pk"]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"

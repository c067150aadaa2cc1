"""How a contract is made: its phases, milestones, deliverables, and each step of its circuit."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .contract import Contract
from .printed import PrintedDue


class Phase(models.Model):
    """A period of the making. Phases may overlap; planned and actual days stand side by side."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField(_("rang"))
    name = models.CharField(_("nom"), max_length=200)
    purpose = models.TextField(_("ce qui s’y fait"), blank=True)
    planned_start = models.DateField(_("début prévu"))
    planned_end = models.DateField(_("fin prévue"))
    printed = models.CharField(_("dates imprimées"), max_length=150, blank=True)
    actual_start = models.DateField(_("début réel"), null=True, blank=True)
    actual_end = models.DateField(_("fin réelle"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["contract", "order"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "order"], name="phase_rank_once"),
            models.CheckConstraint(condition=Q(planned_start__lte=F("planned_end")), name="phase_ends_after"),
            models.CheckConstraint(
                condition=Q(actual_end__isnull=True)
                | Q(actual_start__isnull=False, actual_start__lte=F("actual_end")),
                name="phase_really_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(PrintedDue):
    """A day that matters: préfiguration, entry into force."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="milestones")
    name = models.CharField(_("nom"), max_length=200)
    reached_on = models.DateField(_("atteint le"), null=True, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(PrintedDue.Meta):
        verbose_name = _("jalon")
        verbose_name_plural = _("jalons")
        ordering = ["contract", "due_on", "pk"]

    def __str__(self) -> str:
        return self.name


class Deliverable(PrintedDue):
    """Something owed by somebody for a day: a commune's bilan-diagnostic, a group's review.

    Expected until `delivered_on`, then delivered, then validated. Who owes it: a territory, an organisation
    or a body of the contract, one of them at most; in words otherwise.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="deliverables")
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="deliverables")
    name = models.CharField(_("nom"), max_length=200)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="owed_deliverables"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="owed_deliverables"
    )
    body = models.ForeignKey(
        "contracts.Body", models.SET_NULL, null=True, blank=True, related_name="owed_deliverables"
    )
    owed_by = models.CharField(_("dû par"), max_length=200, blank=True)
    # The person who follows it, for reminders and the handover pack.
    person_ref = models.UUIDField(null=True, blank=True)
    person_name = models.CharField(_("suivi par"), max_length=150, blank=True)
    delivered_on = models.DateField(_("remis le"), null=True, blank=True)
    validated_on = models.DateField(_("validé le"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="deliverables")
    version = models.PositiveIntegerField(default=1)

    class Meta(PrintedDue.Meta):
        verbose_name = _("livrable")
        verbose_name_plural = _("livrables")
        ordering = ["contract", "due_on", "pk"]
        constraints = [
            *PrintedDue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(validated_on__isnull=True)
                | Q(delivered_on__isnull=False, delivered_on__lte=F("validated_on")),
                name="deliverable_validated_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> str:
        """Who owes it, in words; empty when nobody is named. Never a person."""
        owner = self.territory or self.organisation or self.body
        return str(owner) if owner else self.owed_by


class ContractStep(models.Model):
    """One step of a contract's life, never rewritten: from which state to which, when, by whom, which act.

    The validation of one commune leaves the state as it is and names the commune. A step recorded by mistake
    stays: another one undoes it and says why.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(_("depuis"), max_length=24, choices=Contract.State, blank=True)
    after = models.CharField(_("vers"), max_length=24, choices=Contract.State)
    on = models.DateField(_("le"))
    act = models.CharField(_("acte"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("enregistré par"), max_length=150, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("étape du contrat")
        verbose_name_plural = _("étapes du contrat")
        ordering = ["contract", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | ~Q(reason=""), name="undone_step_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

"""Droit commun first: what each partner already does, and what it commits to, with proof and date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation
from faubourg.territories.models import Source, Territory

from .contract import Contract
from .objective import Objective
from .printed import PrintedDue


class OrdinaryMeans(models.Model):
    """Something that exists already: equipment, service, post, policy. Never added to crédits spécifiques."""

    class Kind(models.TextChoices):
        EQUIPMENT = "equipment", _("équipement")
        SERVICE = "service", _("service")
        POST = "post", _("poste")
        POLICY = "policy", _("politique ou dispositif")

    class Place(models.TextChoices):
        INSIDE = "inside", _("dans le périmètre")
        LIVED = "lived", _("quartier vécu")
        WIDER = "wider", _("territoire plus large")
        UNSTATED = "unstated", _("non précisé")

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="ordinary_means")
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="ordinary_means"
    )
    partner_printed = models.CharField(_("partenaire imprimé"), max_length=200, blank=True)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    label = models.CharField(_("ce qui existe"), max_length=300)
    neighbourhood = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="ordinary_means"
    )
    place = models.CharField(_("situation"), max_length=10, choices=Place, default=Place.UNSTATED)
    # The means of one year, when the partner gives them: what a substitution alert compares.
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)
    amount_cents = models.BigIntegerField(_("montant en centimes"), null=True, blank=True)
    etp = models.DecimalField(_("ETP"), max_digits=6, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="ordinary_means")
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("moyen de droit commun")
        verbose_name_plural = _("moyens de droit commun")
        ordering = ["contract", "partner_printed", "label", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_cents__isnull=True) | Q(amount_cents__gte=0, year__isnull=False),
                name="means_amount_has_a_year",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Commitment(PrintedDue):
    """What a partner promises under its ordinary powers; kept when a proof and its day are there."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="commitments")
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    partner_printed = models.CharField(_("partenaire imprimé"), max_length=200, blank=True)
    text = models.CharField(_("engagement"), max_length=400)
    target = models.CharField(_("cible"), max_length=200, blank=True)
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    neighbourhoods = models.ManyToManyField(Territory, related_name="commitments", blank=True)
    owner_ref = models.UUIDField(null=True, blank=True)
    owner_name = models.CharField(_("suivi par"), max_length=150, blank=True)
    proof = models.CharField(_("preuve"), max_length=300, blank=True)
    proof_document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    kept_on = models.DateField(_("tenu le"), null=True, blank=True)
    dropped_on = models.DateField(_("abandonné le"), null=True, blank=True)
    dropped_reason = models.CharField(_("motif d’abandon"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(PrintedDue.Meta):
        verbose_name = _("engagement de droit commun")
        verbose_name_plural = _("engagements de droit commun")
        ordering = ["contract", "due_on", "pk"]
        constraints = [
            *PrintedDue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | ~Q(proof="") | Q(proof_document__isnull=False),
                name="commitment_kept_with_a_proof",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | (~Q(dropped_reason="") & Q(kept_on__isnull=True)),
                name="commitment_dropped_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text

"""Grants that others published, brought in as they are, matched to organisations and contracts when sure."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.territories.models import Source


class PublishedGrant(models.Model):
    """One row of a published list of grants. `told` keeps the row as printed; money in cents."""

    class Match(models.TextChoices):
        SIRET = "siret", _("par SIRET")
        RNA = "rna", _("par RNA")
        NAME = "name", _("par nom, seul de ce nom")
        AMBIGUOUS = "ambiguous", _("plusieurs possibles")
        NONE = "none", _("non rapproché")

    source = models.ForeignKey(Source, models.PROTECT, related_name="published_grants")
    # The place of the row in the source: a grant read twice is kept once.
    ref = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField(_("exercice"))
    funder_name = models.CharField(_("attribuant"), max_length=300)
    funder_siret = models.CharField(_("SIRET de l’attribuant"), max_length=14, blank=True)
    programme = models.CharField(_("programme"), max_length=200, blank=True)
    beneficiary_name = models.CharField(_("bénéficiaire"), max_length=300)
    beneficiary_siret = models.CharField(_("SIRET du bénéficiaire"), max_length=14, blank=True, db_index=True)
    beneficiary_rna = models.CharField(_("RNA du bénéficiaire"), max_length=10, blank=True)
    departement = models.CharField(_("département"), max_length=3, blank=True)
    purpose = models.TextField(_("objet"), blank=True)
    amount_cents = models.BigIntegerField(_("montant en centimes"))
    level = models.CharField(_("niveau"), max_length=12, default="paid")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="published_grants"
    )
    match = models.CharField(_("rapprochement"), max_length=10, choices=Match, default=Match.NONE)
    contract = models.ForeignKey(
        Contract, models.SET_NULL, null=True, blank=True, related_name="published_grants"
    )
    contract_reason = models.CharField(_("contrat : pourquoi"), max_length=200, blank=True)
    told = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("subvention publiée")
        verbose_name_plural = _("subventions publiées")
        ordering = ["-year", "-amount_cents", "pk"]
        indexes = [models.Index(fields=["year", "departement"], name="grant_year_departement")]
        constraints = [
            models.UniqueConstraint(fields=["source", "ref"], name="published_grant_once"),
            models.CheckConstraint(
                condition=Q(match__in=["ambiguous", "none"]) | Q(organisation__isnull=False),
                name="grant_matched_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary_name} {self.year}"

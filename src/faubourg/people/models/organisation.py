"""Organisations and who belongs to them, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key

from .person import Person


class Organisation(models.Model):
    """A legal person or a collective. SIRET and RNA are checked by key before they are kept."""

    class Kind(models.TextChoices):
        STATE = "state", _("service de l’État")
        EPCI = "epci", _("intercommunalité")
        COMMUNE = "commune", _("commune")
        DEPARTEMENT = "departement", _("Département")
        REGION = "region", _("Région")
        LANDLORD = "landlord", _("bailleur social")
        ASSOCIATION = "association", _("association")
        RESOURCE_CENTRE = "resource_centre", _("centre de ressources")
        COLLECTIVE = "collective", _("collectif sans forme juridique")
        OTHER = "other", _("autre")

    name = models.CharField(_("nom"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    siret = models.CharField(_("SIRET"), max_length=14, null=True, blank=True, unique=True)
    rna = models.CharField(_("RNA"), max_length=10, null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its sheet."""
        return reverse("organisation", args=[self.pk])


class Membership(models.Model):
    """Somebody works or sits in an organisation between two dates (the last day included)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    title = models.CharField(_("fonction"), max_length=120, blank=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"

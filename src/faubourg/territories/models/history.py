"""Other names, ancestors, and corrections of what a source printed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .source import Source
from .territory import Territory


class Alias(models.Model):
    """Another name under which people look for a place."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("autre nom"), max_length=200)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="aliases"
    )
    added_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("autre nom")
        verbose_name_plural = _("autres noms")
        ordering = ["territory", "name"]
        constraints = [models.UniqueConstraint(fields=["territory", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def loaded(self) -> bool:
        """Brought with its source by the loader, by nobody's hand."""
        return self.added_by is None


class Lineage(models.Model):
    """`successor` takes over from `predecessor`, wholly or in part. A link says how it is known."""

    class Basis(models.TextChoices):
        OFFICIAL = "official", _("texte officiel")
        NAME = "name", _("rapprochement par le nom et la commune")
        DOCUMENT = "document", _("document cité")
        DECIDED = "decided", _("décision d’une personne habilitée")

    predecessor = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="origins")
    since = models.DateField(_("depuis le"), null=True, blank=True)
    basis = models.CharField(_("fondement"), max_length=10, choices=Basis)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="lineages"
    )
    note = models.CharField(_("remarque"), max_length=300, blank=True)
    added_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("filiation")
        verbose_name_plural = _("filiations")
        ordering = ["predecessor", "since"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="lineage_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="lineage_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    @property
    def loaded(self) -> bool:
        """Brought with its source by the loader, by nobody's hand."""
        return self.added_by is None and self.basis != self.Basis.DECIDED


class Correction(models.Model):
    """A printed value that was wrong, the right one, the source of it, and who decided."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="corrections")
    subject = models.CharField(_("ce qui est corrigé"), max_length=80)
    printed = models.CharField(_("valeur imprimée"), max_length=300)
    corrected = models.CharField(_("valeur retenue"), max_length=300)
    printed_in = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="corrected_here")
    evidence = models.CharField(_("sur la foi de"), max_length=300)
    # Name frozen at the time: an account may go, the decision stays attributed.
    decided_by = models.CharField(_("décidé par"), max_length=150)
    decided_by_ref = models.UUIDField(null=True, blank=True)
    decided_on = models.DateField(_("décidé le"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["territory", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "subject", "printed_in"], name="correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.printed} → {self.corrected}"

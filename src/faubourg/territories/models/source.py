"""Where a figure, a name or a contour comes from, and what we noticed while reading it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A published file or document. `vintage` is what the publisher states, in words."""

    slug = models.SlugField(primary_key=True, max_length=60)
    title = models.CharField(_("titre"), max_length=300)
    publisher = models.CharField(_("producteur"), max_length=200, blank=True)
    origin = models.CharField(_("provenance"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    vintage = models.CharField(_("millésime"), max_length=120, blank=True)
    published_on = models.DateField(_("publié le"), null=True, blank=True)
    retrieved_on = models.DateField(_("relevé le"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    row_count = models.PositiveIntegerField(_("lignes"), null=True, blank=True)
    caution = models.TextField(_("à savoir"), blank=True)
    # Brought by the loader: nobody adds to it by hand, a wrong value in it is corrected beside it.
    loaded = models.BooleanField(_("chargée avec Faubourg"), default=False, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class SourceFinding(models.Model):
    """Something odd that the loader met and kept: a duplicate, a missing name, a misplaced point."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(_("constat"), max_length=40)
    ref = models.CharField(_("référence"), max_length=80)
    sentence = models.CharField(_("explication"), max_length=400)

    class Meta:
        verbose_name = _("constat sur une source")
        verbose_name_plural = _("constats sur les sources")
        ordering = ["source", "code", "ref"]
        constraints = [models.UniqueConstraint(fields=["source", "code", "ref"], name="finding_once")]

    def __str__(self) -> str:
        return self.sentence

"""The income grid of an intercommunalité: a file somebody gave, its cells, its candidates by threshold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document

from .source import Source
from .territory import Territory


class GridExtract(models.Model):
    """Outside `extent` nothing is known. The newest that is ready and not withdrawn answers for its area."""

    area = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="grid_extracts")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="grid_extracts")
    added_by = models.UUIDField(_("déposé par"))
    added_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    # Written by the job; empty until then.
    ready_at = models.DateTimeField(_("prête le"), null=True, blank=True)
    refusal = models.CharField(_("pourquoi elle ne se lit pas"), max_length=400, blank=True)
    cells = models.BinaryField(null=True, blank=True)
    # WKB, WGS 84: where the grid is complete, inhabited or not.
    extent = models.BinaryField(null=True, blank=True)
    cell_count = models.PositiveIntegerField(_("carreaux"), default=0)
    cell_size = models.FloatField(_("côté en mètres"), default=0)
    people = models.FloatField(_("habitants"), default=0)
    # Shares, 0 to 1: of poor people over the whole grid, and from which a place counts by default.
    town_poverty = models.FloatField(_("part de personnes pauvres"), default=0)
    cut = models.FloatField(_("seuil proposé"), default=0)
    remarks = models.JSONField(_("réparations"), default=list)

    class Meta:
        verbose_name = _("extrait de grille")
        verbose_name_plural = _("extraits de grille")
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, cells__isnull=True, extent__isnull=True)
                | Q(ready_at__isnull=False, cells__isnull=False, extent__isnull=False),
                name="grid_extract_ready_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.source}"


class GridLevel(models.Model):
    """What the grid proposes at one threshold: the slider reads one row, never the cells."""

    extract = models.ForeignKey(GridExtract, on_delete=models.CASCADE, related_name="levels")
    # In thousandths: 280 is 28 % of poor people.
    threshold = models.PositiveSmallIntegerField(_("seuil"))
    components = models.PositiveIntegerField(_("lieux continus"))
    kept = models.PositiveIntegerField(_("candidats"))
    people = models.FloatField(_("habitants des candidats"))
    # One object a candidate: key, people, cells, poverty, density, imputed, absorbed, outline.
    candidates = models.JSONField(default=list)

    class Meta:
        verbose_name = _("seuil d’une grille")
        verbose_name_plural = _("seuils d’une grille")
        ordering = ["extract", "threshold"]
        constraints = [
            models.UniqueConstraint(fields=["extract", "threshold"], name="grid_level_once"),
            models.CheckConstraint(condition=Q(threshold__lt=1000), name="grid_level_share"),
        ]

    def __str__(self) -> str:
        return f"{self.extract_id} – {self.threshold}"

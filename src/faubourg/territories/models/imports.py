"""A spreadsheet of figures brought in at once: tried first, confirmed, undoable."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document

from .source import Source


class FigureImport(models.Model):
    """Nothing is written before `confirmed_at`; undoing withdraws the figures, it erases none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True)
    report = models.JSONField(_("essai à blanc"), default=dict)
    row_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    scope_kind = models.CharField(max_length=20, blank=True)
    scope_code = models.CharField(max_length=40, blank=True)
    created_by = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("import de chiffres")
        verbose_name_plural = _("imports de chiffres")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, confirmed_at__isnull=False),
                name="import_undone_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

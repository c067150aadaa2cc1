"""A file that somebody gave or that we made: first written, then acknowledged by its hash."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One stored file. `sha256` is what the sender gets back as the receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("nom"), max_length=255)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("taille en octets"))
    file = models.FileField(upload_to="documents/")
    purpose = models.CharField(_("usage"), max_length=40)
    added_by = models.UUIDField(_("déposé par"), null=True)
    added_at = models.DateTimeField(_("déposé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.name

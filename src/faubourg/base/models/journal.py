"""The journal: who did what, when, before, after and why; append-only and chained by keyed hash.

Personal values stand in the chain as salted digests only; the values lie in a side table that can be
erased without breaking the chain. The head is anchored outside the database (`base.journal`).
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One act. `payload` is the canonical JSON that was hashed; nothing here is ever updated."""

    seq = models.PositiveBigIntegerField(_("rang"), primary_key=True)
    at = models.DateTimeField(_("date"), db_index=True)
    actor_ref = models.UUIDField(_("auteur"), null=True, db_index=True)
    act = models.CharField(_("acte"), max_length=80)
    object_kind = models.CharField(_("objet"), max_length=40)
    object_ref = models.CharField(_("référence"), max_length=80)
    payload = models.TextField(_("contenu haché"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("écriture du journal")
        verbose_name_plural = _("journal")
        ordering = ["-seq"]
        indexes = [models.Index(fields=["object_kind", "object_ref", "-seq"], name="journal_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.object_kind}:{self.object_ref}"


class PersonalValue(models.Model):
    """A personal value that an entry names by its digest; erasing the row leaves the chain whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="personal_values")
    path = models.CharField(_("champ"), max_length=120)
    salt = models.CharField(max_length=64)
    value = models.TextField(_("valeur"))
    person_ref = models.UUIDField(_("personne concernée"), null=True, db_index=True)

    class Meta:
        verbose_name = _("valeur personnelle du journal")
        verbose_name_plural = _("valeurs personnelles du journal")
        constraints = [models.UniqueConstraint(fields=["entry", "path"], name="personal_value_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.path}"

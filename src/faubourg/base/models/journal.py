"""The journal: who did what, when, before, after and why; append-only and chained by keyed hash.

Personal values stand in the chain as salted digests only; the values lie in a side table that can be
erased without breaking the chain. The head is anchored outside the database (`base.journal`).
"""

import json
import uuid
from functools import cached_property
from typing import Any, Never

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(TypeError):
    """Somebody tried to change or remove an entry: the journal is only ever added to."""

    def __init__(self) -> None:
        super().__init__("The journal is append-only: write a new entry with faubourg.base.journal.record.")


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Reads; every way to change or remove entries is refused (the database refuses as well)."""

    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly


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

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("écriture du journal")
        verbose_name_plural = _("journal")
        ordering = ["-seq"]
        indexes = [models.Index(fields=["object_kind", "object_ref", "-seq"], name="journal_object")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.object_kind}:{self.object_ref}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert, once."""
        if not self._state.adding:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly

    @cached_property
    def content(self) -> dict[str, Any]:
        """The payload as it was hashed: before, after, reason, personal digests."""
        return json.loads(self.payload)

    @property
    def before(self) -> dict[str, Any]:
        """What stood before; a personal value is None here (see `personal`)."""
        return self.content.get("before") or {}

    @property
    def after(self) -> dict[str, Any]:
        """What stood after."""
        return self.content.get("after") or {}

    @property
    def reason(self) -> str:
        """Why, in the words of the person who acted."""
        return self.content.get("reason", "")

    @cached_property
    def personal(self) -> dict[str, str]:
        """The personal values that have not been erased, by path."""
        return {kept.path: kept.value for kept in self.personal_values.all()}

    @property
    def actor_name(self) -> str:
        """Who acted, under the name of that day; empty when it was erased."""
        return self.personal.get("actor.name", self.content.get("actor", ""))


class PersonalValue(models.Model):
    """A personal value that an entry names by its digest; erasing the row leaves the chain whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="personal_values")
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

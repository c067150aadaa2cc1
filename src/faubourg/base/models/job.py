"""A long task that somebody waits for: its progress, its heartbeat and how it ended."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Progress survives leaving the page; a stale heartbeat tells the reaper that the worker died."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("échoué")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(_("tâche"), max_length=80)
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(_("étape"), max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    asked_by = models.UUIDField(null=True)
    # A worker that dies is noticed; the task is tried again, a few times only.
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("travail de fond")
        verbose_name_plural = _("travaux de fond")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

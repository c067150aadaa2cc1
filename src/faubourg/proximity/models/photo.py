"""Photographs of places: private until somebody validated what is seen on them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document

from .ticket import Check, Ticket
from .walk import Observation


class Photo(models.Model):
    """One photograph, its metadata removed. `sent_sha256` is the hash of the bytes as the phone sent them:
    what the phone waits for before it forgets them, and what makes a second sending the same photo.

    `redacted` is what may be public: the picture with its rectangles burnt in (the same picture when there
    was nothing to hide), once `validated_at` says that somebody looked.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", _("avant")
        AFTER = "after", _("après")
        DOUBT = "doubt", _("toujours pas fait")

    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, blank=True, related_name="photos")
    observation = models.ForeignKey(Observation, models.CASCADE, null=True, blank=True, related_name="photos")
    check_of = models.ForeignKey(Check, models.SET_NULL, null=True, blank=True, related_name="photos")
    sent_sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    moment = models.CharField(_("moment"), max_length=6, choices=Moment, default=Moment.BEFORE)
    words = models.CharField(_("ce qu’on y voit"), max_length=200, blank=True)
    # [[left, top, right, bottom], …] in pixels of the picture.
    rectangles = models.JSONField(default=list, blank=True)
    redacted = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    validated_at = models.DateTimeField(_("validée le"), null=True, blank=True)
    validated_by = models.UUIDField(null=True, blank=True)
    validated_by_name = models.CharField(_("validée par"), max_length=150, blank=True)
    added_by = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    purged_on = models.DateField(_("effacée le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("photographie")
        verbose_name_plural = _("photographies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket__isnull=True, observation__isnull=False)
                | Q(ticket__isnull=False, observation__isnull=True),
                name="photo_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(purged_on__isnull=False), name="photo_kept_or_purged"
            ),
            models.UniqueConstraint(
                fields=["ticket", "sent_sha256"],
                condition=Q(ticket__isnull=False),
                name="ticket_photo_once",
            ),
            models.UniqueConstraint(
                fields=["observation", "sent_sha256"],
                condition=Q(observation__isnull=False),
                name="observation_photo_once",
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.pk)

"""Who may file through GeoReport v2: a city's existing applications."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .area import Area
from .ticket import Ticket


class ApiKey(models.Model):
    """A key of one application; only its digest is kept, it is shown once."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="api_keys")
    label = models.CharField(_("application"), max_length=120)
    email = models.EmailField(_("contact"), blank=True)
    # SHA-256 of the key; its first characters, to tell keys apart.
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(_("commence par"), max_length=8)
    daily_limit = models.PositiveIntegerField(_("signalements par jour"), default=500)
    # Some applications ask for the number later, with a token; the others are given it at once.
    answers_token = models.BooleanField(_("répondre par un jeton"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("clé Open311")
        verbose_name_plural = _("clés Open311")
        ordering = ["area", "label"]

    def __str__(self) -> str:
        return self.label


class FiledRequest(models.Model):
    """A report filed with a key: the token by which the application finds its number again."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="filed")
    api_key = models.ForeignKey(ApiKey, models.PROTECT, related_name="filed")
    token = models.CharField(max_length=40, unique=True)
    filed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("signalement d’une application")
        verbose_name_plural = _("signalements d’applications")
        ordering = ["pk"]
        indexes = [models.Index(fields=["api_key", "filed_at"], name="filed_by_key")]

    def __str__(self) -> str:
        return self.token

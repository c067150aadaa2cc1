"""The rules of a call as data: one row a version, frozen with the call that uses it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation


class RuleSetVersion(models.Model):
    """One version of a set. `told` is what `rules.calls.read` reads and checks; nothing else decides."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", _("publié")
        FROZEN = "frozen", _("figé avec un appel")
        RETIRED = "retired", _("retiré")

    code = models.SlugField(_("code"), max_length=60)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("nom"), max_length=200)
    instrument = models.CharField(_("dispositif"), max_length=60)
    authority = models.CharField(_("autorité"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="rule_sets"
    )
    valid_from = models.DateField(_("valable du"))
    valid_to = models.DateField(_("au"), null=True, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.DRAFT)
    told = models.JSONField(_("règles"), default=dict)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    why = models.CharField(_("pourquoi cette version"), max_length=400, blank=True)
    frozen_at = models.DateTimeField(_("figé le"), null=True, blank=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(_("rédigé par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("jeu de règles")
        verbose_name_plural = _("jeux de règles")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="rule_set_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rule_set_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status="frozen") | Q(frozen_at__isnull=False), name="rule_set_frozen_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.number})"

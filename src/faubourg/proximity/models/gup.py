"""The convention de GUP: what it adds to a convention; its actions, its reviews."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Action, Convention
from faubourg.people.models import Organisation

from .area import Area
from .walk import Walk


class GupConvention(models.Model):
    """What a GUP convention says beside its parties, perimeter and duration (`contracts.Convention`)."""

    convention = models.OneToOneField(Convention, on_delete=models.CASCADE, related_name="gup")
    area = models.ForeignKey(Area, models.PROTECT, related_name="gup_conventions")
    # The shared local definition, technical and social.
    definition = models.TextField(_("ce que nous appelons GUP"), blank=True)
    technical = models.TextField(_("volet technique"), blank=True)
    social = models.TextField(_("volet social"), blank=True)
    mandate_ends_on = models.DateField(_("fin du mandat municipal"), null=True, blank=True)
    diagnosis = models.ManyToManyField(Walk, blank=True, related_name="gup_conventions")
    operating_cents = models.BigIntegerField(
        _("budget de fonctionnement, en centimes"), null=True, blank=True
    )
    investment_cents = models.BigIntegerField(
        _("budget d’investissement, en centimes"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("convention de GUP")
        verbose_name_plural = _("conventions de GUP")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.convention)


class GupAction(models.Model):
    """An action of the plan of GUP, its yearly money and what is counted. Cents."""

    gup = models.ForeignKey(GupConvention, on_delete=models.CASCADE, related_name="actions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="gup_actions")
    partner_name = models.CharField(_("porté par"), max_length=150, blank=True)
    operating_cents = models.BigIntegerField(_("fonctionnement, en centimes"), default=0)
    investment_cents = models.BigIntegerField(_("investissement, en centimes"), default=0)
    indicator_words = models.CharField(_("indicateur"), max_length=200, blank=True)
    target = models.CharField(_("cible"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("action de GUP")
        verbose_name_plural = _("actions de GUP")
        ordering = ["gup", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["gup", "action"], name="gup_action_once"),
            models.CheckConstraint(
                condition=Q(operating_cents__gte=0, investment_cents__gte=0), name="gup_money_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.action)


class GupReview(models.Model):
    """The review of a year, of mid-term (three years) or of the end; its figures are kept as they stood."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("bilan annuel")
        MID_TERM = "mid_term", _("évaluation à mi-parcours")
        FINAL = "final", _("évaluation finale")

    gup = models.ForeignKey(GupConvention, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(_("nature"), max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField(_("année"))
    # Figures computed from what happened when it was made, with their words.
    figures = models.JSONField(default=dict, blank=True)
    # Beyond headcount: appropriation, fewer dysfunctions, representativeness, partnership.
    answers = models.JSONField(default=dict, blank=True)
    summary = models.TextField(_("ce qu’il faut retenir"), blank=True)
    published_on = models.DateField(_("publié le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bilan de GUP")
        verbose_name_plural = _("bilans de GUP")
        ordering = ["gup", "-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["gup", "kind", "year"], name="gup_review_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class EntrustedTask(models.Model):
    """A task that residents take on (a garden, a hall): its agreement, insurance, effect on charges."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="entrusted_tasks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entrusted_tasks")
    title = models.CharField(_("tâche"), max_length=200)
    group_name = models.CharField(_("confiée à"), max_length=200)
    agreement_on = models.DateField(_("accord du"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    insurance = models.CharField(_("assurance : qui couvre quoi"), max_length=300)
    charges_cents = models.BigIntegerField(
        _("effet sur les charges par an, en centimes"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("tâche confiée aux habitants")
        verbose_name_plural = _("tâches confiées aux habitants")
        ordering = ["area", "title"]

    def __str__(self) -> str:
        return self.title

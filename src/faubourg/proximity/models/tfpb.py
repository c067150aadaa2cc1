"""The landlord’s convention of TFPB rebate (CGI, art. 1388 bis): plan, evidence, yearly review."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document, Step
from faubourg.contracts.models import Action, Convention
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .area import Area
from .photo import Photo
from .ticket import Ticket


class TfpbAgreement(models.Model):
    """One landlord's convention. `state` is that of `rules.proximity.circuits.TFPB`."""

    convention = models.OneToOneField(Convention, on_delete=models.CASCADE, related_name="tfpb")
    area = models.ForeignKey(Area, models.PROTECT, related_name="tfpb_agreements")
    landlord = models.ForeignKey(Organisation, models.PROTECT, related_name="tfpb_agreements")
    state = models.CharField(_("état"), max_length=24, default="draft", db_index=True)
    first_year = models.PositiveSmallIntegerField(_("première année d’imposition"))
    last_year = models.PositiveSmallIntegerField(_("dernière année d’imposition"))
    # Which party is which: {"landlord": 12, "commune": 13, "epci": 14, "state": 15}, keys of the signatories.
    parties = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("convention d’abattement de TFPB")
        verbose_name_plural = _("conventions d’abattement de TFPB")
        ordering = ["-first_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="tfpb_years_in_order")
        ]

    def __str__(self) -> str:
        return str(self.convention)


class TfpbStep(Step):
    """A move of a TFPB convention."""

    agreement = models.ForeignKey(TfpbAgreement, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’une convention de TFPB")
        verbose_name_plural = _("étapes d’une convention de TFPB")
        ordering = ["agreement", "pk"]


class TfpbYear(models.Model):
    """A year of tax: dwellings, what the rebate is worth, the review and its two signatures. Cents."""

    agreement = models.ForeignKey(TfpbAgreement, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField(_("année d’imposition"))
    dwellings = models.PositiveIntegerField(_("logements concernés"), null=True, blank=True)
    # The tax that the rebate spares.
    rebate_cents = models.BigIntegerField(_("abattement, en centimes"), null=True, blank=True)
    source_words = models.CharField(_("d’après"), max_length=200, blank=True)
    # A later day to sign, set by the State for this tax.
    dispensation_on = models.DateField(_("délai de signature accordé jusqu’au"), null=True, blank=True)
    dispensation_words = models.CharField(_("délai accordé : pourquoi"), max_length=300, blank=True)
    # What the review said when it was handed in: money by axis, reports, checks.
    figures = models.JSONField(default=dict, blank=True)
    reported_on = models.DateField(_("bilan remis le"), null=True, blank=True)
    visited_on = models.DateField(_("visite contradictoire le"), null=True, blank=True)
    # Kinds of people: landlord, authority, residents, state.
    visitors = models.JSONField(_("présents à la visite"), default=list, blank=True)
    visit_words = models.TextField(_("constats de la visite"), blank=True)
    town_signed_on = models.DateField(_("signé par la collectivité le"), null=True, blank=True)
    town_signed_by = models.UUIDField(null=True, blank=True)
    town_signed_by_name = models.CharField(max_length=150, blank=True)
    state_signed_on = models.DateField(_("signé par l’État le"), null=True, blank=True)
    state_signed_by = models.UUIDField(null=True, blank=True)
    state_signed_by_name = models.CharField(max_length=150, blank=True)
    # What tenants say of the quality of service, out of 100.
    satisfaction = models.PositiveSmallIntegerField(_("avis des locataires sur 100"), null=True, blank=True)
    reserves = models.TextField(_("réserves"), blank=True)
    flagged_on = models.DateField(_("signalé au préfet le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("année de TFPB")
        verbose_name_plural = _("années de TFPB")
        ordering = ["agreement", "year"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year"], name="tfpb_year_once"),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__lte=100), name="satisfaction_of_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.year}"


class TfpbAction(models.Model):
    """A line of the three-year plan: one of the eight axes (`rules.proximity.tfpb`), where, what for."""

    agreement = models.ForeignKey(TfpbAgreement, on_delete=models.CASCADE, related_name="actions")
    axis = models.PositiveSmallIntegerField(_("axe (1 à 8)"))
    title = models.CharField(_("action"), max_length=200)
    text = models.TextField(_("précision"), blank=True)
    neighbourhoods = models.ManyToManyField(Territory, blank=True, related_name="tfpb_actions")
    # The same action told once: the contract's plan shows it too.
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="tfpb_actions")
    indicator_words = models.CharField(_("indicateur"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("action de TFPB")
        verbose_name_plural = _("actions de TFPB")
        ordering = ["agreement", "axis", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(axis__gte=1, axis__lte=8), name="tfpb_axis_of_eight")
        ]

    def __str__(self) -> str:
        return self.title


class TfpbLine(models.Model):
    """One action in one year: planned, spent, and what of it exceeds ordinary management (valued). Cents."""

    action = models.ForeignKey(TfpbAction, on_delete=models.CASCADE, related_name="lines")
    year = models.ForeignKey(TfpbYear, on_delete=models.CASCADE, related_name="lines")
    planned_cents = models.BigIntegerField(_("prévu, en centimes"), default=0)
    cost_cents = models.BigIntegerField(_("coût réel, en centimes"), null=True, blank=True)
    ordinary_cents = models.BigIntegerField(_("dont gestion ordinaire, en centimes"), null=True, blank=True)
    recovered_cents = models.BigIntegerField(_("dont récupéré sur les charges, en centimes"), default=0)
    funded_cents = models.BigIntegerField(_("dont payé par d’autres, en centimes"), default=0)
    valued_cents = models.BigIntegerField(_("valorisé, en centimes"), null=True, blank=True)
    result = models.TextField(_("ce qui a été fait"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("année d’une action de TFPB")
        verbose_name_plural = _("années d’une action de TFPB")
        ordering = ["year", "action"]
        constraints = [
            models.UniqueConstraint(fields=["action", "year"], name="tfpb_line_once"),
            models.CheckConstraint(condition=Q(planned_cents__gte=0), name="tfpb_plan_not_negative"),
            models.CheckConstraint(
                condition=Q(valued_cents__isnull=True)
                | Q(cost_cents__isnull=False, valued_cents__gte=0, valued_cents__lte=F("cost_cents")),
                name="tfpb_values_no_more_than_spent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.year.year}"


class TfpbEvidence(models.Model):
    """What proves a line: a paper, a photograph, a report closed and checked by residents."""

    line = models.ForeignKey(TfpbLine, on_delete=models.CASCADE, related_name="evidence")
    label = models.CharField(_("preuve"), max_length=200)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="tfpb_evidence")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, related_name="tfpb_evidence")
    added_by = models.UUIDField(null=True, blank=True)
    added_by_name = models.CharField(_("ajoutée par"), max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("preuve de TFPB")
        verbose_name_plural = _("preuves de TFPB")
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(photo__isnull=False) | Q(ticket__isnull=False),
                name="tfpb_evidence_is_something",
            )
        ]

    def __str__(self) -> str:
        return self.label

"""The whole dossier: one project of one organisation in one call, from its draft to its settled report."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Step
from faubourg.contracts.models import Action, Contract, Objective
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .call import Call
from .intent import Intent


class Application(models.Model):
    """`state` is that of `rules.calls.circuits.APPLICATION`. `verdict`: what judged it when submitted."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    intent = models.OneToOneField(Intent, models.PROTECT, null=True, blank=True, related_name="application")
    # Last year's dossier from which it was started.
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="renewals")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="applications")
    number = models.CharField(_("numéro"), max_length=30, null=True, blank=True, unique=True)
    title = models.CharField(_("titre de l’action"), max_length=200)
    measure = models.CharField(_("mesure"), max_length=40, blank=True)
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    state = models.CharField(_("état"), max_length=24, default="draft", db_index=True)
    # What the form 12156*06 asks of a project.
    summary = models.TextField(_("description"), blank=True)
    needs = models.TextField(_("à quel besoin répond l’action"), blank=True)
    aims = models.TextField(_("objectifs de l’action"), blank=True)
    audience = models.TextField(_("public bénéficiaire"), blank=True)
    audience_count = models.PositiveIntegerField(_("nombre de bénéficiaires"), null=True, blank=True)
    means = models.TextField(_("moyens humains et matériels"), blank=True)
    partnership = models.TextField(_("partenaires et participation des habitants"), blank=True)
    evaluation = models.TextField(_("méthode d’évaluation"), blank=True)
    perimeter_unknown = models.BooleanField(_("lieux pas encore connus"), default=False)
    territories = models.ManyToManyField(Territory, related_name="applications", blank=True)
    objectives = models.ManyToManyField(Objective, related_name="applications", blank=True)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    # More than one: a convention pluriannuelle d’objectifs is proposed.
    years = models.PositiveSmallIntegerField(_("nombre d’années demandées"), default=1)
    # What a measure asks by yes or no (`rules.calls.Condition`), and the situations that shut it out.
    conditions = models.JSONField(default=dict, blank=True)
    excluded = models.JSONField(default=dict, blank=True)
    submitted_at = models.DateTimeField(_("déposé le"), null=True, blank=True)
    late = models.BooleanField(_("hors délai"), default=False)
    # Whoever writes and may not sign has told the signatory that the dossier is ready.
    signature_asked_at = models.DateTimeField(_("signature demandée le"), null=True, blank=True)
    signature_asked_by = models.UUIDField(null=True, blank=True)
    signature_asked_by_name = models.CharField(_("signature demandée par"), max_length=150, blank=True)
    signed_by = models.UUIDField(null=True, blank=True)
    signed_by_name = models.CharField(_("signé par"), max_length=150, blank=True)
    verdict = models.JSONField(_("ce qui l’a jugé"), default=list, blank=True)
    complete_on = models.DateField(_("complet le"), null=True, blank=True)
    decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    notified_on = models.DateField(_("notifié le"), null=True, blank=True)
    jury_code = models.CharField(_("jury compétent"), max_length=40, blank=True)
    rank = models.PositiveIntegerField(_("rang de l’intercommunalité"), null=True, blank=True)
    rank_reason = models.CharField(_("pourquoi ce rang"), max_length=300, blank=True)
    # The action of the contract's plan that it became.
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="applications")
    public_summary = models.TextField(_("présentation publique"), blank=True)
    # Who typed it, when somebody typed for the organisation.
    assisted_by = models.UUIDField(null=True, blank=True)
    assisted_by_name = models.CharField(_("saisi par"), max_length=150, blank=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(_("rédigé par"), max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    # The sum of its requests, all funders and years together: written with them, for the order of the list.
    asked_cents = models.BigIntegerField(_("demandé à tous les financeurs, en centimes"), default=0)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["call", "-submitted_at", "pk"]
        indexes = [
            # Counting by state without whom one stands back from, and adding up what is asked in each
            # contract, read this index alone.
            models.Index(fields=["call", "state", "organisation", "contract"], name="application_call_state"),
            models.Index(fields=["call", "title"], name="application_call_title"),
            models.Index(fields=["organisation", "call"], name="application_organisation"),
            models.Index(fields=["call", "submitted_at"], name="application_call_submitted"),
            models.Index(fields=["call", "rank", "number"], name="application_call_rank"),
            models.Index(fields=["call", "asked_cents"], name="application_call_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, number__isnull=False),
                name="application_submitted_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="application_ends_after",
            ),
            models.UniqueConstraint(
                fields=["call", "contract", "rank"],
                condition=Q(rank__isnull=False),
                name="rank_once_a_contract",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=6), name="application_one_to_six_years"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its sheet, for whoever may read it."""
        return reverse("application", args=[self.pk])


class ApplicationStep(Step):
    """A move of a dossier."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un dossier")
        verbose_name_plural = _("étapes d’un dossier")
        ordering = ["application", "pk"]


class ExclusionClaim(models.Model):
    """The exception that an applicant invokes against an exclusion, and what was decided of it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="claims")
    exclusion = models.CharField(_("exclusion"), max_length=40)
    justification = models.TextField(_("justification"))
    accepted = models.BooleanField(_("acceptée"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(_("décidé par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("exception invoquée")
        verbose_name_plural = _("exceptions invoquées")
        ordering = ["application", "exclusion"]
        constraints = [
            models.UniqueConstraint(fields=["application", "exclusion"], name="claim_once"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | ~Q(reason=""), name="claim_decision_is_motivated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.exclusion}"


class PromisedIndicator(models.Model):
    """What a dossier promises to count, and how."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicateur"), max_length=200)
    target = models.CharField(_("cible"), max_length=100)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    means = models.CharField(_("comment on le mesure"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("indicateur promis")
        verbose_name_plural = _("indicateurs promis")
        ordering = ["application", "order", "pk"]

    def __str__(self) -> str:
        return self.name

"""The fiche synthétique: what a project is about, before the dossier; and whom the applicant spoke to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Step
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .call import Call


class Intent(models.Model):
    """`state` is that of `rules.calls.circuits.INTENT`; the intercommunalité gives the opinion."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="intents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="intents")
    # The contract under which the intercommunalité gives its opinion.
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="intents")
    number = models.CharField(_("numéro"), max_length=30, null=True, blank=True, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    measure = models.CharField(_("mesure"), max_length=40, blank=True)
    summary = models.TextField(_("le projet en quelques phrases"), blank=True)
    audience = models.CharField(_("public visé"), max_length=300, blank=True)
    territories = models.ManyToManyField(Territory, related_name="intents", blank=True)
    budget_cents = models.BigIntegerField(_("budget envisagé en centimes"), null=True, blank=True)
    requested_cents = models.BigIntegerField(_("demande envisagée en centimes"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=24, default="draft", db_index=True)
    submitted_at = models.DateTimeField(_("déposée le"), null=True, blank=True)
    late = models.BooleanField(_("hors délai"), default=False)
    opinion_due_on = models.DateField(_("avis attendu le"), null=True, blank=True)
    opinion = models.TextField(_("avis"), blank=True)
    opinion_on = models.DateField(_("avis rendu le"), null=True, blank=True)
    opinion_by = models.UUIDField(null=True, blank=True)
    opinion_by_name = models.CharField(_("avis rendu par"), max_length=150, blank=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(_("rédigée par"), max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fiche synthétique")
        verbose_name_plural = _("fiches synthétiques")
        ordering = ["call", "-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, number__isnull=False),
                name="intent_submitted_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_conforming") | ~Q(opinion=""), name="intent_refusal_is_motivated"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IntentStep(Step):
    """A move of a summary sheet."""

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’une fiche synthétique")
        verbose_name_plural = _("étapes d’une fiche synthétique")
        ordering = ["intent", "pk"]


class PriorContact(models.Model):
    """A conversation with the technicians of a town or of the intercommunalité, before the dossier."""

    class Party(models.TextChoices):
        COMMUNE = "commune", _("commune")
        EPCI = "epci", _("intercommunalité")
        STATE = "state", _("État")
        OTHER = "other", _("autre")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="prior_contacts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="prior_contacts")
    intent = models.ForeignKey(Intent, models.CASCADE, null=True, blank=True, related_name="prior_contacts")
    application = models.ForeignKey(
        "calls.Application", models.CASCADE, null=True, blank=True, related_name="prior_contacts"
    )
    party = models.CharField(_("avec qui"), max_length=10, choices=Party)
    # A service, not a name: « service politique de la ville ».
    service = models.CharField(_("service"), max_length=200)
    on = models.DateField(_("le"))
    advice = models.TextField(_("conseil reçu"))
    recorded_by = models.UUIDField(null=True, blank=True)
    recorded_by_name = models.CharField(_("noté par"), max_length=150, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("contact préalable")
        verbose_name_plural = _("contacts préalables")
        ordering = ["call", "organisation", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(intent__isnull=False) | Q(application__isnull=False),
                name="prior_contact_about_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.on}"

"""After the jury: each funder’s own decision on the money ladder, letters, agreements, payments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document, Step
from faubourg.contracts.models import Convention, FundingLine
from faubourg.people.models import Organisation

from .application import Application
from .budget import NATURES
from .call import CallFunder, EnvelopeEvent


class FunderDecision(models.Model):
    """What one funder decides of one dossier, of one nature, for one year. `state` is that of
    `rules.calls.circuits.FUNDER_DECISION`; money in cents."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    funder = models.ForeignKey(CallFunder, models.PROTECT, related_name="decisions")
    nature = models.CharField(_("nature"), max_length=12, choices=NATURES)
    year = models.PositiveSmallIntegerField(_("année"))
    state = models.CharField(_("état"), max_length=24, default="requested", db_index=True)
    requested_cents = models.BigIntegerField(_("demandé, en centimes"))
    amount_cents = models.BigIntegerField(_("accordé, en centimes"), default=0)
    act = models.CharField(_("délibération ou arrêté"), max_length=200, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    # Of `rules.calls.refusals`: its sentence stands in the reason, its way forward in the letter.
    ground = models.CharField(_("nature du motif"), max_length=12, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    voted_on = models.DateField(_("voté le"), null=True, blank=True)
    notified_on = models.DateField(_("notifié le"), null=True, blank=True)
    committed_on = models.DateField(_("engagé le"), null=True, blank=True)
    agreement = models.ForeignKey(
        "calls.Agreement", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    # The line of the contract's maquette that this money is.
    line = models.ForeignKey(
        FundingLine, models.SET_NULL, null=True, blank=True, related_name="funder_decisions"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("décision d’un financeur")
        verbose_name_plural = _("décisions des financeurs")
        ordering = ["application", "funder", "year", "nature"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "funder", "nature", "year"], name="one_decision_a_funder"
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, requested_cents__gte=0), name="decision_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="funder_refusal_is_motivated"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["voted", "notified", "committed", "paid"])
                | Q(voted_on__isnull=False),
                name="decision_voted_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.state}"


class DecisionStep(Step):
    """A move of a funder’s decision, with the amount before and after; a freeze names its event."""

    decision = models.ForeignKey(FunderDecision, on_delete=models.CASCADE, related_name="steps")
    cents_before = models.BigIntegerField(null=True, blank=True)
    cents_after = models.BigIntegerField(null=True, blank=True)
    event = models.ForeignKey(
        EnvelopeEvent, models.PROTECT, null=True, blank=True, related_name="decision_steps"
    )

    class Meta:
        verbose_name = _("étape d’une décision")
        verbose_name_plural = _("étapes d’une décision")
        ordering = ["decision", "pk"]


class Letter(models.Model):
    """A letter to an applicant, editable until it is sent; then kept with its hash and its reading."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("accusé de réception")
        INCOMPLETE = "incomplete", _("demande de pièces")
        INADMISSIBLE = "inadmissible", _("irrecevabilité")
        AWARD = "award", _("notification")
        REFUSAL = "refusal", _("refus")
        ADJOURNED = "adjourned", _("ajournement")
        CHANGED = "changed", _("nouvelle notification")
        REMINDER = "reminder", _("rappel de bilan")
        RECOVERY = "recovery", _("demande de reversement")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="letters")
    funder = models.ForeignKey(CallFunder, models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.CharField(_("nature"), max_length=14, choices=Kind)
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    sent_by = models.UUIDField(null=True, blank=True)
    sent_by_name = models.CharField(_("envoyée par"), max_length=150, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    # The first time somebody of the organisation opened it.
    read_at = models.DateTimeField(_("lue le"), null=True, blank=True)
    read_by_name = models.CharField(_("lue par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("courrier")
        verbose_name_plural = _("courriers")
        ordering = ["application", "-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(sent_at__isnull=False), name="letter_read_once_sent"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Agreement(models.Model):
    """What binds a funder and a beneficiary: an order, a yearly convention, a pluri-annual one."""

    class Kind(models.TextChoices):
        ORDER = "order", _("arrêté")
        CONVENTION = "convention", _("convention annuelle")
        PLURIANNUAL = "pluriannual", _("convention pluriannuelle d’objectifs")

    funder = models.ForeignKey(CallFunder, models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grant_agreements")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    number = models.CharField(_("référence"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("première année"))
    years = models.PositiveSmallIntegerField(_("nombre d’années"), default=1)
    signed_by_beneficiary_on = models.DateField(_("signée par le bénéficiaire le"), null=True, blank=True)
    signed_by_funder_on = models.DateField(_("signée par le financeur le"), null=True, blank=True)
    payment_terms = models.TextField(_("modalités de versement"), blank=True)
    surplus_terms = models.TextField(_("excédent non dépensé"), blank=True)
    convention = models.ForeignKey(
        Convention, models.SET_NULL, null=True, blank=True, related_name="grant_agreements"
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("acte attributif")
        verbose_name_plural = _("actes attributifs")
        ordering = ["-year", "organisation", "pk"]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()} {self.year}"


class Payment(models.Model):
    """An instalment of a decision. `state` is that of `rules.calls.circuits.PAYMENT_CIRCUIT`."""

    decision = models.ForeignKey(FunderDecision, on_delete=models.PROTECT, related_name="payments")
    rank = models.PositiveSmallIntegerField(_("rang"), default=1)
    cents = models.BigIntegerField(_("montant en centimes"))
    # « 70 % à la notification »: the words of the agreement.
    event = models.CharField(_("fait générateur"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=24, default="to_issue", db_index=True)
    # Sixty days from the notification, or the day that the agreement says (loi 2021-875).
    due_on = models.DateField(_("à verser avant le"), null=True, blank=True)
    ordered_on = models.DateField(_("mandaté le"), null=True, blank=True)
    paid_on = models.DateField(_("versé le"), null=True, blank=True)
    reference = models.CharField(_("référence du mandat"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("versement")
        verbose_name_plural = _("versements")
        ordering = ["decision", "rank"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="payment_of_something"),
            models.UniqueConstraint(fields=["decision", "rank"], name="payment_rank_once"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False)
                | (~Q(state="paid") & Q(paid_on__isnull=True)),
                name="payment_paid_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} {self.state}"


class PaymentStep(Step):
    """A move of a payment."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un versement")
        verbose_name_plural = _("étapes d’un versement")
        ordering = ["payment", "pk"]

"""What was done with the money: actual against planned, three exits, proportionate (form 15059)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document, Step
from faubourg.territories.models import Territory

from .application import Application, PromisedIndicator
from .call import CallFunder


class Report(models.Model):
    """The account of one dossier for one year. `state` is that of `rules.calls.circuits.REPORT_CIRCUIT`."""

    class Form(models.TextChoices):
        SHORT = "short", _("une page et des photos")
        FULL = "full", _("compte rendu entier")

    class Exit(models.TextChoices):
        ACCOUNT = "account", _("compte rendu financier")
        NOT_DONE = "not_done", _("attestation de non-réalisation")
        NEW_DATES = "new_dates", _("demande de nouvelles dates")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("exercice"))
    state = models.CharField(_("état"), max_length=24, default="awaited", db_index=True)
    form = models.CharField(_("forme"), max_length=6, choices=Form, default=Form.FULL)
    exit = models.CharField(_("issue"), max_length=10, choices=Exit, blank=True)
    due_on = models.DateField(_("attendu le"))
    story = models.TextField(_("mise en œuvre"), blank=True)
    audience_count = models.PositiveIntegerField(_("personnes touchées"), null=True, blank=True)
    results = models.TextField(_("résultats et objectifs atteints"), blank=True)
    # Successes and failures with their reasons, in words that may be published.
    successes = models.TextField(_("ce qui a marché, et pourquoi"), blank=True)
    failures = models.TextField(_("ce qui n’a pas marché, et pourquoi"), blank=True)
    gaps = models.TextField(_("écarts entre prévu et réalisé"), blank=True)
    indirect_costs = models.TextField(_("règles de répartition des charges indirectes"), blank=True)
    why_not_done = models.TextField(_("pourquoi l’action n’a pas eu lieu"), blank=True)
    new_ends_on = models.DateField(_("nouvelle date de fin demandée"), null=True, blank=True)
    new_dates_reason = models.TextField(_("pourquoi de nouvelles dates"), blank=True)
    handed_in_at = models.DateTimeField(_("remis le"), null=True, blank=True)
    certified_by_name = models.CharField(_("certifié par"), max_length=150, blank=True)
    validated_on = models.DateField(_("validé le"), null=True, blank=True)
    public = models.BooleanField(_("publié dans la ruche"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bilan")
        verbose_name_plural = _("bilans")
        ordering = ["application", "year"]
        constraints = [
            models.UniqueConstraint(fields=["application", "year"], name="one_report_a_dossier_a_year"),
            models.CheckConstraint(
                condition=~Q(exit="not_done") | ~Q(why_not_done=""), name="not_done_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(exit="new_dates") | (Q(new_ends_on__isnull=False) & ~Q(new_dates_reason="")),
                name="new_dates_say_which_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.year}"


class ReportStep(Step):
    """A move of a report, reminders included."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un bilan")
        verbose_name_plural = _("étapes d’un bilan")
        ordering = ["report", "pk"]


class ReportLine(models.Model):
    """One account of the budget: what was planned, what was spent or received. Money in cents."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    account = models.CharField(_("compte"), max_length=20)
    label = models.CharField(_("précision"), max_length=200, blank=True)
    planned_cents = models.BigIntegerField(_("prévu, en centimes"), default=0)
    actual_cents = models.BigIntegerField(_("réalisé, en centimes"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ligne de bilan")
        verbose_name_plural = _("lignes de bilan")
        ordering = ["report", "order", "pk"]

    def __str__(self) -> str:
        return self.account


class ReportedIndicator(models.Model):
    """What was counted of what was promised."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="indicators")
    promised = models.ForeignKey(PromisedIndicator, models.CASCADE, related_name="reported")
    value = models.CharField(_("résultat"), max_length=100, blank=True)
    comment = models.CharField(_("commentaire"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicateur renseigné")
        verbose_name_plural = _("indicateurs renseignés")
        ordering = ["report", "promised"]
        constraints = [models.UniqueConstraint(fields=["report", "promised"], name="indicator_reported_once")]

    def __str__(self) -> str:
        return self.value


class ReportedPlace(models.Model):
    """How many people of one neighbourhood an action reached."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="places")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="reported_audiences")
    people = models.PositiveIntegerField(_("personnes touchées"), null=True, blank=True)

    class Meta:
        verbose_name = _("public par quartier")
        verbose_name_plural = _("publics par quartier")
        ordering = ["report", "territory"]
        constraints = [models.UniqueConstraint(fields=["report", "territory"], name="place_reported_once")]

    def __str__(self) -> str:
        return f"{self.territory} {self.people}"


class ReportFile(models.Model):
    """A photograph or a paper of a report; public only when somebody says so."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    caption = models.CharField(_("légende"), max_length=200, blank=True)
    public = models.BooleanField(_("publiable"), default=False)
    added_by_name = models.CharField(_("déposé par"), max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("fichier d’un bilan")
        verbose_name_plural = _("fichiers d’un bilan")
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return self.caption or str(self.document)


class Recovery(models.Model):
    """Money asked back, after the beneficiary was heard. In cents."""

    class State(models.TextChoices):
        DRAFT = "draft", _("projet")
        HEARING = "hearing", _("procédure contradictoire")
        ISSUED = "issued", _("titre émis")
        PAID = "paid", _("reversé")
        DROPPED = "dropped", _("abandonné")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recoveries")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="recoveries")
    funder = models.ForeignKey(CallFunder, models.PROTECT, related_name="recoveries")
    cents = models.BigIntegerField(_("montant en centimes"))
    reason = models.TextField(_("motif"))
    answer = models.TextField(_("observations du bénéficiaire"), blank=True)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.DRAFT)
    opened_on = models.DateField(_("ouvert le"))
    answer_by = models.DateField(_("observations avant le"), null=True, blank=True)
    issued_on = models.DateField(_("titre émis le"), null=True, blank=True)
    paid_on = models.DateField(_("reversé le"), null=True, blank=True)
    by_name = models.CharField(_("enregistré par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("reversement")
        verbose_name_plural = _("reversements")
        ordering = ["application", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="recovery_of_something"),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_on__isnull=False), name="recovery_issued_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.cents}"


class RecoveryStep(Step):
    """A move of a recovery: who was heard, until when, what was decided."""

    recovery = models.ForeignKey(Recovery, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un reversement")
        verbose_name_plural = _("étapes d’un reversement")
        ordering = ["recovery", "pk"]

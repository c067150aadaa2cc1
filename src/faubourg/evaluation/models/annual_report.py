"""The annual report on the politique de la ville (décret 2015-1118): facts, words, opinions, deliberation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.contracts.models import Body, Contract
from faubourg.contracts.models.steps import DatedStep
from faubourg.territories.models import Territory


class AnnualReport(models.Model):
    """One report a contract and a year. Its facts are read live, then frozen when it is sent for opinion."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        CONSULTED = "consulted", _("soumis pour avis")
        HEARD = "heard", _("avis réunis")
        DELIBERATED = "deliberated", _("délibéré")
        PUBLISHED = "published", _("publié")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(_("année"))
    state = models.CharField(_("état"), max_length=12, choices=State, default=State.DRAFT)
    # What the decree asks to be written, and no figure says.
    orientations = models.TextField(_("orientations du contrat et projet de territoire"), blank=True)
    situation = models.TextField(_("évolution de la situation"), blank=True)
    actions = models.TextField(_("actions de l’année : commentaire"), blank=True)
    articulation = models.TextField(_("articulation avec le renouvellement urbain"), blank=True)
    perspectives = models.TextField(_("perspectives et améliorations"), blank=True)
    # See `queries.facts`: figures with their sources, as they stood on `frozen_at`.
    facts = models.JSONField(default=dict, blank=True)
    frozen_at = models.DateTimeField(_("faits arrêtés le"), null=True, blank=True)
    # How many times it was sent: a project that is taken back and sent again is asked about anew.
    round = models.PositiveSmallIntegerField(_("consultation"), default=0)
    sent_on = models.DateField(_("soumis le"), null=True, blank=True)
    # The citizens' bodies are asked, or this says why there is none.
    why_no_body = models.CharField(_("pas d’instance citoyenne : pourquoi"), max_length=300, blank=True)
    closed_on = models.DateField(_("consultation close le"), null=True, blank=True)
    deliberated_on = models.DateField(_("délibéré le"), null=True, blank=True)
    deliberation = models.CharField(_("délibération"), max_length=200, blank=True)
    follow_up = models.TextField(_("suites données aux observations"), blank=True)
    deliberation_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(_("publié le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rapport annuel")
        verbose_name_plural = _("rapports annuels")
        ordering = ["contract", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "year"], name="one_report_a_year"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(frozen_at__isnull=False, sent_on__isnull=False),
                name="report_sent_with_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "consulted"]) | Q(closed_on__isnull=False),
                name="report_heard_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["deliberated", "published"])
                | (Q(deliberated_on__isnull=False) & ~Q(deliberation="")),
                name="report_deliberated_by_an_act",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_on__isnull=False)
                | (~Q(state="published") & Q(published_on__isnull=True)),
                name="report_published_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.year}"


class Opinion(models.Model):
    """An opinion asked of a municipal council, a citizens' body or another party; silence is favourable."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("conseil municipal")
        RESIDENTS = "residents", _("instance citoyenne")
        PARTY = "party", _("autre partie signataire")

    class Sense(models.TextChoices):
        AWAITED = "awaited", _("attendu")
        FAVOURABLE = "favourable", _("favorable")
        RESERVED = "reserved", _("favorable avec réserves")
        UNFAVOURABLE = "unfavourable", _("défavorable")
        OBSERVATIONS = "observations", _("observations, sans avis")
        SILENT = "silent", _("réputé favorable")

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="opinions")
    round = models.PositiveSmallIntegerField(_("consultation"), default=1)
    kind = models.CharField(_("qualité"), max_length=10, choices=Kind)
    # The commune of a council; the body of the contract when it is one.
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="report_opinions"
    )
    body = models.ForeignKey(Body, models.SET_NULL, null=True, blank=True, related_name="report_opinions")
    name = models.CharField(_("instance consultée"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(_("envoyé le"))
    reply_by = models.DateField(_("réponse attendue jusqu’au"))
    sense = models.CharField(_("avis"), max_length=12, choices=Sense, default=Sense.AWAITED)
    answered_on = models.DateField(_("rendu le"), null=True, blank=True)
    text = models.TextField(_("texte de l’avis ou de la contribution"), blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.UUIDField(null=True, blank=True)
    recorded_by_name = models.CharField(_("enregistré par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("avis sur un rapport")
        verbose_name_plural = _("avis sur un rapport")
        ordering = ["report", "round", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "round", "name"], name="asked_once_a_round"),
            models.CheckConstraint(condition=Q(sent_on__lt=F("reply_by")), name="opinion_has_a_delay"),
            models.CheckConstraint(
                condition=Q(sense__in=["awaited", "silent"], answered_on__isnull=True)
                | (~Q(sense__in=["awaited", "silent"]) & Q(answered_on__isnull=False)),
                name="opinion_given_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="council") | Q(territory__isnull=False), name="council_of_a_commune"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sense})"


class AnnualReportStep(DatedStep):
    """One step of a report, never rewritten: from which state to which, on which day, by whom, why."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(_("depuis"), max_length=12, choices=AnnualReport.State, blank=True)
    after = models.CharField(_("vers"), max_length=12, choices=AnnualReport.State)

    class Meta:
        verbose_name = _("étape d’un rapport annuel")
        verbose_name_plural = _("étapes d’un rapport annuel")
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

"""A call for projects: its circuit, its funders, the envelopes in which the decisions must fit."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Step
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .rule_set import RuleSetVersion


class Call(models.Model):
    """One call of one year. `state` is that of `rules.calls.circuits.CALL`; its rules freeze with it."""

    class MissingReport(models.TextChoices):
        WARN = "warn", _("avertir")
        BLOCK = "block", _("refuser le dépôt")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    year = models.PositiveSmallIntegerField(_("année"))
    state = models.CharField(_("état"), max_length=24, default="draft", db_index=True)
    # Who runs it: an intercommunalité, a Région, the State.
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="calls_led")
    contracts = models.ManyToManyField(Contract, related_name="calls", blank=True)
    rule_set = models.ForeignKey(RuleSetVersion, models.PROTECT, null=True, blank=True, related_name="calls")
    # The territory of the call: a role over it runs the call. Null: the roles over its contracts do.
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="calls")
    presentation = models.TextField(_("présentation"), blank=True)
    # A service and how to reach it, never a person: « Mission politique de la ville, 04… ».
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    appeal_route = models.TextField(_("voies et délais de recours"), blank=True)
    missing_report = models.CharField(
        _("bilan manquant de l’année précédente"),
        max_length=8,
        choices=MissingReport,
        default=MissingReport.WARN,
    )
    opinion_days = models.PositiveSmallIntegerField(_("délai d’avis sur une fiche, en jours"), default=15)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    written_by = models.UUIDField(null=True, blank=True)
    written_by_name = models.CharField(_("préparé par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("appel à projets")
        verbose_name_plural = _("appels à projets")
        ordering = ["-year", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "reviewed"])
                | Q(published_at__isnull=False, rule_set__isnull=False),
                name="call_published_with_its_rules",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("call", args=[self.code])


class CallStep(Step):
    """A move of a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un appel")
        verbose_name_plural = _("étapes d’un appel")
        ordering = ["call", "pk"]


class CallFunder(models.Model):
    """Who may be asked for money in a call. `level` says who is a local authority for the local share."""

    class Level(models.TextChoices):
        STATE = "state", _("État")
        REGION = "region", _("Région")
        DEPARTEMENT = "departement", _("Département")
        EPCI = "epci", _("intercommunalité")
        COMMUNE = "commune", _("commune")
        SOCIAL = "social", _("organisme social (CAF…)")
        LANDLORD = "landlord", _("bailleur social")
        EUROPE = "europe", _("fonds européens")
        OTHER = "other", _("autre financeur")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="funders")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="calls_funded"
    )
    name = models.CharField(_("financeur"), max_length=200)
    level = models.CharField(_("niveau"), max_length=12, choices=Level)
    programme = models.CharField(
        _("programme ou ligne"), max_length=60, blank=True, help_text=_("ex. : P147")
    )
    # The authority of the rule set: its floors and ceilings bear on what is asked of this one.
    is_authority = models.BooleanField(_("autorité du jeu de règles"), default=False)
    origin = models.CharField(_("origine des crédits"), max_length=12, default="specific")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("financeur d’un appel")
        verbose_name_plural = _("financeurs d’un appel")
        ordering = ["call", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "name"], name="call_funder_once")]

    def __str__(self) -> str:
        return self.name


class Envelope(models.Model):
    """What a funder has for a call: by nature, by year, for a territory or for all. Money in cents."""

    class Level(models.TextChoices):
        FORESEEN = "foreseen", _("envisagé")
        RESERVED = "reserved", _("réservé")
        VOTED = "voted", _("voté")
        NOTIFIED = "notified", _("notifié")

    funder = models.ForeignKey(CallFunder, on_delete=models.CASCADE, related_name="envelopes")
    nature = models.CharField(
        _("nature"),
        max_length=12,
        choices=[("operating", _("fonctionnement")), ("investment", _("investissement"))],
    )
    year = models.PositiveSmallIntegerField(_("année"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="call_envelopes"
    )
    amount_cents = models.BigIntegerField(_("montant en centimes"))
    level = models.CharField(_("niveau"), max_length=12, choices=Level, default=Level.FORESEEN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("enveloppe")
        verbose_name_plural = _("enveloppes")
        ordering = ["funder", "year", "nature", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="envelope_not_negative"),
            models.UniqueConstraint(
                fields=["funder", "nature", "year", "territory"], name="envelope_once_a_place"
            ),
            # SQLite does not know « nulls not distinct »: the envelope for everywhere has its own.
            models.UniqueConstraint(
                fields=["funder", "nature", "year"],
                condition=Q(territory__isnull=True),
                name="envelope_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.nature} {self.year}"


class EnvelopeEvent(models.Model):
    """A freeze, a cut or their end: the envelope keeps what was announced, the event says what is left."""

    class Kind(models.TextChoices):
        FREEZE = "freeze", _("gel")
        RELEASE = "release", _("dégel")
        CUT = "cut", _("annulation")
        ADDED = "added", _("abondement")

    class Method(models.TextChoices):
        PRO_RATA = "pro_rata", _("au prorata")
        PRIORITY = "priority", _("par priorité")

    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    amount_cents = models.BigIntegerField(_("montant en centimes"))
    # The rate that was announced (800 for −8 %), when it was one.
    rate_bp = models.PositiveIntegerField(_("taux en centièmes de pour cent"), null=True, blank=True)
    on = models.DateField(_("le"))
    act = models.CharField(_("acte"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=300)
    # Chosen by the COPIL when decisions had to give; empty while it has not.
    method = models.CharField(_("répartition"), max_length=10, choices=Method, blank=True)
    validated_on = models.DateField(_("validé en COPIL le"), null=True, blank=True)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("enregistré par"), max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("évènement sur une enveloppe")
        verbose_name_plural = _("évènements sur une enveloppe")
        ordering = ["envelope", "on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="envelope_event_of_something"),
            models.CheckConstraint(
                condition=Q(validated_on__isnull=True) | Q(validated_on__gte=F("on")),
                name="envelope_event_validated_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

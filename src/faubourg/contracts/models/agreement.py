"""What is signed: articles, signatories, amendments, of a contract or of a convention that hangs on it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .contract import Contract

# An article, a signatory, an amendment belong to a contract or to a convention, to one of them.
OF_ONE = Q(contract__isnull=True, convention__isnull=False) | Q(
    contract__isnull=False, convention__isnull=True
)


class Convention(models.Model):
    """A generic agreement: GUP and TFPB conventions build on it."""

    class Kind(models.TextChoices):
        GUP = "gup", _("gestion urbaine de proximité")
        TFPB = "tfpb", _("abattement de TFPB")
        OBJECTIVES = "objectives", _("convention pluriannuelle d’objectifs")
        OTHER = "other", _("autre convention")

    class State(models.TextChoices):
        DRAFT = "draft", _("projet")
        SIGNED = "signed", _("signée")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("échue")
        REPLACED = "replaced", _("remplacée")

    class Scope(models.TextChoices):
        GENERAL = "general", _("générale : commune ou agglomération")
        TARGETED = "targeted", _("ciblée : quartiers choisis")

    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="conventions")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    title = models.CharField(_("titre"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.DRAFT)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True, db_index=True)
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    scope = models.CharField(_("périmètre"), max_length=10, choices=Scope, default=Scope.GENERAL)
    # The shared diagnosis that justifies a targeted perimeter.
    scope_reason = models.TextField(_("diagnostic partagé"), blank=True)
    # « aligned on the municipal mandate », in words.
    duration_reason = models.CharField(_("durée : pourquoi"), max_length=300, blank=True)
    territories = models.ManyToManyField(Territory, related_name="conventions", blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="convention_ends_after",
            )
        ]

    def __str__(self) -> str:
        return self.title


class LinkedPlan(models.Model):
    """Another plan that an agreement is linked or annexed to: CPER, PLH, PLU, CLSPD, NPNRU…"""

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="linked_plans")
    convention = models.ForeignKey(
        Convention, models.CASCADE, null=True, blank=True, related_name="linked_plans"
    )
    name = models.CharField(_("plan ou programme"), max_length=200)
    link = models.CharField(_("lien"), max_length=200, blank=True)
    ends_on = models.DateField(_("échéance"), null=True, blank=True)
    address = models.URLField(_("adresse"), blank=True)

    class Meta:
        verbose_name = _("plan lié")
        verbose_name_plural = _("plans liés")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=OF_ONE, name="linked_plan_of_one")]

    def __str__(self) -> str:
        return self.name


class Signatory(models.Model):
    """A party: has signed, has refused with its reason, or is awaited."""

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="parties")
    convention = models.ForeignKey(Convention, models.CASCADE, null=True, blank=True, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    name = models.CharField(_("partie"), max_length=200)
    quality = models.CharField(_("en qualité de"), max_length=200, blank=True)
    mandatory = models.BooleanField(_("signature obligatoire"), default=True)
    order = models.PositiveSmallIntegerField(default=0)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    refused_on = models.DateField(_("refusé le"), null=True, blank=True)
    refusal_reason = models.TextField(_("motif du refus"), blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.UUIDField(null=True, blank=True)
    recorded_by_name = models.CharField(_("enregistré par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("signataire")
        verbose_name_plural = _("signataires")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="signatory_of_one"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(refused_on__isnull=True),
                name="signed_or_refused_not_both",
            ),
            models.CheckConstraint(
                condition=Q(refused_on__isnull=True) | ~Q(refusal_reason=""), name="refusal_is_motivated"
            ),
            models.UniqueConstraint(
                fields=["contract", "name"], condition=Q(contract__isnull=False), name="contract_party_once"
            ),
            models.UniqueConstraint(
                fields=["convention", "name"],
                condition=Q(convention__isnull=False),
                name="convention_party_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """An article or an annex as first signed; `AmendedArticle` says what became of it."""

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="articles")
    convention = models.ForeignKey(Convention, models.CASCADE, null=True, blank=True, related_name="articles")
    number = models.CharField(_("numéro"), max_length=20)
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("texte"), blank=True)
    annex = models.BooleanField(_("annexe"), default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["annex", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="article_of_one"),
            models.UniqueConstraint(
                fields=["contract", "annex", "number"],
                condition=Q(contract__isnull=False),
                name="contract_article_once",
            ),
            models.UniqueConstraint(
                fields=["convention", "annex", "number"],
                condition=Q(convention__isnull=False),
                name="convention_article_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

"""Who steers a contract: bodies of the agglomeration and commune strands, their seats and who holds them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .contract import Contract


class Body(models.Model):
    """An instance of the contract. A community of actors is a body of a neighbourhood, without seats."""

    class Kind(models.TextChoices):
        STEERING = "steering", _("comité de pilotage")
        TECHNICAL = "technical", _("comité technique")
        PROJECT_TEAM = "project_team", _("équipe projet")
        THEMATIC = "thematic", _("groupe de travail thématique")
        SUPPORT = "support", _("groupe d’appui")
        COMMUNE_STEERING = "commune_steering", _("instance de pilotage communale")
        COMMUNE_TECHNICAL = "commune_technical", _("comité technique communal")
        LOCAL = "local", _("groupe de travail local")
        COMMUNITY = "community", _("communauté d’acteurs")
        OTHER = "other", _("autre instance")

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    name = models.CharField(_("nom"), max_length=200)
    # Set on the commune strand, and on a community of actors.
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="bodies")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    # Empty when the document does not name it: shown as such, never invented.
    theme = models.CharField(_("thème"), max_length=200, blank=True)
    role = models.TextField(_("rôle"), blank=True)
    # Share of the seats in hundredths of a per cent; null: no quorum is asked for.
    quorum_bp = models.PositiveIntegerField(_("quorum"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("instance")
        verbose_name_plural = _("instances")
        ordering = ["contract", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_bp__isnull=True) | Q(quorum_bp__lte=10_000), name="quorum_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A place at the table: what it is for, and which organisation fills it. Empty without a titular."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("présidence")
        LEAD = "lead", _("copilotage")
        MEMBER = "member", _("membre")
        GUEST = "guest", _("invité·e, sans voix")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    title = models.CharField(_("siège"), max_length=200)
    part = models.CharField(_("place"), max_length=10, choices=Part, default=Part.MEMBER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("siège")
        verbose_name_plural = _("sièges")
        ordering = ["body", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Mandate(models.Model):
    """Somebody holds a seat between two days (both included), as titular or as alternate."""

    class Rank(models.TextChoices):
        TITULAR = "titular", _("titulaire")
        ALTERNATE = "alternate", _("suppléant·e")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="mandates")
    rank = models.CharField(_("qualité"), max_length=10, choices=Rank)
    # An account when there is one; the name is frozen at the time either way.
    person_ref = models.UUIDField(null=True, blank=True, db_index=True)
    person_name = models.CharField(_("personne"), max_length=150)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering = ["seat", "rank", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")), name="mandate_ends_after"
            )
        ]

    def __str__(self) -> str:
        return self.person_name

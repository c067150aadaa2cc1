"""What happens between the receipt and the jury: pieces, funders’ opinions, who must stand back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation, Person

from .applicant import VaultPiece
from .application import Application
from .call import Call, CallFunder


class Piece(models.Model):
    """A paper of a dossier, of its own or taken from the vault; `code` is that of the rule set."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="pieces")
    code = models.CharField(_("pièce demandée"), max_length=40, blank=True)
    label = models.CharField(_("intitulé"), max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    vault = models.ForeignKey(VaultPiece, models.SET_NULL, null=True, blank=True, related_name="used_in")
    # What the service that checked it says: None while nobody did.
    accepted = models.BooleanField(_("recevable"), null=True, blank=True)
    remark = models.CharField(_("remarque"), max_length=300, blank=True)
    added_by = models.UUIDField(null=True, blank=True)
    added_by_name = models.CharField(_("déposée par"), max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pièce d’un dossier")
        verbose_name_plural = _("pièces d’un dossier")
        ordering = ["application", "code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(accepted=True) | ~Q(remark=""),
                name="piece_refusal_is_motivated",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.code


class CompletionRequest(models.Model):
    """What is missing in a dossier, until when, and when it was answered."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="completion_requests")
    # Codes of the missing pieces, each with its sentence: [{"code": …, "sentence": …}].
    missing = models.JSONField(default=list)
    message = models.TextField(_("message"), blank=True)
    asked_on = models.DateField(_("demandé le"))
    due_on = models.DateField(_("à fournir avant le"))
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    asked_by_name = models.CharField(_("demandé par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("demande de pièces")
        verbose_name_plural = _("demandes de pièces")
        ordering = ["application", "-asked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.due_on}"


class FunderOpinion(models.Model):
    """What one funder’s service thinks of a dossier; locked once the jury decided."""

    class Sense(models.TextChoices):
        FAVOURABLE = "favourable", _("favorable")
        RESERVED = "reserved", _("favorable avec réserves")
        UNFAVOURABLE = "unfavourable", _("défavorable")
        NOT_CONCERNED = "not_concerned", _("non concerné")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="opinions")
    funder = models.ForeignKey(CallFunder, on_delete=models.CASCADE, related_name="opinions")
    sense = models.CharField(_("avis"), max_length=14, choices=Sense)
    text = models.TextField(_("analyse"), blank=True)
    operating_cents = models.BigIntegerField(
        _("proposé en fonctionnement, en centimes"), null=True, blank=True
    )
    investment_cents = models.BigIntegerField(
        _("proposé en investissement, en centimes"), null=True, blank=True
    )
    given_on = models.DateField(_("rendu le"))
    given_by = models.UUIDField(null=True, blank=True)
    given_by_name = models.CharField(_("rendu par"), max_length=150, blank=True)
    # Who recorded it for the funder, and how the service said it; empty when it wrote itself.
    on_behalf = models.CharField(_("enregistré pour lui : comment"), max_length=300, blank=True)
    locked_at = models.DateTimeField(_("verrouillé le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("avis d’un financeur")
        verbose_name_plural = _("avis des financeurs")
        ordering = ["application", "funder"]
        constraints = [
            models.UniqueConstraint(fields=["application", "funder"], name="one_opinion_a_funder"),
            models.CheckConstraint(
                condition=Q(sense__in=["favourable", "not_concerned"]) | ~Q(text=""),
                name="opinion_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.sense}"


class Comment(models.Model):
    """A message about a dossier: between services, or to the applicant when `shared`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("message"))
    shared = models.BooleanField(_("lu par le porteur"), default=False)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("écrit par"), max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("échange sur un dossier")
        verbose_name_plural = _("échanges sur un dossier")
        ordering = ["application", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.at:%Y-%m-%d}"


class Interest(models.Model):
    """Why a person stands back from a dossier, or from every dossier of an organisation in a call.

    It hides them from that person, preparation included (CGCT, art. L.1111-6), whatever the roles held.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="interests"
    )
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="interests"
    )
    reason = models.CharField(_("lien d’intérêts"), max_length=300)
    declared_on = models.DateField(_("déclaré le"))
    declared_by = models.UUIDField(null=True, blank=True)
    declared_by_name = models.CharField(_("déclaré par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("déclaration d’intérêts")
        verbose_name_plural = _("déclarations d’intérêts")
        ordering = ["call", "person", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, application__isnull=True)
                | Q(organisation__isnull=True, application__isnull=False),
                name="interest_in_one_thing",
            ),
            models.UniqueConstraint(
                fields=["call", "person", "organisation"],
                condition=Q(organisation__isnull=False),
                name="interest_in_an_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["person", "application"],
                condition=Q(application__isnull=False),
                name="interest_in_a_dossier_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.declared_on}"

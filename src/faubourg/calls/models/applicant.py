"""Who applies: the sheet of an organisation, who may act for it, its charter, its vault of papers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Territory


class Applicant(models.Model):
    """What an organisation says of itself once, for every dossier (form CERFA 12156*06, part 1)."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="applicant")
    acronym = models.CharField(_("sigle"), max_length=60, blank=True)
    purpose = models.TextField(_("objet"), blank=True)
    address = models.CharField(_("adresse du siège"), max_length=300, blank=True)
    postcode = models.CharField(_("code postal"), max_length=5, blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    commune = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="applicants")
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    website = models.URLField(_("site"), blank=True)
    declared_on = models.DateField(_("déclarée le"), null=True, blank=True)
    head_name = models.CharField(_("représentant·e légal·e"), max_length=150, blank=True)
    head_title = models.CharField(_("fonction"), max_length=120, blank=True)
    members = models.PositiveIntegerField(_("adhérents"), null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("bénévoles"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("salariés"), null=True, blank=True)
    employees_fte_hundredths = models.PositiveIntegerField(
        _("salariés en équivalent temps plein, en centièmes"), null=True, blank=True
    )
    exercise_ends = models.CharField(_("clôture de l’exercice"), max_length=5, default="12-31")
    approvals = models.TextField(_("agréments"), blank=True)
    vat = models.BooleanField(_("assujettie à la TVA"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("porteur de projet")
        verbose_name_plural = _("porteurs de projet")
        ordering = ["organisation"]

    def __str__(self) -> str:
        return str(self.organisation)


class ApplicantRole(models.Model):
    """Who may act for an organisation, from when to when (the last day included). One signatory at a time."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administre l’espace")
        WRITER = "writer", _("rédige")
        SIGNATORY = "signatory", _("signe")
        # An intermediary who types for somebody on the phone: writes, never signs.
        ASSISTANT = "assistant", _("rédige pour elle, sur mandat")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="applicant_roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applicant_roles")
    role = models.CharField(_("rôle"), max_length=14, choices=Role)
    # For an assistant, in whose words the mandate was given; for others, how they hold it.
    mandate = models.CharField(_("mandat"), max_length=300, blank=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    granted_by = models.UUIDField(null=True, blank=True)
    granted_by_name = models.CharField(_("accordé par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("rôle dans un porteur de projet")
        verbose_name_plural = _("rôles dans un porteur de projet")
        ordering = ["organisation", "role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="applicant_role_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(role="signatory", until__isnull=True),
                name="one_signatory_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "role"],
                condition=Q(until__isnull=True),
                name="applicant_role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.organisation}"


class ApplicantInvitation(models.Model):
    """A role offered by e-mail to somebody, who takes it by signing in with that address."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="applicant_invitations"
    )
    email = models.EmailField(_("adresse électronique"))
    role = models.CharField(_("rôle"), max_length=14, choices=ApplicantRole.Role)
    mandate = models.CharField(_("mandat"), max_length=300, blank=True)
    invited_by = models.UUIDField(null=True, blank=True)
    invited_by_name = models.CharField(_("invité par"), max_length=150, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["organisation", "-invited_at"]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class ApplicantRequest(models.Model):
    """A role that somebody asks for: accepted by who administers the space, by nobody in silence."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="applicant_requests"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applicant_requests")
    role = models.CharField(_("rôle"), max_length=14, choices=ApplicantRole.Role)
    mandate = models.CharField(_("mandat"), max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    accepted = models.BooleanField(_("acceptée"), null=True, blank=True)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(_("décidée par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("demande de rôle")
        verbose_name_plural = _("demandes de rôle")
        ordering = ["organisation", "-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(accepted__isnull=True),
                name="one_waiting_request_a_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, decided_at__isnull=True)
                | Q(accepted__isnull=False, decided_at__isnull=False),
                name="applicant_request_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.organisation}"


class Charter(models.Model):
    """The contrat d’engagement républicain as an organisation signed it (décret 2021-1947)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="charters")
    signed_on = models.DateField(_("signé le"))
    signed_by = models.UUIDField(null=True, blank=True)
    signed_by_name = models.CharField(_("signé par"), max_length=150)
    quality = models.CharField(_("en qualité de"), max_length=120, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("motif du retrait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("contrat d’engagement républicain")
        verbose_name_plural = _("contrats d’engagement républicain")
        ordering = ["organisation", "-signed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_reason=""),
                name="charter_withdrawal_is_motivated",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.signed_on}"


class VaultPiece(models.Model):
    """A paper kept once and reused in every dossier: statutes, bank details, accounts."""

    class Kind(models.TextChoices):
        STATUTES = "statutes", _("statuts")
        OFFICERS = "officers", _("liste des dirigeants")
        BANK = "bank", _("RIB")
        ACCOUNTS = "accounts", _("comptes annuels")
        BUDGET = "budget", _("budget prévisionnel de la structure")
        ACTIVITY = "activity", _("rapport d’activité")
        AUDITOR = "auditor", _("rapport du commissaire aux comptes")
        MANDATE = "mandate", _("pouvoir de signature")
        OTHER = "other", _("autre pièce")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="vault")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    label = models.CharField(_("intitulé"), max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("exercice"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    added_by = models.UUIDField(null=True, blank=True)
    added_by_name = models.CharField(_("déposée par"), max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pièce du coffre")
        verbose_name_plural = _("pièces du coffre")
        ordering = ["organisation", "kind", "-added_at"]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

"""What somebody may do, and where: a role with a scope pointed to by value `(kind, code)`."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class RoleGrant(models.Model):
    """One role on one scope between two dates (the last day included).

    Scope kinds are registered at start-up by the rooms that own them (`people.scopes`); the empty code
    goes with the kind `instance` alone.
    """

    class Role(models.TextChoices):
        CONTRACT_OFFICER = "contract_officer", _("chargé·e de mission contrat de ville")
        COMMUNE_REFERENT = "commune_referent", _("référent·e communal·e")
        PREFECT_DELEGATE = "prefect_delegate", _("délégué·e du préfet")
        FUNDER_OFFICER = "funder_officer", _("service instructeur")
        ELECTED = "elected", _("élu·e")
        RESOURCE_OFFICER = "resource_officer", _("chargé·e de ressources")
        EVALUATOR = "evaluator", _("évaluateur·rice")
        DPO = "dpo", _("délégué·e à la protection des données")
        ADMINISTRATOR = "administrator", _("administrateur·rice technique")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("rôle"), max_length=30, choices=Role)
    scope_kind = models.CharField(_("périmètre"), max_length=20)
    scope_code = models.CharField(_("code du périmètre"), max_length=40, blank=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    granted_by = models.UUIDField(_("accordé par"), null=True)

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="instance", scope_code="")
                | (~Q(scope_kind="instance") & ~Q(scope_code="")),
                name="role_scope_whole",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope_kind", "scope_code", "since"], name="role_granted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.scope_kind}:{self.scope_code}"

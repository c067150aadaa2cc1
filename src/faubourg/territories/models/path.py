"""The dated states of a neighbourhood; `rules.neighbourhood_path` says which act leads where."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.rules.neighbourhood_path import CITED, State

from .territory import Territory


class PathStep(models.Model):
    """One state and its first day. The newest step is the present state."""

    class StateChoice(models.TextChoices):
        FORESEEN = State.FORESEEN.value, _("pressenti")
        ENTERING = State.ENTERING.value, _("entrant")
        ACTIVE = State.ACTIVE.value, _("actif")
        ADJUSTED = State.ADJUSTED.value, _("ajusté")
        LEAVING = State.LEAVING.value, _("sortant")
        HISTORIC = State.HISTORIC.value, _("historique")

    class Basis(models.TextChoices):
        DECIDED = "decided", _("décision d’une personne habilitée")
        DERIVED = "derived", _("déduit des périmètres")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="path")
    state = models.CharField(_("statut"), max_length=10, choices=StateChoice)
    # None only for a derived step whose perimeter gives no day.
    since = models.DateField(_("depuis le"), null=True, blank=True)
    reference = models.CharField(_("texte"), max_length=200, blank=True)
    basis = models.CharField(_("fondement"), max_length=10, choices=Basis, default=Basis.DECIDED)
    # Name frozen at the time: an account may go, the decision stays attributed.
    decided_by = models.CharField(_("décidé par"), max_length=150)
    decided_by_ref = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(_("enregistré le"), auto_now_add=True)

    class Meta:
        verbose_name = _("étape du parcours")
        verbose_name_plural = _("étapes du parcours")
        ordering = ["territory", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State if state]), name="path_state_known"
            ),
            models.CheckConstraint(
                condition=Q(basis="derived") | Q(since__isnull=False), name="path_decision_dated"
            ),
            models.CheckConstraint(
                condition=Q(basis="derived")
                | ~Q(state__in=[state.value for state in CITED])
                | ~Q(reference=""),
                name="path_text_cited",
            ),
            models.UniqueConstraint(fields=["territory", "state", "since"], name="path_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.territory} – {self.get_state_display()}"

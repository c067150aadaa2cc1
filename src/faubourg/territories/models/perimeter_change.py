"""A decision that changed perimeters: what it ended, what it made, who decided, when, under which text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .territory import Territory


class PerimeterChange(models.Model):
    """One act on the local geography of an intercommunalité. `Perimeter.ended_in` and `made_in` lead here:
    a cut ends one version and makes two, a union ends two and makes one."""

    class Act(models.TextChoices):
        DRAWN = "drawn", _("dessiné")
        ADOPTED = "adopted", _("repris d’un candidat de la grille")
        REDRAWN = "redrawn", _("contour modifié")
        SIMPLIFIED = "simplified", _("contour simplifié")
        RESTORED = "restored", _("version d’avant reprise")
        SPLIT = "split", _("coupé en deux")
        MERGED = "merged", _("réuni")
        WITHDRAWN = "withdrawn", _("retiré")

    area = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="perimeter_changes")
    act = models.CharField(_("acte"), max_length=12, choices=Act)
    decided_on = models.DateField(_("décidé le"))
    # The body that decided, when it is not the person who wrote it down.
    authority = models.CharField(_("décidé par"), max_length=150, blank=True)
    reference = models.CharField(_("texte"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=500, blank=True)
    # Name frozen at the time: an account may go, the decision stays attributed.
    recorded_by = models.CharField(_("enregistré par"), max_length=150)
    recorded_by_ref = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(_("enregistré le"), auto_now_add=True)

    class Meta:
        verbose_name = _("changement de périmètre")
        verbose_name_plural = _("changements de périmètre")
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") | ~Q(reason=""), name="perimeter_change_justified"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.get_act_display()}"

"""The outline of a place in one period, under one text: a neighbourhood has several through time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .perimeter_change import PerimeterChange
from .source import Source
from .territory import Territory


class Perimeter(models.Model):
    """A perimeter version. Without contour it still says that the status existed, and says so."""

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", _("périmètre administratif")
        QPV_2015 = "qpv_2015", _("QPV 2015")
        QPV_2024 = "qpv_2024", _("QPV 2024")
        QVA = "qva", _("quartier de veille active")
        LIVED = "lived", _("quartier vécu")
        LOCAL_P1 = "local_p1", _("géographie locale, priorité 1")
        LOCAL_P2 = "local_p2", _("géographie locale, priorité 2")
        LOCAL_P3 = "local_p3", _("géographie locale, priorité 3 (veille)")
        FORESEEN = "foreseen", _("quartier pressenti")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="perimeters")
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    code = models.CharField(_("code officiel"), max_length=40, blank=True)
    valid_from = models.DateField(_("depuis le"), null=True, blank=True)
    valid_to = models.DateField(_("jusqu’au"), null=True, blank=True)
    legal_reference = models.CharField(_("texte"), max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="perimeters")
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    # WGS 84. `wkb` is the exact contour; `outline` is what maps serve: GeoJSON simplified
    # to 0.0002°.
    wkb = models.BinaryField(null=True, blank=True)
    outline = models.TextField(blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    # What was wrong with the contour as received, in words; empty when nothing was repaired.
    repaired = models.CharField(_("réparation"), max_length=200, blank=True)
    added_by = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)
    # The decisions that made this version and that ended it; none for what is loaded or only deposited.
    made_in = models.ForeignKey(
        PerimeterChange, on_delete=models.PROTECT, null=True, blank=True, related_name="made"
    )
    ended_in = models.ForeignKey(
        PerimeterChange, on_delete=models.PROTECT, null=True, blank=True, related_name="ended"
    )

    class Meta:
        verbose_name = _("périmètre")
        verbose_name_plural = _("périmètres")
        ordering = ["territory", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="perimeter_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(wkb__isnull=True, west__isnull=True)
                | Q(
                    wkb__isnull=False,
                    west__isnull=False,
                    south__isnull=False,
                    east__isnull=False,
                    north__isnull=False,
                ),
                name="perimeter_box_with_contour",
            ),
            models.CheckConstraint(
                condition=Q(ended_in__isnull=True) | Q(withdrawn_at__isnull=False),
                name="perimeter_ended_is_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["kind", "west", "east"], name="perimeter_box")]

    def __str__(self) -> str:
        return f"{self.territory} – {self.get_kind_display()}"

    @property
    def loaded(self) -> bool:
        """Brought with its source by the loader, by nobody's hand."""
        return self.added_by is None

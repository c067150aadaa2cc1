"""An analyse transversale: several contracts side by side, and what was announced beside what is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from faubourg.territories.models import Source, Territory

from .contract import Contract


class Analysis(models.Model):
    """A named comparison, read from one document or built by a person."""

    slug = models.SlugField(primary_key=True, max_length=60)
    title = models.CharField(_("titre"), max_length=200)
    intro = models.TextField(_("présentation"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="analyses")
    created_by = models.UUIDField(null=True, blank=True)
    # Name frozen at the time; empty for an analysis read from a document.
    created_by_name = models.CharField(_("composée par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("analyse transversale")
        verbose_name_plural = _("analyses transversales")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class AnalysisRow(models.Model):
    """One contract of the comparison, with the territory as it was at the time of the document."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="rows")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="analysis_rows")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="analysis_rows")
    central_commune = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+")
    neighbourhoods = models.ManyToManyField(Territory, related_name="+")
    # None: the source does not say. A07's renewal flag; `typology` holds codes of `rules.typology.Context`.
    renewal = models.BooleanField(_("renouvellement urbain"), null=True)
    renewal_note = models.CharField(max_length=200, blank=True)
    typology = models.JSONField(_("typologie"), default=list)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ligne d’analyse")
        verbose_name_plural = _("lignes d’analyse")
        ordering = ["analysis", "order"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "contract"], name="analysis_contract_once")
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id} – {self.contract_id}"


class AnnouncedTotal(models.Model):
    """A total that the document announces; the page sets it against what is counted."""

    class What(models.TextChoices):
        EPCI = "epci", _("intercommunalités")
        TOWNS = "towns", _("villes")
        NEIGHBOURHOODS = "neighbourhoods", _("quartiers")
        PEOPLE = "people", _("habitants des quartiers")
        RENEWAL = "renewal", _("quartiers en renouvellement urbain")

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="announced")
    what = models.CharField(max_length=20, choices=What)
    value = models.PositiveIntegerField(_("valeur annoncée"))
    note = models.CharField(_("remarque"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("total annoncé")
        verbose_name_plural = _("totaux annoncés")
        constraints = [models.UniqueConstraint(fields=["analysis", "what"], name="announced_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.value}"

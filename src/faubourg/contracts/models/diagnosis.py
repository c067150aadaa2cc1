"""Diagnoses on a shared grid: built by the partners, versioned, frozen when published, filled by each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.territories.models import Territory

from .contract import Contract
from .governance import Body
from .printed import PrintedDue


class DiagnosisGrid(models.Model):
    """One version of the shared grid. Published, it is frozen: a change makes the next version."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="grids")
    name = models.CharField(_("nom"), max_length=200)
    number = models.PositiveSmallIntegerField(_("version de la grille"), default=1)
    published_on = models.DateField(_("publiée le"), null=True, blank=True)
    published_by = models.UUIDField(null=True, blank=True)
    published_by_name = models.CharField(_("publiée par"), max_length=150, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("grille de diagnostic")
        verbose_name_plural = _("grilles de diagnostic")
        ordering = ["contract", "name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "name", "number"], name="grid_version_once"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | ~Q(published_by_name=""),
                name="grid_published_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class GridQuestion(models.Model):
    """One line of the grid: what is asked, of communes, of groups or of both."""

    class Answer(models.TextChoices):
        TEXT = "text", _("texte")
        NUMBER = "number", _("nombre")
        YES_NO = "yes_no", _("oui ou non")
        POINTS = "points", _("forces et faiblesses")

    class Asked(models.TextChoices):
        BOTH = "both", _("communes et groupes")
        COMMUNES = "communes", _("communes")
        GROUPS = "groups", _("groupes thématiques")

    grid = models.ForeignKey(DiagnosisGrid, on_delete=models.CASCADE, related_name="questions")
    section = models.CharField(_("rubrique"), max_length=150)
    order = models.PositiveSmallIntegerField(_("rang"))
    text = models.CharField(_("question"), max_length=400)
    help = models.CharField(_("précision"), max_length=400, blank=True)
    answer = models.CharField(_("réponse attendue"), max_length=10, choices=Answer, default=Answer.TEXT)
    asked = models.CharField(_("posée aux"), max_length=10, choices=Asked, default=Asked.BOTH)
    required = models.BooleanField(_("obligatoire"), default=True)

    class Meta:
        verbose_name = _("question de la grille")
        verbose_name_plural = _("questions de la grille")
        ordering = ["grid", "order"]
        constraints = [models.UniqueConstraint(fields=["grid", "order"], name="question_rank_once")]

    def __str__(self) -> str:
        return self.text


class Diagnosis(PrintedDue):
    """The grid as one commune or one thematic group filled it: exactly one of both."""

    grid = models.ForeignKey(DiagnosisGrid, on_delete=models.PROTECT, related_name="diagnoses")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="diagnoses")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="diagnoses")
    delivered_on = models.DateField(_("remis le"), null=True, blank=True)
    validated_on = models.DateField(_("validé le"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(PrintedDue.Meta):
        verbose_name = _("diagnostic")
        verbose_name_plural = _("diagnostics")
        ordering = ["grid", "pk"]
        constraints = [
            *PrintedDue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(territory__isnull=True, body__isnull=False)
                | Q(territory__isnull=False, body__isnull=True),
                name="diagnosis_of_a_commune_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["grid", "territory"],
                condition=Q(territory__isnull=False),
                name="one_diagnosis_a_commune",
            ),
            models.UniqueConstraint(
                fields=["grid", "body"], condition=Q(body__isnull=False), name="one_diagnosis_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grid} – {self.territory or self.body}"


class DiagnosisAnswer(models.Model):
    """What was answered to one question. Forces and weaknesses are `DiagnosisPoint`s instead."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(GridQuestion, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("réponse"), blank=True)
    number = models.DecimalField(_("nombre"), max_digits=16, decimal_places=4, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("réponse au diagnostic")
        verbose_name_plural = _("réponses au diagnostic")
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DiagnosisPoint(models.Model):
    """A strength or a weakness, by theme: what communes are crossed on."""

    class Side(models.TextChoices):
        STRENGTH = "strength", _("force")
        WEAKNESS = "weakness", _("faiblesse")

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="points")
    question = models.ForeignKey(GridQuestion, models.PROTECT, null=True, blank=True, related_name="points")
    side = models.CharField(_("sens"), max_length=10, choices=Side)
    theme = models.CharField(_("thème"), max_length=120)
    text = models.CharField(_("constat"), max_length=400)
    neighbourhood = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="diagnosis_points"
    )

    class Meta:
        verbose_name = _("force ou faiblesse")
        verbose_name_plural = _("forces et faiblesses")
        ordering = ["theme", "side", "pk"]

    def __str__(self) -> str:
        return self.text


class Stake(models.Model):
    """An enjeu of the contract, drawn from what the diagnoses say."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="stakes")
    order = models.PositiveSmallIntegerField(_("rang"), default=0)
    title = models.CharField(_("enjeu"), max_length=300)
    text = models.TextField(_("précision"), blank=True)
    points = models.ManyToManyField(DiagnosisPoint, related_name="stakes", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("enjeu")
        verbose_name_plural = _("enjeux")
        ordering = ["contract", "order", "pk"]

    def __str__(self) -> str:
        return self.title

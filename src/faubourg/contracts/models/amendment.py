"""What changes a signed agreement: amendments article by article, and the posts that keep it alive."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation

from .agreement import OF_ONE, Article, Convention
from .contract import Contract


class Amendment(models.Model):
    """An avenant: text changes, a three-year actualisation, an extension, or a bridge until the next one."""

    class Kind(models.TextChoices):
        CHANGE = "change", _("avenant")
        UPDATE = "update", _("actualisation")
        EXTENSION = "extension", _("prorogation")
        BRIDGE = "bridge", _("avenant-pont")

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="amendments")
    convention = models.ForeignKey(
        Convention, models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("nature"), max_length=10, choices=Kind, default=Kind.CHANGE)
    title = models.CharField(_("objet"), max_length=200)
    reason = models.TextField(_("motif"), blank=True)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    effective_on = models.DateField(_("effet au"), null=True, blank=True)
    previous_end = models.DateField(_("ancienne échéance"), null=True, blank=True)
    new_end = models.DateField(_("nouvelle échéance"), null=True, blank=True)
    drafted_by = models.UUIDField(null=True, blank=True)
    drafted_by_name = models.CharField(_("rédigé par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("avenant")
        verbose_name_plural = _("avenants")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="amendment_of_one"),
            models.CheckConstraint(
                condition=Q(new_end__isnull=True)
                | Q(previous_end__isnull=True)
                | Q(previous_end__lt=F("new_end")),
                name="amendment_ends_later",
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=Q(contract__isnull=False),
                name="contract_amendment_once",
            ),
            models.UniqueConstraint(
                fields=["convention", "number"],
                condition=Q(convention__isnull=False),
                name="convention_amendment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class AmendedArticle(models.Model):
    """What an amendment makes of one article: new text, a new article (no `article`), or its removal."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="changes")
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="amended_by")
    number = models.CharField(_("numéro"), max_length=20)
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("nouveau texte"), blank=True)
    removed = models.BooleanField(_("supprimé"), default=False)

    class Meta:
        verbose_name = _("article modifié")
        verbose_name_plural = _("articles modifiés")
        ordering = ["amendment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "article"],
                condition=Q(article__isnull=False),
                name="article_amended_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Post(models.Model):
    """A coordinator's post, its holder and its co-funders: an end without a successor is a gap."""

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="posts")
    convention = models.ForeignKey(Convention, models.CASCADE, null=True, blank=True, related_name="posts")
    title = models.CharField(_("poste"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    etp = models.DecimalField(_("ETP"), max_digits=4, decimal_places=2, null=True, blank=True)
    person_ref = models.UUIDField(null=True, blank=True, db_index=True)
    person_name = models.CharField(_("occupé par"), max_length=150, blank=True)
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("poste")
        verbose_name_plural = _("postes")
        ordering = ["title", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="post_of_one"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="post_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostFunder(models.Model):
    """Who pays which share of a post, in hundredths of a per cent."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="funders")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="funded_posts"
    )
    name = models.CharField(_("cofinanceur"), max_length=200)
    share_bp = models.PositiveIntegerField(_("part"))

    class Meta:
        verbose_name = _("cofinanceur du poste")
        verbose_name_plural = _("cofinanceurs du poste")
        ordering = ["post", "-share_bp"]
        constraints = [
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="post_share_is_a_share"),
            models.UniqueConstraint(fields=["post", "name"], name="post_funder_once"),
        ]

    def __str__(self) -> str:
        return self.name

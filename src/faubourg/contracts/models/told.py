"""What was told of the ends ahead: to whom, of what, when; so that nothing is told twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .contract import Contract


class EndTold(models.Model):
    """One end told to one person at one threshold: `notice` months before, 0 for a vacant post.

    Claimed in the transaction that decides to write, told once the mail server took the message. The thing
    that ends is pointed to by value: `kind` as `queries.ends` names it, and its key.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    person_ref = models.UUIDField(_("personne prévenue"))
    kind = models.CharField(_("nature"), max_length=12)
    of = models.BigIntegerField(_("ce qui prend fin"))
    ends_on = models.DateField(_("prend fin le"), null=True, blank=True)
    notice = models.PositiveSmallIntegerField(_("mois d’avance"))
    claimed_at = models.DateTimeField(_("à envoyer depuis"))
    told_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("échéance annoncée")
        verbose_name_plural = _("échéances annoncées")
        constraints = [
            models.UniqueConstraint(
                fields=["person_ref", "kind", "of", "ends_on", "notice"],
                condition=Q(ends_on__isnull=False),
                name="end_told_once",
            ),
            models.UniqueConstraint(
                fields=["person_ref", "kind", "of"],
                condition=Q(ends_on__isnull=True),
                name="vacancy_told_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, notice=0) | Q(ends_on__isnull=False, notice__in=(12, 6, 3)),
                name="end_told_at_a_threshold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.of} {self.ends_on or ''}"

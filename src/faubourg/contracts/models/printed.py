"""A date as people wrote it (« mi-avril », without a year), how it was understood, and by whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PrintedDue(models.Model):
    """`due_on` is the last day that is in time; `due_printed` keeps the words of the document.

    `due_reading` says how the words became a date. Lateness is computed from `due_on`, never typed.
    """

    due_on = models.DateField(_("prévu pour le"), null=True, blank=True)
    due_printed = models.CharField(_("date imprimée"), max_length=100, blank=True)
    due_reading = models.CharField(_("interprétation"), max_length=300, blank=True)
    due_read_by = models.UUIDField(null=True, blank=True)
    # Name frozen at the time.
    due_read_by_name = models.CharField(_("interprétée par"), max_length=150, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(due_reading="") | ~Q(due_read_by_name=""), name="%(class)s_reading_has_a_reader"
            )
        ]

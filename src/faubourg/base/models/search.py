"""What can be found: rooms announce their objects here, the search reads nothing else.

One plain row an object, its words folded in Python and stored: neither FTS5 nor tsvector, so SQLite and
PostgreSQL answer with the same objects in the same order (docs/adr/0005). `base.search` keeps a compact
index of these rows in memory and reads only the ones whose `stamp` is newer than what it has seen.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchTerm:
    """A word under which an object is found: `field` says as what, and so how much it weighs."""

    class Field(models.IntegerChoices):
        NAME = 1, _("nom")
        CODE = 2, _("code")
        ALIAS = 3, _("autre nom")
        PLACE = 4, _("lieu")
        TEXT = 5, _("texte")


class SearchEntry(models.Model):
    """One object that can be found, with what the results page shows of it."""

    kind = models.CharField(_("nature"), max_length=30)
    ref = models.CharField(_("référence"), max_length=80)
    title = models.CharField(_("titre"), max_length=300)
    detail = models.CharField(_("précision"), max_length=300, blank=True)
    url = models.CharField(_("adresse"), max_length=300)
    # Larger comes first among equal matches: a big town before a hamlet of the same name.
    weight = models.IntegerField(default=0)
    folded_title = models.CharField(max_length=300)
    # One line a field: its number (0: the title, in order), then its folded words.
    words = models.TextField(blank=True)
    # Value of the clock when this row last changed; withdrawn rows stay, so that a change is seen.
    stamp = models.BigIntegerField(default=0, db_index=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("objet cherchable")
        verbose_name_plural = _("objets cherchables")
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_entry_once")]

    def __str__(self) -> str:
        return self.title


class SearchClock(models.Model):
    """One row, locked by whoever announces: stamps are committed in the order in which they grow."""

    now = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("horloge de la recherche")
        verbose_name_plural = _("horloges de la recherche")

    def __str__(self) -> str:
        return str(self.now)

"""What can be found: rooms announce their objects here, the search reads nothing else.

Plain tables rather than FTS5 or tsvector: the words are folded and stemmed in Python and stored, so
SQLite and PostgreSQL answer with the same rows in the same order (docs/adr/0005).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One object that can be found, with what the results page shows of it."""

    kind = models.CharField(_("nature"), max_length=30)
    ref = models.CharField(_("référence"), max_length=80)
    title = models.CharField(_("titre"), max_length=300)
    detail = models.CharField(_("précision"), max_length=300, blank=True)
    url = models.CharField(_("adresse"), max_length=300)
    # Larger comes first among equal matches: a big town before a hamlet of the same name.
    weight = models.IntegerField(default=0)
    folded_title = models.CharField(max_length=300, db_index=True)

    class Meta:
        verbose_name = _("objet cherchable")
        verbose_name_plural = _("objets cherchables")
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="search_entry_once")]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """One word under which an object is found; `field` weighs it (name, alias, place, text)."""

    class Field(models.IntegerChoices):
        NAME = 1, _("nom")
        CODE = 2, _("code")
        ALIAS = 3, _("autre nom")
        PLACE = 4, _("lieu")
        TEXT = 5, _("texte")

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=60)
    field = models.PositiveSmallIntegerField(choices=Field)

    class Meta:
        verbose_name = _("mot cherchable")
        verbose_name_plural = _("mots cherchables")
        constraints = [models.UniqueConstraint(fields=["term", "entry", "field"], name="search_term_once")]

    def __str__(self) -> str:
        return self.term

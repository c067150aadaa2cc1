"""What somebody typed and has not sent yet: autosaved, rescued when a session expires."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """One draft per person and form.

    `base_version` is the version of the object when typing began; `version` counts the autosaves, so
    that two windows on the same form notice each other. `title` and `page` are those of the page that
    its author was typing on: what they saw there, whatever the object has become since.
    """

    person_ref = models.UUIDField()
    form_key = models.CharField(_("formulaire"), max_length=160)
    title = models.CharField(_("titre de la page"), max_length=200, blank=True, default="")
    page = models.CharField(_("adresse de la page"), max_length=500, blank=True, default="")
    content = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("brouillon")
        verbose_name_plural = _("brouillons")
        constraints = [models.UniqueConstraint(fields=["person_ref", "form_key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.title or self.form_key

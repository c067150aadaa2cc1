"""The acts of the journal about GUP conventions."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Mapping[str, str | Promise] = {
    "gup.opened": _("convention de GUP ouverte"),
    "gup.edited": _("convention de GUP modifiée"),
    "gup.action_written": _("action de GUP écrite"),
    "gup.review_written": _("bilan de GUP écrit"),
    "gup.review_published": _("bilan de GUP publié"),
    "gup.task_entrusted": _("tâche confiée à des habitants"),
}
VALUES: Mapping[str, str | Promise] = {
    "kind": _("nature"),
    "walks": _("marches du diagnostic"),
    "group": _("confiée à"),
}

"""What is written in rule sets."""

from django.utils.translation import gettext_lazy as _

MADE = "calls.rules.made"
WRITTEN = "calls.rules.written"
PUBLISHED = "calls.rules.published"
FROZEN = "calls.rules.frozen"
RETIRED = "calls.rules.retired"

ACTS = {
    MADE: _("version d’un jeu de règles commencée"),
    WRITTEN: _("jeu de règles modifié"),
    PUBLISHED: _("jeu de règles publié"),
    FROZEN: _("jeu de règles figé avec un appel"),
    RETIRED: _("jeu de règles retiré"),
}
VALUES = {
    "status": _("état"),
    "name": _("nom"),
    "instrument": _("dispositif"),
    "authority": _("autorité"),
    "number": _("version"),
}

"""What is written in rule sets."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "calls.rules.made": _("version d’un jeu de règles commencée"),
    "calls.rules.written": _("jeu de règles modifié"),
    "calls.rules.published": _("jeu de règles publié"),
    "calls.rules.frozen": _("jeu de règles figé avec un appel"),
    "calls.rules.retired": _("jeu de règles retiré"),
}
VALUES = {
    "status": _("état"),
    "name": _("nom"),
    "instrument": _("dispositif"),
    "authority": _("autorité"),
    "number": _("version"),
}

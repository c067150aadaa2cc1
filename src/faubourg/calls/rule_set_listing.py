"""The list of rule sets, every version of each."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing

from .models import RuleSetVersion


def rule_set_url(version: RuleSetVersion, name: str = "rule_set") -> str:
    """The address of a page of a version."""
    return reverse(name, args=[version.pk])


RULE_SETS = Listing(
    title=_("Jeux de règles"),
    columns=[
        Column(
            name="nom", label=_("Jeu de règles"), value="name", sort=("name", "-number"), url=rule_set_url
        ),
        Column(
            name="version",
            label=_("Version"),
            value="number",
            sort=("number",),
            show=lambda v: f"v{v.number}",
        ),
        Column(name="autorite", label=_("Autorité"), value="authority", sort=("authority",)),
        Column(name="du", label=_("Valable du"), value="valid_from", sort=("valid_from",)),
        Column(name="au", label=_("au"), value="valid_to", sort=("valid_to",)),
        Column(name="etat", label=_("État"), value=lambda version: str(version.get_status_display())),
        Column(name="appels", label=_("Appels"), value="used", sort=("used",), numeric=True),
    ],
    default_sort="-du",
)

"""Registers the room `site`."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "faubourg.site"
    label = "site"

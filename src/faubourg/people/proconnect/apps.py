"""Registers the provider with allauth; it shows nothing until its settings are given."""

from django.apps import AppConfig


class ProConnectConfig(AppConfig):
    name = "faubourg.people.proconnect"
    label = "proconnect"

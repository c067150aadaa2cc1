"""Registers the room `contracts`."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "faubourg.contracts"
    label = "contracts"

"""Grants that others published, as they are read."""

from django.db.models import QuerySet

from ..models import PublishedGrant


def published_grants() -> "QuerySet[PublishedGrant]":
    """All of them, with their contract and source."""
    return PublishedGrant.objects.select_related("contract", "source")

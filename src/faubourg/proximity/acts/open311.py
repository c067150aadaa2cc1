"""The acts of the journal about applications of the town."""

from collections.abc import Mapping

from django.utils.functional import Promise

ACTS: Mapping[str, str | Promise] = {}
VALUES: Mapping[str, str | Promise] = {}

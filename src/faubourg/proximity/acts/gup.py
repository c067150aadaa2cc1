"""The acts of the journal about GUP conventions."""

from collections.abc import Mapping

from django.utils.functional import Promise

ACTS: Mapping[str, str | Promise] = {}
VALUES: Mapping[str, str | Promise] = {}

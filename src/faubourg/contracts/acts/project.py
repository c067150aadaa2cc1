"""What happens to diagnoses, stakes, objectives and actions."""

from django.utils.functional import Promise

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}

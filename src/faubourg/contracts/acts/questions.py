"""What happens to interpellations."""

from django.utils.functional import Promise

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}

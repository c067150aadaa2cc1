"""What happens to the circuit, signatures, articles, amendments, conventions and posts."""

from django.utils.functional import Promise

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}

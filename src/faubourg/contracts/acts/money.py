"""What happens to the droit commun register, commitments and the maquette financière."""

from django.utils.functional import Promise

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}

"""What happens to the making of a contract: phases, milestones, deliverables."""

from django.utils.functional import Promise

ACTS: dict[str, Promise] = {}
VALUES: dict[str, Promise] = {}

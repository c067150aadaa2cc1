"""Steps of a circuit in words."""

from django.utils.translation import gettext as _

from faubourg.contracts.models import ContractStep
from faubourg.rules.contract_circuit import STATE_NAMES, State


def step_label(step: ContractStep) -> str:
    """What happened, in one line."""
    if step.territory:
        return _("%(commune)s a validé le contrat") % {"commune": step.territory.name}
    return _("De « %(before)s » à « %(after)s »") % {
        "before": _(STATE_NAMES[State(step.before)]),
        "after": _(STATE_NAMES[State(step.after)]),
    }

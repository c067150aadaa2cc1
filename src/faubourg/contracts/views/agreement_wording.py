"""Steps of a circuit and ends ahead in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faubourg.contracts.models import ContractStep
from faubourg.contracts.queries import ends
from faubourg.contracts.queries.ends import End
from faubourg.rules.contract_circuit import STATE_NAMES, State


def step_label(step: ContractStep) -> str:
    """What happened, in one line."""
    if step.territory:
        return _("%(commune)s a validé le contrat") % {"commune": step.territory.name}
    return _("De « %(before)s » à « %(after)s »") % {
        "before": _(STATE_NAMES[State(step.before)]),
        "after": _(STATE_NAMES[State(step.after)]),
    }


def end_kind(end: End) -> str:
    """What ends."""
    return {
        ends.CONTRACT: _("Contrat"),
        ends.CONVENTION: _("Convention"),
        ends.MANDATE: _("Mandat"),
        ends.POST: _("Poste"),
        ends.VACANCY: _("Poste vacant"),
        ends.UPDATE: _("Actualisation"),
    }[end.kind]


def end_words(end: End) -> str:
    """How near it is, and what follows too late if something does."""
    if end.alert is None:
        return _("Personne ne tient ce poste : nommez quelqu’un, ou fermez-le.")
    days = end.alert.days
    if end.kind == ends.UPDATE:
        return _(
            "Trois ans ont passé ou passeront bientôt : le contrat s’actualise si les parties en conviennent."
        )
    if days < 0:
        told = ngettext("Fini depuis %(n)s jour.", "Fini depuis %(n)s jours.", -days) % {"n": -days}
    elif days == 0:
        told = _("Dernier jour aujourd’hui.")
    else:
        told = ngettext("Encore %(n)s jour.", "Encore %(n)s jours.", days) % {"n": days}
    gap = end.alert.gap
    if gap is None:
        nothing = _("Rien ne prend encore la suite.")
        return f"{told} {nothing}"
    late = ngettext(
        "La suite commence trop tard : %(n)s jour découvert.",
        "La suite commence trop tard : %(n)s jours découverts.",
        gap,
    )
    return f"{told} {late % {'n': gap}}"

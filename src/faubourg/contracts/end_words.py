"""What ends ahead, in words: on the pages, in the handover pack, in what is sent."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .queries import ends
from .queries.ends import End


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

"""The seven commitments of the contrat d’engagement républicain (décret n° 2021-1947, annexe), in short."""

from django.utils.translation import gettext_lazy as _

SOURCE = "décret n° 2021-1947 du 31 décembre 2021"
COMMITMENTS = (
    (
        _("Respect des lois de la République"),
        _("Ne rien entreprendre ni inciter qui soit contraire à la loi, violent ou trouble l’ordre public."),
    ),
    (
        _("Liberté de conscience"),
        _("Respecter et protéger la liberté de conscience de ses membres et des tiers."),
    ),
    (
        _("Liberté des membres de l’association"),
        _("Garantir à chacun de se retirer, et de n’être exclu que dans les règles."),
    ),
    (
        _("Égalité et non-discrimination"),
        _("Traiter chacun à égalité, en interne comme envers les tiers, et ne cautionner aucune violence."),
    ),
    (
        _("Fraternité et prévention de la violence"),
        _("Agir dans un esprit de fraternité et de civisme, sans provoquer à la haine."),
    ),
    (
        _("Respect de la dignité de la personne humaine"),
        _("Ne mettre personne en danger et ne pas tirer parti de la vulnérabilité d’autrui."),
    ),
    (
        _("Respect des symboles de la République"),
        _("Respecter le drapeau tricolore, l’hymne national et la devise de la République."),
    ),
)

"""SIRET and RNA as people type them: read with spaces, refused with the key that fails."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions as stdnum
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

SIRET_DIGITS = 14
# W, the département (2A, 9G… overseas included), seven digits: the répertoire gives no check key.
_RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.\-]+")


def read_siret(text: str) -> str:
    """Fourteen digits, their keys checked: Luhn over the whole, Luhn over the SIREN (its first nine).

    La Poste's establishments follow their own rule (sum of the digits a multiple of five), which
    `stdnum.fr.siret` knows. Source: INSEE, répertoire Sirene. Raises `ValidationError`.
    """
    compact = _SEPARATORS.sub("", text)
    if not (compact.isascii() and compact.isdigit()):
        raise ValidationError(
            _("Un SIRET ne contient que des chiffres de 0 à 9 ; celui-ci contient autre chose."),
            code="siret_signs",
        )
    if len(compact) != SIRET_DIGITS:
        raise ValidationError(
            _("Un SIRET a 14 chiffres (9 pour le SIREN, 5 pour l’établissement) ; celui-ci en a %(count)d."),
            code="siret_length",
            params={"count": len(compact)},
        )
    if not stdnum_siren.is_valid(compact[:9]):
        raise ValidationError(
            _("La clé du SIREN (les 9 premiers chiffres, %(siren)s) est fausse : relisez ces chiffres."),
            code="siret_siren_key",
            params={"siren": compact[:9]},
        )
    try:
        return str(stdnum_siret.validate(compact))
    except stdnum.ValidationError as error:
        raise ValidationError(
            _(
                "Le SIREN %(siren)s est juste, mais la clé du SIRET est fausse : "
                "relisez les 5 derniers chiffres."
            ),
            code="siret_key",
            params={"siren": compact[:9]},
        ) from error


def read_rna(text: str) -> str:
    """`W`, two signs for the département and seven digits, in capitals. Raises `ValidationError`.

    Source: répertoire national des associations (ministère de l’Intérieur); the number has no check key.
    """
    compact = _SEPARATORS.sub("", text).upper()
    if not _RNA.fullmatch(compact):
        raise ValidationError(
            _(
                "Un numéro RNA s’écrit W suivi de 9 signes, par exemple W751234567 ; "
                "« %(given)s » ne convient pas."
            ),
            code="rna_form",
            params={"given": text.strip()[:20]},
        )
    return compact

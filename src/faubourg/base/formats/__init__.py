"""How dates are written, where Django’s own French writes « 1 juillet » and its English the month first.

French has one ordinal day, the first: « 1er juillet », then « 2 juillet ». Django's letter S knows English
suffixes alone, so that `speak_ordinals` gives it the French one; `fr/formats.py` asks for it.
"""

from django.utils import dateformat
from django.utils.translation import get_language


class _Days(dateformat.DateFormat):
    """Django's letters, S apart."""

    def S(self) -> str:  # noqa: N802 (the name is the letter of the format)
        """« er » after the first of a month in French, nothing after another; English as Django says it."""
        if (get_language() or "fr").startswith("fr"):
            return "er" if self.j() == 1 else ""
        return super().S()


def speak_ordinals() -> None:
    """Every date that Django writes goes through this class: filters, forms, `date_format`."""
    dateformat.DateFormat = _Days  # type: ignore[misc]

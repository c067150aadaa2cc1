"""Registers who applies: the names it keeps, what its people may carry away."""

from faubourg.base import erasure, forgetting
from faubourg.people import portability


def register() -> None:
    """Called once, at start-up."""
    from .queries.applicant_data import told_of  # noqa: PLC0415 (models are ready only now)
    from .services.erasing_applicants import erase_names, forget_invitations  # noqa: PLC0415 (idem)
    from .services.erasing_dossiers import erase_names as erase_names_of_dossiers  # noqa: PLC0415 (idem)

    forgetting.register("applicant_invitations", forget_invitations)
    erasure.register("calls-applicants", erase_names)
    erasure.register("calls-dossiers", erase_names_of_dossiers)
    portability.register("porteurs_de_projet", told_of)
